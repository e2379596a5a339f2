package io.penstock.internal.config;

/** How records without an explicit partition find theirs. */
public record PartitionSettings(
        boolean ignoreKeys, boolean adaptive, long availabilityTimeoutNanos, boolean rackAware, String clientRack) {}
