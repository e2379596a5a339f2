package io.penstock.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.errors.BufferExhaustedException;
import io.penstock.errors.InvalidTopicException;
import io.penstock.errors.KafkaException;
import io.penstock.errors.TimeoutException;
import io.penstock.internal.admission.DeliveryPromise;
import io.penstock.producer.Cluster;
import io.penstock.producer.Partitioner;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** Records sent asynchronously that have to wait, on virtual time. */
class WaitingRecordsTest {

    /** 30 pages of 2 KiB for batches, 4 KiB for what waits. */
    private static final Object[] SMALL = {
        "buffer.memory",
        65_536,
        "linger.ms",
        0,
        "max.block.ms",
        60_000,
        "batch.size",
        16_384,
        "request.timeout.ms",
        400_000,
        "delivery.timeout.ms",
        500_000
    };

    private final List<DeliveryPromise> fillers = new ArrayList<>();

    private static long offset(DeliveryPromise delivery) {
        assertThat(delivery.delivered()).as("delivered").isCompleted();
        return delivery.delivered().join().offset();
    }

    private static Throwable failure(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        Throwable thrown = catchThrowable(future::join);
        return thrown instanceof CompletionException ? thrown.getCause() : thrown;
    }

    /** Takes all memory but so many pages, by records for broker 1, which does not answer yet. */
    private void fill(VirtualEngine virtual, int pagesLeft) {
        virtual.cluster.brokerCount = 2;
        virtual.cluster.topic("warm", 1);
        virtual.send("warm", 1); // broker 0 is connected, so metadata is not asked of the one that does not answer
        virtual.after(1_000);
        virtual.cluster.topic("fill", 30).leader = 1;
        virtual.cluster.holdProduceOf = 1;
        for (int partition = 0; partition < 30 - pagesLeft; partition++) {
            fillers.add(virtual.send("fill", partition, 1_500));
            virtual.after(1_000);
        }
        assertThat(fillers).allSatisfy(each -> assertThat(each.admitted()).isCompleted());
    }

    private static void assertNothingIsHeld(VirtualEngine virtual) {
        virtual.cluster.topic("afterwards", 1);
        assertThat(virtual.engine.admission().waitingBytes()).isZero();
        virtual.send("afterwards", 10);
        virtual.after(1_000);
        DeliveryPromise all = virtual.send("afterwards", 60_000);
        virtual.settle();
        assertThat(all.delivered()).as("one record finds room in all the pages").isCompleted();
    }

    @Test
    void records_beforeTheirTopicIsKnown_keepTheirOrder() {
        VirtualEngine virtual = new VirtualEngine();
        virtual.cluster.topic("t", 1);
        List<DeliveryPromise> sent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            sent.add(virtual.send("t", i % 3 == 0 ? 0 : null, 10));
        }
        assertThat(sent.get(0).admitted()).isNotDone();
        virtual.after(1_000);
        for (int i = 0; i < 50; i++) {
            assertThat(offset(sent.get(i))).isEqualTo(i);
        }
        assertThat(virtual.engine.admission().waitingBytes()).isZero();
    }

    @Test
    void record_thatNamesItsPartition_whenOneBeforeItExpires_isNotOvertaken() {
        // Found by the simulator: the look at the topic's line, when its first record's time was over, moved the one
        // behind it to
        // its partition's own line although the topic was not there either; those behind that one then went first.
        VirtualEngine virtual = new VirtualEngine("max.block.ms", 2_000);
        DeliveryPromise expires = virtual.send("t", 1);
        virtual.after(1_500);
        DeliveryPromise named = virtual.send("t", 0, 10);
        DeliveryPromise open = virtual.send("t", 10);
        virtual.after(600);
        assertThat(expires.delivered()).isCompletedExceptionally();
        virtual.cluster.topic("t", 1);
        virtual.after(1_300);
        assertThat(List.of(offset(named), offset(open))).containsExactly(0L, 1L);
    }

    @Test
    void record_thatWaitsInAPartitionsLine_staysWithThePartition() {
        // Found by the simulator: a record behind others in a line chose once more when its turn came, and could so
        // land behind
        // records of its new partition that were sent after it.
        ScriptedPartitioner partitioner = new ScriptedPartitioner();
        VirtualEngine virtual = new VirtualEngine(partitioner, SMALL);
        fill(virtual, 1);
        virtual.cluster.topic("t", 2).leader = 1;
        DeliveryPromise first = virtual.send("t", 3_500);
        DeliveryPromise second = virtual.send("t", 100);
        virtual.after(1_000);
        assertThat(second.admitted()).isNotDone();
        partitioner.answer = () -> 1;
        virtual.cluster.answerHeld();
        virtual.after(10_000);
        assertThat(first.delivered().join().partition()).isZero();
        assertThat(second.delivered().join().partition()).isZero();
    }

    @Test
    void record_thatFitsIntoAnOpenBatch_doesNotOvertakeOneThatWaitsForMemory() {
        // Prevents: of three records waiting for their topic, the second needs memory and the third, small, does not.
        VirtualEngine virtual = new VirtualEngine(SMALL);
        fill(virtual, 1);
        virtual.cluster.topic("t", 1).leader = 1;
        DeliveryPromise small = virtual.send("t", 1);
        DeliveryPromise large = virtual.send("t", 3_500);
        DeliveryPromise last = virtual.send("t", 1);
        virtual.after(1_000);
        assertThat(small.admitted()).isCompleted();
        assertThat(large.admitted()).isNotDone();
        assertThat(last.admitted()).isNotDone();
        virtual.cluster.answerHeld();
        virtual.after(10_000);
        assertThat(List.of(offset(small), offset(large), offset(last))).containsExactly(0L, 1L, 2L);
        assertNothingIsHeld(virtual);
    }

    @Test
    void record_forAnUnknownTopic_holdsUpNobodyElse() {
        VirtualEngine virtual = new VirtualEngine();
        virtual.cluster.topic("t", 2);
        DeliveryPromise waits = virtual.send("absent", 10);
        DeliveryPromise waitsForPartition = virtual.send("t", 5, 10);
        virtual.after(1_000);
        DeliveryPromise goes = virtual.send("t", 0, 10);
        virtual.after(100);
        assertThat(offset(goes)).isZero();
        assertThat(waits.admitted()).isNotDone();
        assertThat(waitsForPartition.admitted()).isNotDone();

        virtual.cluster.topics.get("t").partitionCount = 6;
        virtual.after(3_000);
        assertThat(waitsForPartition.delivered()).isCompleted();
        assertThat(waits.admitted()).isNotDone();
    }

    @Test
    void record_whoseTimeIsOver_failsInBothStagesAndItsTopicIsAskedForNoMore() {
        // Prevents: the wait for the topic stayed behind, and the topic was asked for ever after.
        VirtualEngine virtual =
                new VirtualEngine("max.block.ms", 5_000, "metadata.max.idle.ms", 10_000, "metadata.max.age.ms", 20_000);
        DeliveryPromise waits = virtual.send("absent", 10);
        virtual.after(4_999);
        assertThat(waits.admitted()).isNotDone();
        virtual.after(2);
        assertThat(failure(waits.admitted()))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("absent");
        assertThat(failure(waits.delivered())).isSameAs(failure(waits.admitted()));
        assertThat(virtual.engine.admission().waitingBytes()).isZero();

        virtual.after(5_000);
        for (int i = 0; i < 20; i++) {
            virtual.send("absent", 10);
            virtual.after(5_001);
        }
        virtual.after(60_000); // idle and refreshed, so that it is followed no longer
        long before = virtual.cluster.count(ApiKey.METADATA);
        virtual.after(600_000);
        assertThat(virtual.cluster.count(ApiKey.METADATA) - before)
                .as("refreshes of ten minutes by age alone")
                .isLessThanOrEqualTo(31);
    }

    @Test
    void record_forARefusedTopic_failsAtOnceWithTheRefusal() {
        VirtualEngine virtual = new VirtualEngine();
        virtual.cluster.topic("bad", 1).error = ErrorCode.INVALID_TOPIC_EXCEPTION;
        DeliveryPromise refused = virtual.send("bad", 10);
        virtual.after(100);
        assertThat(failure(refused.delivered())).isInstanceOf(InvalidTopicException.class);
        assertThat(virtual.engine.admission().waitingBytes()).isZero();
    }

    @Test
    void record_thatJoinsItsLineWhileOthersAreRefused_isAskedForAnew() {
        // Prevents: it joined a line that nobody served or asked for any more, and sat there until max.block.ms.
        VirtualEngine virtual = new VirtualEngine("max.block.ms", 60_000, "retry.backoff.ms", 100);
        virtual.cluster.topic("bad", 1).error = ErrorCode.INVALID_TOPIC_EXCEPTION;
        List<DeliveryPromise> refused = List.of(virtual.send("bad", 10), virtual.send("bad", 10));
        List<DeliveryPromise> joined = new ArrayList<>();
        virtual.onSubmit = () -> {
            if (joined.isEmpty()) {
                joined.add(virtual.send("bad", 10)); // the second still stands in the line, so that this begins none
            }
        };
        virtual.after(5_000);
        assertThat(refused).allSatisfy(each -> assertThat(each.delivered()).isCompletedExceptionally());
        assertThat(joined).hasSize(1);
        assertThat(failure(joined.get(0).delivered())).isInstanceOf(InvalidTopicException.class);
        assertThat(virtual.engine.admission().waitingBytes()).isZero();
    }

    @Test
    void record_behindOneThatExpired_goesIfItNeedsLess() {
        VirtualEngine virtual = new VirtualEngine(SMALL);
        fill(virtual, 1);
        virtual.cluster.topic("t", 1);
        DeliveryPromise large = virtual.send("t", 3_000);
        virtual.after(20_000);
        DeliveryPromise small = virtual.send("t", 1);
        assertThat(small.admitted()).isNotDone();
        virtual.after(39_999);
        assertThat(small.admitted()).isNotDone();
        virtual.after(1_000);
        assertThat(failure(large.delivered()))
                .isInstanceOf(BufferExhaustedException.class)
                .hasMessageContaining("buffer.memory=65536");
        assertThat(small.delivered()).isCompleted();
        virtual.cluster.answerHeld();
        virtual.after(10_000);
        assertNothingIsHeld(virtual);
    }

    @Test
    void line_thatIsFull_refusesWithoutHarmToTheOthers() {
        VirtualEngine virtual = new VirtualEngine(SMALL);
        List<DeliveryPromise> sent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            sent.add(virtual.send("late", 1_000));
        }
        assertThat(failure(sent.get(9).delivered()))
                .isInstanceOf(BufferExhaustedException.class)
                .hasMessageContaining("waiting line is full");
        virtual.cluster.topic("late", 1);
        virtual.after(1_000);
        assertThat(sent.stream().filter(each -> !each.delivered().isCompletedExceptionally()))
                .hasSize(3)
                .allSatisfy(each -> assertThat(each.delivered()).isCompleted());
        assertNothingIsHeld(virtual);
    }

    @Test
    void close_whileRecordsWait_failsThemAllAndGivesBackTheirPages() {
        VirtualEngine virtual = new VirtualEngine(SMALL);
        fill(virtual, 1);
        virtual.cluster.topic("t", 1);
        List<DeliveryPromise> waiting = new ArrayList<>();
        waiting.add(virtual.send("absent", 10));
        waiting.add(virtual.send("fill", 29, 2_000));
        waiting.add(virtual.send("fill", 70, 10));
        waiting.add(virtual.send("t", 10));
        virtual.settle();
        virtual.engine.admission().close();
        virtual.settle();
        for (DeliveryPromise each : waiting) {
            assertThat(failure(each.delivered())).hasMessageContaining("closed");
            assertThat(failure(each.admitted())).hasMessageContaining("not written");
        }
        assertThat(virtual.engine.admission().waitingBytes()).isZero();
        assertThat(catchThrowable(() -> virtual.send("t", 1))).isInstanceOf(IllegalStateException.class);
    }

    /** Runs what the test says on each question. */
    private static final class ScriptedPartitioner implements Partitioner {

        IntSupplier answer = () -> 0;
        int asked;
        int newBatches;

        @Override
        public int partition(String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster c) {
            asked++;
            return answer.getAsInt();
        }

        @Override
        public void onNewBatch(String topic, Cluster cluster, int prevPartition) {
            newBatches++;
        }

        @Override
        public void close() {}

        @Override
        public void configure(Map<String, ?> configs) {}
    }

    @Test
    void close_whileARecordIsBeingAdmitted_tellsItOneTruth() {
        // Prevents: the record failed as "not written" by close() was appended a moment later by the admission thread.
        ScriptedPartitioner partitioner = new ScriptedPartitioner();
        VirtualEngine virtual = new VirtualEngine(partitioner);
        virtual.cluster.topic("t", 1);
        DeliveryPromise sent = virtual.send("t", 10);
        partitioner.answer = () -> {
            virtual.engine.admission().close();
            return 0;
        };
        virtual.after(1_000);
        assertThat(virtual.cluster.nextOffsets).containsEntry("t-0", 1L);
        assertThat(offset(sent)).isZero();
        assertThat(sent.admitted()).isCompleted();
        assertThat(virtual.engine.admission().waitingBytes()).isZero();
    }

    @Test
    void partitioner_thatFails_failsItsRecordOnly() {
        // Prevents: an Error out of the partitioner left its line standing until the record's time was over.
        ScriptedPartitioner partitioner = new ScriptedPartitioner();
        VirtualEngine virtual = new VirtualEngine(partitioner);
        virtual.cluster.topic("t", 1);
        DeliveryPromise first = virtual.send("t", 10);
        DeliveryPromise second = virtual.send("t", 10);
        partitioner.answer = () -> {
            if (partitioner.asked == 1) {
                throw new StackOverflowError("the user's own");
            }
            return 0;
        };
        virtual.after(1_000);
        assertThat(failure(first.delivered()))
                .isInstanceOf(KafkaException.class)
                .hasRootCauseInstanceOf(StackOverflowError.class);
        assertThat(offset(second)).isZero();
    }

    @Test
    void partitioner_isAskedAgainOncePerNewBatch() {
        ScriptedPartitioner partitioner = new ScriptedPartitioner();
        VirtualEngine virtual = new VirtualEngine(partitioner, "linger.ms", 1_000);
        virtual.cluster.topic("t", 2);
        virtual.send("t", 0, 1);
        virtual.after(2_000);
        assertThat(partitioner.asked)
                .as("not asked for a record that names its partition")
                .isZero();
        virtual.send("t", 1);
        assertThat(List.of(partitioner.asked, partitioner.newBatches)).containsExactly(2, 1);
        virtual.send("t", 1);
        assertThat(List.of(partitioner.asked, partitioner.newBatches)).containsExactly(3, 1);
        partitioner.answer = () -> partitioner.asked == 4 ? 1 : 0; // another partition at the second question
        virtual.send("t", 1);
        virtual.after(2_000);
        assertThat(List.of(partitioner.asked, partitioner.newBatches)).containsExactly(4 + 1, 2);
    }

    @Test
    void stages_thatDepend_runOnTheCallbackThread() {
        // Prevents: dependents of admitted() ran on the admission thread, which they could hold up for all others.
        VirtualEngine virtual = new VirtualEngine("max.block.ms", 1_000);
        virtual.cluster.topic("t", 1);
        List<String> ranOn = new ArrayList<>();
        DeliveryPromise goes = virtual.send("t", 1);
        DeliveryPromise fails = virtual.send("absent", 1);
        goes.admitted().thenRun(() -> ranOn.add("admitted on " + virtual.running));
        goes.delivered().thenRun(() -> ranOn.add("delivered on " + virtual.running));
        fails.admitted().whenComplete((nothing, failure) -> ranOn.add("not admitted on " + virtual.running));
        fails.delivered().whenComplete((nothing, failure) -> ranOn.add("not delivered on " + virtual.running));
        virtual.after(2_000);
        assertThat(ranOn)
                .containsExactly(
                        "admitted on callbacks",
                        "delivered on callbacks",
                        "not admitted on callbacks",
                        "not delivered on callbacks");
    }

    @Test
    void whenAdmitted_waitsForTheRecordsBeforeItOnly() {
        // Prevents: a flush never ended while others kept sending records that had to wait.
        VirtualEngine virtual = new VirtualEngine();
        DeliveryPromise before = virtual.send("early", 1);
        CompletableFuture<Void> flushed = virtual.engine.admission().whenAdmitted();
        DeliveryPromise after = virtual.send("late", 1);
        virtual.after(500);
        assertThat(flushed).isNotDone();
        virtual.cluster.topic("early", 1);
        virtual.after(5_000);
        assertThat(before.admitted()).isCompleted();
        assertThat(after.admitted()).isNotDone();
        assertThat(flushed).isCompleted();
    }
}
