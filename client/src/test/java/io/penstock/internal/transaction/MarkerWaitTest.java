package io.penstock.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.wire.ErrorCode;
import org.junit.jupiter.api.Test;

class MarkerWaitTest {

    private static final long QUICK_NANOS = 400_000;

    private final MarkerWait wait = new MarkerWait();
    private long now = Long.MAX_VALUE - 1_000_000; // times overflow on the way

    @Test
    void nothingWaits_untilAProduceWasHeld() {
        for (int i = 0; i < 100; i++) {
            assertThat(transaction(0, MarkerWait.HELD_NANOS - 1, ErrorCode.NONE))
                    .isZero();
        }
        transaction(0, MarkerWait.HELD_NANOS, ErrorCode.NONE);
        assertThat(transaction(0, QUICK_NANOS, ErrorCode.NONE)).isEqualTo(MarkerWait.FIRST_NANOS);
    }

    @Test
    void refusal_countsAsAHold_andTheWaitHasABound() {
        for (int i = 0; i < 50; i++) {
            transaction(0, QUICK_NANOS, ErrorCode.CONCURRENT_TRANSACTIONS);
        }
        assertThat(transaction(0, QUICK_NANOS, ErrorCode.NONE)).isEqualTo(MarkerWait.MAX_NANOS);
    }

    /** The balance that the wait comes to: held once in two hundred, it neither grows nor shrinks much. */
    @Test
    void waitThatIsLongEnough_shrinksAsMuchInTwoHundredTransactionsAsItGrowsInOne() {
        for (int i = 0; i < 4; i++) {
            transaction(0, QUICK_NANOS, ErrorCode.CONCURRENT_TRANSACTIONS);
        }
        long before = transaction(0, QUICK_NANOS, ErrorCode.CONCURRENT_TRANSACTIONS);
        for (int i = 0; i < 200; i++) {
            transaction(0, QUICK_NANOS, ErrorCode.NONE);
        }
        assertThat(transaction(0, QUICK_NANOS, ErrorCode.NONE)).isBetween(before * 9 / 10, before * 11 / 10);
    }

    /** Prevents: whoever does something else between two transactions is made to wait, or is taken for proof of anything. */
    @Test
    void whoPauses_doesNotWait_andSaysNothingOfTheWait() {
        transaction(0, QUICK_NANOS, ErrorCode.CONCURRENT_TRANSACTIONS);
        assertThat(transaction(MarkerWait.FIRST_NANOS, QUICK_NANOS, ErrorCode.NONE))
                .isZero();
        for (int i = 0; i < 10; i++) {
            assertThat(transaction(50_000_000, QUICK_NANOS, ErrorCode.CONCURRENT_TRANSACTIONS))
                    .isZero();
        }
        assertThat(transaction(0, QUICK_NANOS, ErrorCode.NONE)).isEqualTo(MarkerWait.FIRST_NANOS);
    }

    /** A transaction after this pause; how long its first batch waited. */
    private long transaction(long pauseNanos, long produceNanos, ErrorCode answer) {
        wait.onEnded(now);
        now += pauseNanos;
        long begun = now;
        wait.onBegin(now);
        if (wait.isOn()) {
            assertThat(wait.endIfOver(now)).isFalse();
            now = wait.untilNanos();
            assertThat(wait.endIfOver(now)).isTrue();
            assertThat(wait.endIfOver(now)).as("told once").isFalse();
        }
        long waited = now - begun;
        wait.onSent(now);
        wait.onSent(now + 1);
        now += produceNanos;
        wait.onAnswered(answer, now);
        wait.onAnswered(ErrorCode.CONCURRENT_TRANSACTIONS, now + MarkerWait.HELD_NANOS); // a later batch tells nothing
        return waited;
    }
}
