package io.penstock.internal.sender;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.internal.sender.RecordingDispatcher.Attempt;
import io.penstock.internal.sender.SenderHarness.Options;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many lanes and one timer; each is looked at when it is due all the same. */
final class DeadlineLineTest {

    private static final int LANES = 200;

    private final Options options = new Options();

    private SenderHarness harness() {
        options.lingerMillis = 5;
        options.batchBytes = 16_384;
        options.memoryBytes = 4 << 20;
        options.idempotent = false;
        return new SenderHarness(options);
    }

    @Test
    void manyLanesThatLinger_needTwoTimers_andGoWhenEachOfThemIsDue() {
        SenderHarness harness = harness();
        for (int lane = 0; lane < LANES; lane++) {
            harness.append(lane);
            if (lane == LANES / 2 - 1) {
                harness.advanceMillis(2);
            }
        }
        harness.turn();
        assertThat(harness.timers.count()).as("one for linger, one for expiry").isEqualTo(2);

        harness.advanceMillis(3);
        assertThat(sentCount(harness)).isEqualTo(LANES / 2);
        harness.advanceMillis(1);
        assertThat(sentCount(harness)).isEqualTo(LANES / 2);
        harness.advanceMillis(1);
        assertThat(sentCount(harness)).isEqualTo(LANES);
    }

    private static long sentCount(SenderHarness harness) {
        return harness.dispatcher.plans.stream()
                .mapToLong(plan -> plan.batches().size())
                .sum();
    }

    /** A batch that was held up by its window has lingered already, and must not wait for those who began after it. */
    @Test
    void batchThatBeganBeforeTheLastInLine_goesWhenItIsDue() {
        options.maxInFlight = 1;
        SenderHarness harness = harness();
        harness.append(0);
        harness.advanceMillis(5);
        harness.append(0); // its own linger ends at 10 ms, and its window is full until 9 ms
        harness.advanceMillis(3);
        harness.append(1); // lingers until 13 ms
        harness.advanceMillis(1);
        Attempt first = harness.inFlight().get(0);
        harness.dispatcher.answerWritten(first, 0, harness.now());
        harness.sender.onBrokerCapacity(1, harness.now());
        harness.turn();
        assertThat(harness.dispatcher.plans).hasSize(1);

        harness.advanceMillis(1);
        assertThat(harness.dispatcher.plans).hasSize(2);
        assertThat(harness.dispatcher.plans.get(1).batches())
                .extracting(OutboundBatch::partition)
                .containsExactly(0);
    }

    @Test
    void lanesWithoutLeader_expireEachAtItsOwnTime() {
        options.deliveryTimeoutMillis = 1_000;
        SenderHarness harness = harness();
        harness.cluster.defaultLeader = -1;
        harness.append(0);
        harness.advanceMillis(400);
        harness.append(1);
        harness.advanceMillis(599);
        assertThat(harness.told).isEmpty();
        harness.advanceMillis(1);
        assertThat(harness.toldIds()).isEqualTo(List.of(0));
        harness.advanceMillis(400);
        assertThat(harness.toldIds()).isEqualTo(List.of(0, 1));
        assertThat(harness.timers.count()).as("nothing is left of them").isZero();
    }
}
