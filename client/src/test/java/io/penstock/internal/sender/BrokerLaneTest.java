package io.penstock.internal.sender;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.internal.accumulator.PageRequest;
import io.penstock.internal.sender.RecordingDispatcher.Attempt;
import io.penstock.internal.sender.SenderHarness.Options;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BrokerLaneTest {

    private final Options options = new Options();

    @Test
    void partitionsOfOneBroker_shareARequest_andTakeTurns() {
        options.idempotent = false;
        SenderHarness harness = new SenderHarness(options);
        harness.dispatcher.maxInFlight = 2;
        for (int i = 0; i < 2; i++) {
            harness.append(0);
            harness.append(1);
        }
        harness.turn();
        assertThat(harness.dispatcher.plans.get(0).batches())
                .extracting(OutboundBatch::partition)
                .containsExactly(0, 1);
    }

    @Test
    void request_isNoLargerThanMaxRequestSize_unlessOneBatchIs() {
        options.maxRequestBytes = 150;
        SenderHarness harness = new SenderHarness(options);
        for (int partition = 0; partition < 3; partition++) {
            harness.append(partition); // 72 bytes each
        }
        harness.append(3, 300);
        harness.turn();
        assertThat(harness.dispatcher.plans)
                .extracting(plan -> plan.batches().size())
                .containsExactly(2, 1, 1);
        assertThat(harness.dispatcher.plans)
                .extracting(ProducePlan::sizeBytes)
                .element(0)
                .isEqualTo(144);
    }

    @Test
    void fullConnection_sendsMoreOnlyWhenToldOfCapacity() {
        SenderHarness harness = new SenderHarness(options);
        harness.dispatcher.maxInFlight = 1;
        harness.append(0);
        harness.turn();
        harness.append(1);
        harness.turn();
        assertThat(harness.inFlight()).hasSize(1);
        Attempt first = harness.inFlight().get(0);
        harness.dispatcher.answerWritten(first, 0, harness.now());
        harness.sender.onBrokerCapacity(1, harness.now());
        harness.turn();
        assertThat(harness.inFlight())
                .extracting(each -> each.batch().partition())
                .containsExactly(1);
    }

    @Test
    void brokerThatBacksOff_isAskedAgainWhenItsTimeHasCome() {
        SenderHarness harness = new SenderHarness(options);
        harness.dispatcher.blocked.add(1);
        harness.dispatcher.retryAtNanos = harness.now() + 500 * SenderHarness.MILLI;
        harness.append(0);
        harness.turn();
        harness.dispatcher.blocked.clear();
        harness.advanceMillis(499);
        assertThat(harness.inFlight()).isEmpty();
        harness.advanceMillis(1);
        assertThat(harness.inFlight()).hasSize(1);
    }

    @Test
    void blockedBroker_isUnavailableAfterTheTimeout_untilItTakesSomething() {
        options.availabilityTimeoutMillis = 1_000;
        SenderHarness harness = new SenderHarness(options);
        harness.dispatcher.blocked.add(1);
        harness.append(0);
        harness.turn();
        harness.advanceMillis(999);
        assertThat(harness.queue(0).isStalled()).isFalse();
        harness.advanceMillis(1);
        assertThat(harness.queue(0).isStalled()).isTrue();
        harness.append(1);
        harness.turn();
        assertThat(harness.queue(1).isStalled())
                .as("one that joins the line later")
                .isTrue();
        harness.dispatcher.blocked.clear();
        harness.sender.onBrokerCapacity(1, harness.now());
        harness.turn();
        assertThat(harness.queue(0).isStalled()).isFalse();
        assertThat(harness.queue(1).isStalled()).isFalse();
    }

    @Test
    void unavailablePartition_whoseRecordsExpire_isGivenAnotherChance() {
        // Prevents: the partitioner avoids a partition for ever because nothing is ever sent there that could clear it.
        options.availabilityTimeoutMillis = 1_000;
        SenderHarness harness = new SenderHarness(options);
        harness.dispatcher.blocked.add(1);
        harness.append(0);
        harness.turn();
        harness.advanceMillis(1_000);
        harness.advanceMillis(120_000);
        assertThat(harness.queue(0).isStalled()).isFalse();
        harness.append(0);
        harness.turn();
        harness.advanceMillis(999);
        assertThat(harness.queue(0).isStalled()).as("patience starts anew").isFalse();
        harness.advanceMillis(1);
        assertThat(harness.queue(0).isStalled()).isTrue();
    }

    @Test
    void unavailablePartition_whoseLeaderChanges_isAvailableAgain() {
        options.availabilityTimeoutMillis = 1_000;
        SenderHarness harness = new SenderHarness(options);
        harness.dispatcher.blocked.add(1);
        harness.dispatcher.blocked.add(2);
        harness.append(0);
        harness.turn();
        harness.advanceMillis(1_000);
        harness.cluster.defaultLeader = 2;
        harness.sender.onTopicChanged(SenderHarness.TOPIC, harness.now());
        assertThat(harness.queue(0).isStalled()).isFalse();
    }

    @Test
    void lineOfABlockedBroker_whileTheLeaderComesAndGoes_doesNotGrow() {
        // Prevents: a line that gets one more entry with each leader change.
        SenderHarness harness = new SenderHarness(options);
        harness.dispatcher.blocked.add(1);
        harness.dispatcher.blocked.add(2);
        harness.append(0);
        harness.append(0);
        for (int i = 0; i < 1_000; i++) {
            harness.cluster.defaultLeader = 1 + i % 2;
            harness.sender.onTopicChanged(SenderHarness.TOPIC, harness.now());
            harness.turn();
        }
        harness.cluster.defaultLeader = 1;
        harness.sender.onTopicChanged(SenderHarness.TOPIC, harness.now());
        harness.dispatcher.blocked.clear();
        harness.dispatcher.askedCount = 0;
        harness.sender.onBrokerCapacity(1, harness.now());
        harness.sender.onBrokerCapacity(2, harness.now());
        harness.turn();
        assertThat(harness.inFlight()).hasSize(1);
        assertThat(harness.dispatcher.at(2)).isEmpty();
        assertThat(harness.dispatcher.askedCount).isLessThan(5);
    }

    @Test
    void memoryShort_endsEveryLinger_andWalksTheLanesOnce() {
        options.lingerMillis = 1_000;
        options.batchBytes = 8_000;
        options.memoryBytes = 64 * 1024;
        SenderHarness harness = new SenderHarness(options);
        for (int partition = 0; partition < 10; partition++) {
            harness.append(partition);
        }
        harness.turn();
        assertThat(harness.inFlight()).isEmpty();
        PageRequest all = waitForAllPages(harness);
        harness.mailbox.post(harness.sender::onMemoryShort);
        harness.turn();
        assertThat(harness.inFlight()).hasSize(10);
        for (Attempt each : List.copyOf(harness.inFlight())) {
            harness.dispatcher.answerWritten(each, 0, harness.now());
        }
        assertThat(all.isGranted()).isTrue();
        all.giveBackRest();

        harness.append(0);
        harness.turn();
        assertThat(harness.inFlight())
                .as("memory is there again, so it lingers")
                .isEmpty();
        waitForAllPages(harness);
        harness.mailbox.post(harness.sender::onMemoryShort);
        harness.turn();
        assertThat(harness.inFlight()).as("and is hurried again").hasSize(1);
    }

    private static PageRequest waitForAllPages(SenderHarness harness) {
        int pages = harness.pool.pagesFor(harness.pool.capacityBytes());
        PageRequest all = new PageRequest(harness.pool, pages) {
            @Override
            protected void onGranted() {}
        };
        assertThat(harness.pool.takeOrWait(all)).isFalse();
        return all;
    }

    @Test
    void idlePartitions_costNothing_whenAnotherOneSends() {
        // Prevents: a turn whose cost follows the partitions that are known (invariant 7).
        options.memoryBytes = 1 << 20;
        SenderHarness harness = new SenderHarness(options);
        for (int partition = 0; partition < 200; partition++) {
            harness.append(partition);
        }
        harness.turn();
        for (Attempt each : List.copyOf(harness.inFlight())) {
            harness.dispatcher.answerWritten(each, 0, harness.now());
        }
        harness.turn();
        assertThat(harness.timers.count()).isZero();
        harness.dispatcher.askedCount = 0;
        harness.cluster.touches = 0;
        harness.append(7);
        harness.turn();
        assertThat(harness.dispatcher.askedCount).isEqualTo(1);
        assertThat(harness.cluster.touches).isEqualTo(1);
    }
}
