package io.penstock.internal.transaction;

import io.penstock.internal.loop.Backoff;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a coordinator is asked the same again.
 *
 * <p>Loop only. Short when all that stands in the way is the last transaction, whose end its partitions will have heard of in a
 * few milliseconds: with the usual backoff each transaction would cost 100 ms (KIP-890).
 */
final class RetryPause {

    private final Backoff usual;
    private final Backoff soon;
    private final RandomGenerator random;
    private int failures;
    private boolean on;
    private long untilNanos;

    RetryPause(Backoff usual, RandomGenerator random) {
        this.usual = usual;
        this.soon = usual.shortened();
        this.random = random;
    }

    void soon(long nowNanos) {
        begin(soon, nowNanos);
    }

    void usual(long nowNanos) {
        begin(usual, nowNanos);
    }

    private void begin(Backoff backoff, long nowNanos) {
        failures++;
        on = true;
        untilNanos = nowNanos + backoff.nanos(failures, random);
    }

    /** The way to a coordinator is known, which says nothing of whether it answers: the next pause is longer all the same. */
    void end() {
        on = false;
    }

    void reset() {
        failures = 0;
        on = false;
    }

    boolean isOn(long nowNanos) {
        on = on && untilNanos - nowNanos > 0;
        return on;
    }

    /** Meaningful while it is on. */
    long untilNanos() {
        return untilNanos;
    }
}
