package io.penstock.internal.sender;

import io.penstock.errors.KafkaException;
import io.penstock.internal.accumulator.AppendOutcome;
import io.penstock.internal.accumulator.BatchLimits;
import io.penstock.internal.accumulator.BatchSealer;
import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.accumulator.PartitionQueue;
import io.penstock.internal.accumulator.RecordAccumulator;
import io.penstock.internal.completion.CompletionQueue;
import io.penstock.internal.completion.RecordPromise;
import io.penstock.internal.config.DeliverySettings;
import io.penstock.internal.identity.IdentityManager;
import io.penstock.internal.loop.Mailbox;
import io.penstock.internal.loop.ManualClock;
import io.penstock.internal.loop.Timers;
import io.penstock.internal.metrics.ProducerMetrics;
import io.penstock.internal.metrics.SampleWindows;
import io.penstock.internal.transaction.RecordGate;
import io.penstock.wire.compress.Compressor;
import io.penstock.wire.record.HeaderSource;
import io.penstock.wire.record.KeyValue;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A real sender on virtual time, with real queues and pages, between a fake cluster and a fake network. */
final class SenderHarness {

    static final String TOPIC = "t";
    static final long MILLI = 1_000_000;

    /** What varies from test to test; the defaults are a producer's. */
    static final class Options {
        short acks = -1;
        boolean idempotent = true;
        int retryCount = Integer.MAX_VALUE;
        long deliveryTimeoutMillis = 120_000;
        int maxInFlight = 5;
        long backoffMillis = 100;
        long backoffMaxMillis = 1_000;
        long lingerMillis = 0;
        int maxRequestBytes = 1 << 20;
        long availabilityTimeoutMillis = 0;
        long memoryBytes = 16 * 1024;
        int batchBytes = 1;
        boolean batchBytesSet = true;
        short firstEpoch = 0;
        boolean identityAtOnce = true;
        long seed = 1;

        @Nullable
        Compressor compressor;
    }

    /** One completion as the user sees it. */
    record Told(int id, long offset, @Nullable KafkaException failure) {}

    final class Cluster implements ClusterNeeds {
        final Map<Integer, Integer> leaders = new HashMap<>();
        int defaultLeader = 1;
        int refreshes;
        int touches;
        int identityNeeds;

        @Override
        public void refreshTopic(String topic, long nowNanos) {
            refreshes++;
        }

        @Override
        public void touchTopic(String topic, long nowNanos) {
            touches++;
        }

        @Override
        public int leaderOf(String topic, int partition) {
            return leaders.getOrDefault(partition, defaultLeader);
        }

        @Override
        public UUID topicIdOf(String topic) {
            return dispatcher.topicId;
        }

        @Override
        public void identityNeeded(long nowNanos) {
            identityNeeds++;
        }
    }

    static final class Completions implements CompletionQueue {
        final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
        boolean held;

        @Override
        public void submit(Runnable work) {
            waiting.add(work);
            runUnlessHeld();
        }

        void release() {
            held = false;
            runUnlessHeld();
        }

        private void runUnlessHeld() {
            while (!held && !waiting.isEmpty()) {
                waiting.remove().run();
            }
        }

        @Override
        public boolean isCallbackThread() {
            return false;
        }
    }

    final Options options;
    final ManualClock clock = new ManualClock();
    final Mailbox mailbox = new Mailbox();
    final Timers timers = new Timers();
    final PagePool pool;
    final RecordAccumulator accumulator;
    final RecordingDispatcher dispatcher = new RecordingDispatcher();
    final Cluster cluster = new Cluster();
    final Completions completions = new Completions();
    final IdentityManager identities;
    final Sender sender;
    final List<Told> told = new ArrayList<>();
    private int nextId;

    SenderHarness(Options options) {
        this.options = options;
        this.pool = new PagePool(options.memoryBytes, true);
        this.accumulator = new RecordAccumulator(
                pool,
                BatchLimits.of(
                        options.batchBytes, options.batchBytesSet, options.maxRequestBytes, pool.capacityBytes()),
                clock::nanoTime);
        this.identities = new IdentityManager(options.idempotent);
        this.sender = new Sender(
                new SenderSettings(
                        new DeliverySettings(
                                options.acks,
                                options.idempotent,
                                options.retryCount,
                                options.deliveryTimeoutMillis * MILLI,
                                30_000 * MILLI,
                                options.maxInFlight,
                                options.backoffMillis * MILLI,
                                options.backoffMaxMillis * MILLI),
                        options.lingerMillis * MILLI,
                        options.maxRequestBytes,
                        options.availabilityTimeoutMillis * MILLI),
                new SenderRooms(
                        pool,
                        new BatchSealer(options.compressor),
                        identities,
                        RecordGate.NONE,
                        dispatcher,
                        cluster,
                        completions,
                        mailbox,
                        timers,
                        new Random(options.seed),
                        new ProducerMetrics(new SampleWindows(2, 1_000_000)),
                        clock));
        if (options.idempotent && options.identityAtOnce) {
            identities.onIdentity(1000, options.firstEpoch);
        }
    }

    PartitionQueue queue(int partition) {
        return accumulator.topic(TOPIC, sender::listenerFor).queue(partition);
    }

    /** Appends the next record, four bytes of value that say its number; returns the number. */
    int append(int partition) {
        return append(partition, 4);
    }

    int append(int partition, int valueBytes) {
        int id = nextId++;
        byte[] value = ByteBuffer.allocate(valueBytes).putInt(id).array();
        RecordPromise promise = new RecordPromise(
                1_700_000_000_000L,
                -1,
                value.length,
                (metadata, exception) -> told.add(new Told(id, metadata.offset(), (KafkaException) exception)));
        AppendOutcome outcome =
                queue(partition).append(promise, KeyValue.of(null, value), HeaderSource.NONE, null, false);
        if (outcome != AppendOutcome.APPENDED && outcome != AppendOutcome.APPENDED_FULL) {
            throw new IllegalStateException("Record " + id + " was not appended: " + outcome);
        }
        return id;
    }

    long now() {
        return clock.nanoTime();
    }

    /** One turn of the loop, and as many more as it wants at once. */
    void turn() {
        for (int i = 0; i < 1_000; i++) {
            mailbox.drain(now(), Integer.MAX_VALUE);
            timers.fire(now());
            if (!sender.run(now()) && !mailbox.hasMail() && timers.idleNanos(now()) > 0) {
                return;
            }
        }
        throw new AssertionError("The loop never comes to rest");
    }

    void advanceMillis(long millis) {
        clock.advanceMillis(millis);
        turn();
    }

    FlushTicket flush() {
        FlushTicket ticket = new FlushTicket();
        mailbox.post(now -> sender.flush(ticket, now));
        turn();
        return ticket;
    }

    List<RecordingDispatcher.Attempt> inFlight() {
        return dispatcher.at(1);
    }

    boolean allPagesBack() {
        return pool.availableBytes() == pool.capacityBytes();
    }

    List<Integer> toldIds() {
        return told.stream().map(Told::id).toList();
    }
}
