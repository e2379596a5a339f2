package io.penstock.internal.config;

/** When to ask the cluster about itself, and what to do when no broker answers. */
public record MetadataSettings(
        long maxAgeNanos,
        long maxIdleNanos,
        long retryBackoffNanos,
        long retryBackoffMaxNanos,
        boolean rebootstrap,
        long rebootstrapTriggerNanos,
        boolean clusterCheck) {}
