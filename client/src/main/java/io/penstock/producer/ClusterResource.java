package io.penstock.producer;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a cluster.
 *
 * @param clusterId as the brokers report it; null while it is not known
 */
public record ClusterResource(@Nullable String clusterId) {
    @Override
    public String toString() {
        return "ClusterResource(clusterId=" + Objects.toString(clusterId) + ")";
    }
}
