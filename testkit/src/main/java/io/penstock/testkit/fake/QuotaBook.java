package io.penstock.testkit.fake;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The produce quota, for each client id at each broker: what is over it is paid for with silence (KIP-219).
 *
 * <p>Guarded by the cluster's lock. A client may be ahead of its quota by a second's worth.
 */
final class QuotaBook {

    private static final int MAX_CLIENT_COUNT = 10_000;
    private static final long BURST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final double NANOS_PER_SECOND = 1e9;

    /** When each client will be even; the oldest entries go when there are too many. */
    private final Map<String, Long> evenAtNanos = new LinkedHashMap<>();

    private long bytesPerSecond;

    /** Zero for no quota. */
    void bytesPerSecond(long quota) {
        bytesPerSecond = quota;
        evenAtNanos.clear();
    }

    /** For how long a client must be silent now that it has produced so many bytes. */
    long throttleNanos(int brokerId, @Nullable String clientId, int sizeBytes, long nowNanos) {
        if (bytesPerSecond == 0) {
            return 0;
        }
        String account = brokerId + "/" + clientId;
        Long evenAt = evenAtNanos.remove(account);
        long behind = evenAt == null ? 0 : Math.max(0, evenAt - nowNanos);
        behind += (long) (sizeBytes * NANOS_PER_SECOND / bytesPerSecond);
        evenAtNanos.put(account, nowNanos + behind);
        if (evenAtNanos.size() > MAX_CLIENT_COUNT) {
            evenAtNanos.remove(evenAtNanos.keySet().iterator().next());
        }
        return Math.max(0, behind - BURST_NANOS);
    }
}
