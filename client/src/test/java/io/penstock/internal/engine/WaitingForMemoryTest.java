package io.penstock.internal.engine;

import static io.penstock.internal.engine.Fates.failure;
import static io.penstock.internal.engine.Fates.offset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.errors.BufferExhaustedException;
import io.penstock.internal.admission.DeliveryPromise;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Records sent asynchronously that wait for memory, in the line of their partition, on virtual time. */
class WaitingForMemoryTest {

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
    void blockingSend_whoseTimeIsOver_saysSoBeforeItReturns() {
        // Found by the simulator (seed 43861): whoever looked for late records ended the call's own, which then
        // returned as if the record had been taken, and counted it once more.
        VirtualEngine virtual = new VirtualEngine(SMALL);
        fill(virtual, 1);
        virtual.cluster.topic("t", 1).leader = 1;
        DeliveryPromise large = virtual.send("t", 3_500);
        virtual.settle();
        virtual.callbacksAreBusy = true;
        virtual.onPark = () -> virtual.after(60_000);
        List<Exception> told = new ArrayList<>();
        CompletableFuture<RecordMetadata> refused = virtual.engine
                .admission()
                .send(new ProducerRecord<>("t", null, new byte[1]), (metadata, failure) -> told.add(failure));
        assertThat(failure(refused)).isInstanceOf(BufferExhaustedException.class);
        assertThat(told).hasSize(1);
        virtual.callbacksAreBusy = false;
        virtual.cluster.answerHeld();
        virtual.after(10_000);
        assertThat(told).hasSize(1);
        assertThat(failure(large.delivered())).isInstanceOf(BufferExhaustedException.class);
        assertThat(virtual.engine.counters().bufferExhaustions().events()).isEqualTo(2);
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
                .hasMessageContainingAll("waiting line is full", "The oldest waits for late to be described");
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
}
