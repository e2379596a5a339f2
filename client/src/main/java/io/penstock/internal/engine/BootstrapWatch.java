package io.penstock.internal.engine;

import io.penstock.errors.BootstrapResolutionException;
import io.penstock.errors.KafkaException;
import io.penstock.internal.config.HostPort;
import io.penstock.internal.network.ConnectionException;
import io.penstock.internal.network.ConnectionException.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices that no bootstrap server has a name that can be resolved, which no amount of waiting for metadata mends.
 *
 * <p>Loop only. After {@code bootstrap.resolve.timeout.ms} of nothing but unknown hosts, 0 for at once, those who wait are told
 * (KIP-909); the next record tries again.
 */
final class BootstrapWatch {

    private final List<HostPort> servers;
    private final long patienceNanos;
    private final Set<Integer> unknown = new HashSet<>();
    private long firstFailureNanos;

    BootstrapWatch(List<HostPort> servers, long patienceNanos) {
        this.servers = servers;
        this.patienceNanos = patienceNanos;
    }

    int serverCount() {
        return servers.size();
    }

    void onReachable() {
        unknown.clear();
    }

    /** What to tell those who wait, or null. */
    @Nullable
    Supplier<KafkaException> onFailure(int nodeId, Throwable cause, long nowNanos) {
        boolean isUnknown = cause instanceof ConnectionException failure && failure.reason() == Reason.UNKNOWN_HOST;
        if (nodeId >= 0 || !isUnknown) {
            unknown.clear();
            return null;
        }
        if (unknown.isEmpty()) {
            firstFailureNanos = nowNanos;
        }
        unknown.add(nodeId);
        if (unknown.size() < servers.size() || nowNanos - firstFailureNanos < patienceNanos) {
            return null;
        }
        return () -> new BootstrapResolutionException("No host of bootstrap.servers=" + servers
                + " can be resolved (tried for " + TimeUnit.NANOSECONDS.toMillis(patienceNanos)
                + " ms, bootstrap.resolve.timeout.ms). Check the names and the name service.");
    }
}
