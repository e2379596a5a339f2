package io.penstock.internal.cluster;

import io.penstock.internal.loop.Backoff;
import java.util.Random;

/**
 * When the next request may leave: one at a time, later after each failure; and since when none was answered.
 *
 * <p>Loop thread.
 */
final class RequestPacing {

    private final Backoff backoff;
    private final Random random;
    private int failureCount;
    private long retryAtNanos;
    private boolean underWay;
    private boolean trying;
    private long tryingSinceNanos;

    RequestPacing(Backoff backoff, Random random) {
        this.backoff = backoff;
        this.random = random;
    }

    boolean underWay() {
        return underWay;
    }

    boolean mayLeave(long now) {
        return !underWay && (failureCount == 0 || retryAtNanos - now <= 0);
    }

    /** The later of this time and the end of the wait after a failure. */
    long notBefore(long dueNanos) {
        return failureCount > 0 && retryAtNanos - dueNanos > 0 ? retryAtNanos : dueNanos;
    }

    /** There is something to ask, be it that no connection can take the question yet. */
    void onDue(long now) {
        if (!trying) {
            trying = true;
            tryingSinceNanos = now;
        }
    }

    void onLeft() {
        underWay = true;
    }

    void onAnswered() {
        underWay = false;
        failureCount = 0;
        trying = false;
    }

    void onFailed(long now) {
        underWay = false;
        failureCount = Math.min(failureCount + 1, Integer.MAX_VALUE - 1);
        retryAtNanos = now + backoff.nanos(failureCount, random);
    }

    /** Whether there has been something to ask, and no answer, for this long. */
    boolean triedFor(long nanos, long now) {
        return trying && now - tryingSinceNanos >= nanos;
    }

    /** When {@link #triedFor} will hold if no answer comes; {@link Long#MAX_VALUE} while there is nothing to ask. */
    long triedForAtNanos(long nanos) {
        return trying ? tryingSinceNanos + nanos : Long.MAX_VALUE;
    }

    /** Other brokers are to be asked: what the old ones failed to do does not count against them. */
    void startOver() {
        failureCount = 0;
        trying = false;
    }
}
