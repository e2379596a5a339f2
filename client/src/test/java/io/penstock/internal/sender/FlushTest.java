package io.penstock.internal.sender;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.internal.sender.RecordingDispatcher.Attempt;
import io.penstock.internal.sender.SenderHarness.Options;
import io.penstock.wire.ErrorCode;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class FlushTest {

    private final Options options = new Options();

    private static void answer(SenderHarness harness, int count) {
        for (int i = 0; i < count; i++) {
            Attempt first = harness.inFlight().get(0);
            harness.dispatcher.answerWritten(first, first.ids().get(0), harness.now());
        }
        harness.turn();
    }

    @Test
    void flush_ofNothing_isDoneAtOnce() {
        assertThat(new SenderHarness(options).flush().done()).isDone();
    }

    @Test
    void flush_endsTheLinger_ofWhatIsThere_notOfWhatComesLater() {
        options.lingerMillis = 50;
        options.batchBytes = 100;
        SenderHarness harness = new SenderHarness(options);
        harness.append(0);
        harness.append(1);
        FlushTicket ticket = harness.flush();
        assertThat(harness.inFlight()).hasSize(2);
        harness.append(0);
        harness.turn();
        assertThat(harness.inFlight()).as("the later record lingers").hasSize(2);
        answer(harness, 1);
        assertThat(ticket.done()).isNotDone();
        answer(harness, 1);
        assertThat(ticket.done()).as("not held up by the later record").isDone();
        assertThat(harness.inFlight()).isEmpty();
        harness.advanceMillis(50);
        assertThat(harness.inFlight()).hasSize(1);
    }

    @Test
    void flush_isDoneOnlyAfterTheCallbacks() {
        SenderHarness harness = new SenderHarness(options);
        harness.append(0);
        harness.turn();
        harness.completions.held = true;
        FlushTicket ticket = harness.flush();
        answer(harness, 1);
        assertThat(ticket.done()).isNotDone();
        harness.completions.release();
        assertThat(harness.told).hasSize(1);
        assertThat(ticket.done()).isDone();
    }

    @Test
    void flush_waitsForAllPartsOfASplit() {
        options.batchBytes = 83;
        SenderHarness harness = new SenderHarness(options);
        harness.append(0);
        harness.append(0);
        FlushTicket ticket = harness.flush();
        harness.dispatcher.answer(harness.inFlight().get(0), ErrorCode.MESSAGE_TOO_LARGE, harness.now());
        harness.turn();
        answer(harness, 1);
        assertThat(ticket.done()).isNotDone();
        answer(harness, 1);
        assertThat(ticket.done()).isDone();
        assertThat(harness.toldIds()).containsExactly(0, 1);
    }

    @Test
    void secondFlush_afterASplit_waitsForNoMoreThanThereIs() {
        // Prevents: the parts of a split counted twice, and flush() never returning.
        options.batchBytes = 83;
        SenderHarness harness = new SenderHarness(options);
        harness.append(0);
        harness.append(0);
        FlushTicket first = harness.flush();
        harness.dispatcher.answer(harness.inFlight().get(0), ErrorCode.MESSAGE_TOO_LARGE, harness.now());
        harness.turn();
        FlushTicket second = harness.flush();
        answer(harness, 1);
        answer(harness, 1);
        assertThat(first.done()).isDone();
        assertThat(second.done()).isDone();
    }

    @Test
    void flush_doesNotWaitForALaterBatchThatIsSplit() {
        options.batchBytes = 83;
        options.idempotent = false;
        SenderHarness harness = new SenderHarness(options);
        harness.append(0);
        harness.append(0);
        FlushTicket ticket = harness.flush();
        harness.append(0);
        harness.append(0);
        harness.turn();
        harness.dispatcher.answer(harness.inFlight().get(1), ErrorCode.MESSAGE_TOO_LARGE, harness.now());
        harness.turn();
        answer(harness, 1);
        assertThat(ticket.done()).isDone();
    }

    @Test
    void flush_ofWhatExpires_isDone() {
        SenderHarness harness = new SenderHarness(options);
        harness.cluster.defaultLeader = -1;
        harness.append(0);
        FlushTicket ticket = harness.flush();
        harness.advanceMillis(120_000);
        assertThat(ticket.done()).isDone();
    }

    @Test
    void flush_afterARecordThatJoinedAnothersBatch_knowsOfIt() throws Exception {
        // Prevents: a second caller's record, in a batch whose first caller has not yet signalled, is not flushed.
        SenderHarness harness = new SenderHarness(options);
        CountDownLatch inSignal = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        var topics = harness.accumulator.topic("slow", (topic, queue) -> {
            var lane = harness.sender.listenerFor(topic, queue);
            return () -> {
                inSignal.countDown();
                awaitQuietly(goOn);
                lane.onReady();
            };
        });
        Thread first = new Thread(() -> append(topics.queue(0)));
        first.start();
        assertThat(inSignal.await(60, TimeUnit.SECONDS)).isTrue();
        Thread second = new Thread(() -> append(topics.queue(0)));
        second.start();
        while (second.getState() != Thread.State.BLOCKED) {
            assertThat(second.isAlive())
                    .as("has returned although nobody has signalled its batch")
                    .isTrue();
            Thread.onSpinWait();
        }
        goOn.countDown();
        first.join();
        second.join();
        assertThat(harness.flush().done()).isNotDone();
        assertThat(harness.dispatcher.plans).isNotEmpty();
    }

    private static void append(io.penstock.internal.accumulator.PartitionQueue queue) {
        queue.append(
                new io.penstock.internal.completion.RecordPromise(0, -1, 4, null),
                io.penstock.wire.record.KeyValue.of(null, new byte[4]),
                io.penstock.wire.record.HeaderSource.NONE,
                null,
                false);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void flushes_ofSeveralPartitions_waitForTheSlowest() {
        SenderHarness harness = new SenderHarness(options);
        harness.cluster.leaders.put(1, 2);
        harness.append(0);
        harness.append(1);
        FlushTicket ticket = harness.flush();
        answer(harness, 1);
        assertThat(ticket.done()).isNotDone();
        List<Attempt> other = harness.dispatcher.at(2);
        harness.dispatcher.answerWritten(other.get(0), 1, harness.now());
        assertThat(ticket.done()).isDone();
    }
}
