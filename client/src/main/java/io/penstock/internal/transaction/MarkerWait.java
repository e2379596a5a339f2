package io.penstock.internal.transaction;

import io.penstock.wire.ErrorCode;
import java.util.concurrent.TimeUnit;

/**
 * How long the first records of a transaction wait for the markers of the one before it, by the second protocol.
 *
 * <p>Loop only. An end is answered before its markers are written, which takes a fraction of a millisecond more, or a few. A produce
 * that comes in between is held by its broker, for 20 ms unless that is configured otherwise (KIP-890), or refused: whoever is a
 * little too quick pays a hundred times what it gained. So the wait grows by a half when that has happened, and shrinks by a small part when
 * it has not; it comes to rest where about one transaction in two hundred is held. It counts from the answer to the last end:
 * who begins, or sends, later than that does not wait, and who is never held waits for nothing.
 */
final class MarkerWait {

    static final long FIRST_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    /** Markers that take longer are not waited for: some transactions are late by more for other reasons, and would drive it up. */
    static final long MAX_NANOS = TimeUnit.MICROSECONDS.toNanos(400);

    /** It shrinks by this part of itself; the logarithm of 3/2, by which it grows, is two hundred times as much. */
    private static final int SHRINK_SHIFT = 9;

    /** A produce that took this long was held; most are answered within a few milliseconds. */
    static final long HELD_NANOS = TimeUnit.MILLISECONDS.toNanos(15);

    /** First records that went later than this say nothing of the wait. */
    private static final long TELLING_NANOS = 10 * MAX_NANOS;

    private enum Stage {
        /** Nothing to learn before the next end. */
        IDLE,
        /** A transaction has ended, and nothing was sent since. */
        ENDED,
        /** The next one's first batch has left. */
        SENT
    }

    private Stage stage = Stage.IDLE;
    private long waitNanos;
    private long endedNanos;
    private long sentNanos;

    /** Whether records wait now. */
    private boolean on;

    /** Whether those of this transaction did. */
    private boolean waited;

    /** The coordinator has answered that the transaction is ended. */
    void onEnded(long nowNanos) {
        stage = Stage.ENDED;
        endedNanos = nowNanos;
    }

    /** The next one begins. */
    void onBegin(long nowNanos) {
        on = stage == Stage.ENDED && untilNanos() - nowNanos > 0;
        waited = on;
    }

    boolean isOn() {
        return on;
    }

    /** Meaningful while it is on. */
    long untilNanos() {
        return endedNanos + waitNanos;
    }

    /** Whether the records that waited may go from now on. */
    boolean endIfOver(long nowNanos) {
        boolean over = on && untilNanos() - nowNanos <= 0;
        on &= !over;
        return over;
    }

    /** A batch leaves. */
    void onSent(long nowNanos) {
        if (stage == Stage.ENDED) {
            stage = Stage.SENT;
            sentNanos = nowNanos;
        }
    }

    /** A batch is answered; the first answer of a transaction tells whether it was held. */
    void onAnswered(ErrorCode error, long nowNanos) {
        if (stage != Stage.SENT) {
            return;
        }
        stage = Stage.IDLE;
        if (sentNanos - endedNanos > TELLING_NANOS) {
            return;
        }
        if (error == ErrorCode.CONCURRENT_TRANSACTIONS || nowNanos - sentNanos >= HELD_NANOS) {
            waitNanos = Math.min(MAX_NANOS, Math.max(FIRST_NANOS, waitNanos + waitNanos / 2));
        } else if (waited) {
            waitNanos -= waitNanos >> SHRINK_SHIFT;
        }
    }
}
