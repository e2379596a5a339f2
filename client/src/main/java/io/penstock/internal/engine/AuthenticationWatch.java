package io.penstock.internal.engine;

import io.penstock.errors.KafkaException;
import io.penstock.internal.exchange.ConnectionErrors;
import io.penstock.internal.network.ConnectionException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices that no broker lets this client in, which no amount of waiting for metadata mends.
 *
 * <p>Loop only; holds one failure for each known node at most. As long as one broker may still let us in, nobody is told: credentials
 * reach the brokers of a cluster one after the other.
 */
final class AuthenticationWatch {

    private final Map<Integer, Throwable> failures = new HashMap<>();

    /** A broker has let us in. */
    void onReady() {
        failures.clear();
    }

    /**
     * What to tell those who wait for metadata, or null: every known node has failed since one was ready, and this is not the network's
     * fault alone.
     */
    @Nullable
    Supplier<KafkaException> onFailure(int nodeId, Throwable cause, Set<Integer> knownNodes) {
        failures.put(nodeId, cause);
        failures.keySet().retainAll(knownNodes);
        if (failures.size() < knownNodes.size()) {
            return null;
        }
        Throwable told = isAuthentication(cause) ? cause : anyRefusal();
        return told == null ? null : () -> ConnectionErrors.of(told);
    }

    /** Why this node does not let us in, or else why another one does not, with none that did since; null when it is not that. */
    @Nullable
    Throwable refusalOf(int nodeId) {
        Throwable failure = failures.get(nodeId);
        return failure != null && isAuthentication(failure) ? failure : anyRefusal();
    }

    private @Nullable Throwable anyRefusal() {
        for (Throwable failure : failures.values()) {
            if (isAuthentication(failure)) {
                return failure;
            }
        }
        return null;
    }

    private static boolean isAuthentication(Throwable cause) {
        return cause instanceof ConnectionException failure && failure.reason().isAuthentication();
    }
}
