package io.penstock.internal.sender;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.errors.KafkaException;
import io.penstock.errors.RecordOutcome;
import io.penstock.errors.TimeoutException;
import io.penstock.internal.sender.RecordingDispatcher.Attempt;
import io.penstock.internal.sender.SenderHarness.Options;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.compress.CompressionType;
import io.penstock.wire.compress.Compressor;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SenderTest {

    private final Options options = new Options();

    private static void answerAll(SenderHarness harness) {
        for (Attempt each : List.copyOf(harness.inFlight())) {
            harness.dispatcher.answerWritten(each, each.ids().get(0), harness.now());
        }
        harness.turn();
    }

    @Test
    void record_whenItIsAppended_goesAtOnceAndIsToldItsOffset() {
        SenderHarness harness = new SenderHarness(options);
        harness.append(0);
        harness.turn();
        assertThat(harness.inFlight()).hasSize(1);
        assertThat(harness.dispatcher.plans.get(0).acks()).isEqualTo((short) -1);
        assertThat(harness.dispatcher.plans.get(0).timeoutMillis()).isEqualTo(30_000);
        harness.dispatcher.answerWritten(harness.inFlight().get(0), 17, harness.now());
        assertThat(harness.told).containsExactly(new SenderHarness.Told(0, 17, null));
        assertThat(harness.allPagesBack()).isTrue();
        assertThat(harness.sender.isDrained()).isTrue();
    }

    @Test
    void linger_holdsABatchThatIsNotFull_untilItIsOverOrFull() {
        options.lingerMillis = 10;
        options.batchBytes = 100;
        SenderHarness harness = new SenderHarness(options);
        harness.append(0);
        harness.advanceMillis(9);
        assertThat(harness.inFlight()).isEmpty();
        harness.advanceMillis(1);
        assertThat(harness.inFlight()).hasSize(1);
        answerAll(harness);

        for (int i = 0; i < 4; i++) {
            harness.append(0);
        }
        harness.turn();
        assertThat(harness.inFlight())
                .as("three fill it, the fourth opens the next")
                .hasSize(1);
        assertThat(harness.inFlight().get(0).ids()).containsExactly(1, 2, 3);
    }

    @Test
    void oneInFlight_withoutIdempotence_retriesInOrder() {
        options.idempotent = false;
        options.maxInFlight = 1;
        SenderHarness harness = new SenderHarness(options);
        harness.append(0);
        harness.append(0);
        harness.turn();
        assertThat(harness.inFlight()).hasSize(1);
        harness.dispatcher.answer(harness.inFlight().get(0), ErrorCode.NOT_ENOUGH_REPLICAS, harness.now());
        harness.advanceMillis(150);
        assertThat(harness.inFlight()).hasSize(1);
        assertThat(harness.inFlight().get(0).ids()).containsExactly(0);
    }

    @Test
    void acksNone_isWrittenWithoutAnOffset() {
        options.acks = 0;
        options.idempotent = false;
        SenderHarness harness = new SenderHarness(options);
        harness.append(0);
        harness.turn();
        assertThat(harness.dispatcher.plans.get(0).acks()).isZero();
        harness.dispatcher.answerWritten(harness.inFlight().get(0), -1, harness.now());
        assertThat(harness.told).containsExactly(new SenderHarness.Told(0, -1, null));
    }

    @Test
    void backoff_growsFromTheFirstToTheLongest_withTwentyPercentJitter() {
        options.backoffMillis = 100;
        options.backoffMaxMillis = 1_000;
        SenderHarness harness = new SenderHarness(options);
        harness.append(0);
        harness.turn();
        long[] base = {100, 200, 400, 800, 1_000, 1_000};
        for (long each : base) {
            harness.dispatcher.answer(harness.inFlight().get(0), ErrorCode.NOT_ENOUGH_REPLICAS, harness.now());
            harness.turn();
            harness.advanceMillis(each * 8 / 10 - 1);
            assertThat(harness.inFlight()).as("before 80 %% of %s ms", each).isEmpty();
            harness.advanceMillis(each * 4 / 10 + 2);
            assertThat(harness.inFlight()).as("after 120 %% of %s ms", each).hasSize(1);
        }
    }

    @Test
    void backoff_ofOneThatHasFailedOften_isNotCutShortByAYoungerFailure() {
        // Prevents: the first failure of a later batch resets a partition's wait to the shortest.
        SenderHarness harness = proven(new SenderHarness(options));
        harness.append(0);
        harness.turn();
        for (int i = 0; i < 4; i++) {
            harness.dispatcher.answer(harness.inFlight().get(0), ErrorCode.NOT_ENOUGH_REPLICAS, harness.now());
            harness.advanceMillis(1_500);
        }
        harness.append(0);
        harness.turn();
        List<Attempt> both = List.copyOf(harness.inFlight());
        assertThat(both).hasSize(2);
        harness.dispatcher.answer(both.get(0), ErrorCode.NOT_ENOUGH_REPLICAS, harness.now()); // 1,000 ms
        harness.dispatcher.answer(both.get(1), ErrorCode.NOT_ENOUGH_REPLICAS, harness.now()); // 100 ms
        harness.advanceMillis(700);
        assertThat(harness.inFlight()).isEmpty();
    }

    @Test
    void retries_whenUsedUp_failWithTheLastCause() {
        options.retryCount = 2;
        options.idempotent = false;
        SenderHarness harness = new SenderHarness(options);
        harness.append(0);
        harness.turn();
        for (int i = 0; i < 3; i++) {
            assertThat(harness.told).isEmpty();
            harness.dispatcher.answer(harness.inFlight().get(0), ErrorCode.NOT_ENOUGH_REPLICAS, harness.now());
            harness.advanceMillis(2_000);
        }
        assertThat(failure(harness, 0)).hasMessage("NOT_ENOUGH_REPLICAS");
        assertThat(failure(harness, 0).outcome()).isEqualTo(RecordOutcome.NOT_WRITTEN);
        assertThat(harness.allPagesBack()).isTrue();
    }

    @Test
    void deliveryTimeout_inTheQueue_saysNotWritten() {
        SenderHarness harness = new SenderHarness(options);
        harness.dispatcher.blocked.add(1);
        harness.append(0);
        harness.advanceMillis(119_999);
        assertThat(harness.told).isEmpty();
        harness.advanceMillis(1);
        assertThat(failure(harness, 0)).isInstanceOf(TimeoutException.class).hasMessageContaining("120000");
        assertThat(failure(harness, 0).outcome()).isEqualTo(RecordOutcome.NOT_WRITTEN);
        assertThat(harness.sender.isDrained()).isTrue();
    }

    @Test
    void afterAllHasExpiredInTheLine_laterRecordsStillGo() {
        // Prevents: a partition that expired while it stood in a blocked broker's line never wakes the loop again.
        SenderHarness harness = new SenderHarness(options);
        harness.dispatcher.blocked.add(1);
        harness.append(0);
        harness.advanceMillis(120_000);
        harness.append(0);
        harness.turn();
        harness.dispatcher.blocked.clear();
        harness.sender.onBrokerCapacity(1, harness.now());
        harness.turn();
        assertThat(harness.inFlight()).hasSize(1);
    }

    @Test
    void deliveryTimeout_inFlight_saysUnknownAndKeepsThePagesUntilTheAttemptEnds() {
        SenderHarness harness = new SenderHarness(options);
        harness.append(0);
        harness.turn();
        harness.advanceMillis(120_000);
        assertThat(failure(harness, 0)).hasMessageContaining("broker 1 has not answered yet");
        assertThat(failure(harness, 0).outcome()).isEqualTo(RecordOutcome.UNKNOWN);
        assertThat(harness.allPagesBack()).as("a socket may still read them").isFalse();
        harness.dispatcher.lose(harness.inFlight().get(0), true, harness.now());
        assertThat(harness.allPagesBack()).isTrue();
        assertThat(harness.told).hasSize(1);
    }

    @Test
    void deliveryTimeout_betweenAttempts_tellsTheLastCause() {
        options.backoffMillis = 50_000;
        options.backoffMaxMillis = 500_000;
        SenderHarness harness = new SenderHarness(options);
        harness.append(0);
        harness.turn();
        harness.advanceMillis(100_000);
        harness.dispatcher.lose(harness.inFlight().get(0), false, harness.now());
        harness.advanceMillis(20_000);
        assertThat(failure(harness, 0)).hasMessageContaining("attempt 1 failed (lost)");
        assertThat(failure(harness, 0).outcome()).isEqualTo(RecordOutcome.NOT_WRITTEN);
    }

    @Test
    void unknownLeader_asksForMetadata_andSendsWhenItIsKnown() {
        SenderHarness harness = new SenderHarness(options);
        harness.cluster.defaultLeader = -1;
        harness.append(0);
        harness.turn();
        assertThat(harness.cluster.refreshes).isEqualTo(1);
        harness.advanceMillis(100);
        assertThat(harness.cluster.refreshes).isEqualTo(2);
        harness.cluster.defaultLeader = 3;
        harness.sender.onTopicChanged(SenderHarness.TOPIC, harness.now());
        harness.turn();
        assertThat(harness.dispatcher.at(3)).hasSize(1);
    }

    @Test
    void leader_thatHasLeftTheCluster_isAskedForAgain() {
        // Prevents: an answer about another topic no longer lists the leader, and its partitions wait for it until
        // metadata.max.age.ms.
        SenderHarness harness = new SenderHarness(options);
        harness.dispatcher.blocked.add(1);
        harness.append(0);
        harness.turn();
        harness.dispatcher.gone.add(1);
        harness.cluster.defaultLeader = -1;
        harness.sender.onBrokerCapacity(1, harness.now());
        harness.turn();
        assertThat(harness.cluster.refreshes).isEqualTo(1);
        harness.dispatcher.gone.clear();
        harness.dispatcher.blocked.clear();
        harness.cluster.defaultLeader = 1;
        harness.advanceMillis(100);
        assertThat(harness.inFlight()).hasSize(1);
    }

    @Test
    void leader_thatHasLeftWhileNothingWaited_isAskedForByTheNextRecord() {
        SenderHarness harness = new SenderHarness(options);
        harness.append(0);
        harness.turn();
        harness.dispatcher.answerWritten(harness.inFlight().get(0), 0, harness.now());
        harness.dispatcher.gone.add(1);
        harness.cluster.defaultLeader = -1;
        harness.append(0);
        harness.turn();
        assertThat(harness.cluster.refreshes).isEqualTo(1);
        harness.dispatcher.gone.clear();
        harness.cluster.defaultLeader = 2;
        harness.sender.onTopicChanged(SenderHarness.TOPIC, harness.now());
        harness.turn();
        assertThat(harness.dispatcher.at(2)).hasSize(1);
    }

    @Test
    void unknownLeader_withoutBackoff_doesNotSpin() {
        // Prevents: retry.backoff.ms=0 keeps the loop busy while a partition has no leader.
        options.backoffMillis = 0;
        SenderHarness harness = new SenderHarness(options);
        harness.cluster.defaultLeader = -1;
        harness.append(0);
        harness.turn();
        assertThat(harness.cluster.refreshes).isEqualTo(1);
    }

    @Test
    void notLeader_whenTheNewLeaderIsKnown_goesThereWithoutBackoff() {
        SenderHarness harness = new SenderHarness(options);
        harness.append(0);
        harness.turn();
        harness.cluster.defaultLeader = 2;
        harness.sender.onTopicChanged(SenderHarness.TOPIC, harness.now());
        harness.dispatcher.answer(harness.inFlight().get(0), ErrorCode.NOT_LEADER_OR_FOLLOWER, harness.now());
        harness.turn();
        assertThat(harness.dispatcher.at(2)).hasSize(1);
        assertThat(harness.cluster.refreshes).isEqualTo(1);
    }

    @Test
    void batch_thatCannotBeCompressed_fails_andLaterOnesGo() {
        // Prevents: a codec whose native library does not load leaves records without an end.
        boolean[] broken = {true};
        options.compressor = new Compressor() {
            @Override
            public CompressionType type() {
                return CompressionType.ZSTD;
            }

            @Override
            public ByteBuffer compress(ByteBuffer[] source, int from, int count) {
                if (broken[0]) {
                    throw new UnsatisfiedLinkError("no zstd here");
                }
                return ByteBuffer.allocate(1_000); // larger, so that the batch stays as it is
            }

            @Override
            public void close() {}
        };
        SenderHarness harness = new SenderHarness(options);
        harness.append(0);
        harness.turn();
        assertThat(failure(harness, 0)).hasMessageContaining("no zstd here");
        assertThat(failure(harness, 0).outcome()).isEqualTo(RecordOutcome.NOT_WRITTEN);
        assertThat(harness.allPagesBack()).isTrue();
        broken[0] = false;
        harness.append(0);
        harness.turn();
        assertThat(harness.inFlight()).hasSize(1);
    }

    @Test
    void plan_whenItsRequestCannotBeMade_isTriedAgain() {
        // Prevents: batches of a request that could not be encoded stay in flight for ever.
        SenderHarness harness = new SenderHarness(options);
        harness.dispatcher.throwing = true;
        harness.append(0);
        harness.turn();
        harness.dispatcher.throwing = false;
        harness.advanceMillis(200);
        assertThat(harness.inFlight()).hasSize(1);
        answerAll(harness);
        assertThat(harness.allPagesBack()).isTrue();
    }

    @Test
    void abort_failsAll_inFlightUnknown_queuedNotWritten_inOrder() {
        SenderHarness harness = new SenderHarness(options);
        for (int i = 0; i < 3; i++) {
            harness.append(0);
        }
        harness.turn();
        harness.accumulator.close();
        harness.sender.beginClose(harness.now());
        harness.sender.abortAll(() -> new KafkaException("closed"), harness.now());
        assertThat(harness.toldIds()).containsExactly(0, 1, 2);
        assertThat(failure(harness, 0).outcome()).isEqualTo(RecordOutcome.UNKNOWN);
        assertThat(failure(harness, 1).outcome()).isEqualTo(RecordOutcome.NOT_WRITTEN);
        assertThat(harness.sender.isDrained()).isTrue();
        harness.dispatcher.lose(harness.inFlight().get(0), true, harness.now());
        assertThat(harness.allPagesBack()).isTrue();
        assertThat(harness.timers.count()).isZero();
    }

    /** One record written, so that the broker knows the producer. */
    private static SenderHarness proven(SenderHarness harness) {
        harness.append(0);
        harness.turn();
        answerAll(harness);
        return harness;
    }

    private static KafkaException failure(SenderHarness harness, int index) {
        KafkaException failure = harness.told.get(index).failure();
        assertThat(failure).isNotNull();
        return failure;
    }
}
