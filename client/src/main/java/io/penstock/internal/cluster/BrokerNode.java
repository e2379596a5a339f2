package io.penstock.internal.cluster;

import org.jspecify.annotations.Nullable;

/** A broker as the cluster announces it: where it listens and in which rack it stands. Immutable. */
public record BrokerNode(
        int id, String host, int port, @Nullable String rack) {}
