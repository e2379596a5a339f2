package io.penstock.testkit.sim;

import io.penstock.internal.admission.DeliveryPromise;
import io.penstock.internal.engine.Engine;
import io.penstock.producer.Callback;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The application: sends in both ways, flushes, cancels futures, sends from inside callbacks, and closes.
 *
 * <p>While one of its calls blocks it acts as a second thread, whose calls do not.
 */
final class Workload {

    static final String ID_HEADER = "id";

    private static final String MISSING_TOPIC = "missing";
    private static final int KEY_COUNT = 6;
    private static final int MAX_BURST = 10;

    private final SimPlan plan;
    private final World world;
    private final SimClock clock;
    private final Trace trace;
    private final History history;
    private final Engine<byte[], byte[]> engine;
    private final FlushAndClose calls;
    private final RandomGenerator random;
    private final List<String> topics;
    private final List<CompletableFuture<RecordMetadata>> futures = new ArrayList<>();
    private final List<SimRecord> futureRecords = new ArrayList<>();

    Workload(Parts parts, RandomGenerator random) {
        this.plan = parts.plan();
        this.world = parts.world();
        this.clock = parts.clock();
        this.trace = parts.trace();
        this.history = parts.history();
        this.engine = parts.engine();
        this.calls = parts.calls();
        this.random = random;
        this.topics = plan.topicNames();
        if (plan.createsTopics()) {
            topics.add("made");
        }
    }

    /** Spreads what is to be done over the working time. */
    void schedule(Agenda agenda) {
        for (int i = 0; i < plan.actionCount(); i++) {
            agenda.at(random.nextLong(plan.workNanos()), this::act);
        }
        if (plan.closesEarly()) {
            long timeout = random.nextInt(3) == 0 ? 0 : random.nextLong(plan.workNanos());
            agenda.at(random.nextLong(plan.workNanos()), () -> calls.close(timeout));
        }
    }

    private void act() {
        switch (random.nextInt(12)) {
            case 0 -> calls.flush();
            case 1 -> cancel();
            case 2, 3, 4 -> {
                if (world.isBlocked()) {
                    burst(SimRecord.Caller.BESIDE);
                } else {
                    block();
                }
            }
            default -> burst(world.isBlocked() ? SimRecord.Caller.BESIDE : SimRecord.Caller.MAIN);
        }
    }

    private void burst(SimRecord.Caller caller) {
        for (int i = random.nextInt(MAX_BURST); i >= 0; i--) {
            sendAsync(caller);
        }
    }

    private void block() {
        for (int i = random.nextInt(MAX_BURST); i >= 0 && !calls.isClosed(); i--) {
            sendBlocking();
        }
    }

    private void cancel() {
        if (futures.isEmpty()) {
            return;
        }
        int index = random.nextInt(futures.size());
        if (!futures.get(index).isDone()) {
            futureRecords.get(index).cancelled = true;
            futures.get(index).cancel(random.nextBoolean());
        }
    }

    // ------------------------------------------------------------------------------------------------ sending

    private SimRecord draw(SimRecord.Caller caller) {
        String topic = random.nextInt(60) == 0 ? MISSING_TOPIC : topics.get(random.nextInt(topics.size()));
        int partition = random.nextInt(3) == 0 ? random.nextInt(partitionCount(topic)) : -1;
        byte[] key = random.nextInt(3) == 0 ? new byte[] {(byte) random.nextInt(KEY_COUNT)} : null;
        return history.sending(topic, partition, key, valueBytes(), caller);
    }

    /** One more than there are, now and then. */
    private int partitionCount(String topic) {
        var options = plan.topics().get(topic);
        return (options == null ? 2 : options.partitionCount()) + (random.nextInt(40) == 0 ? 1 : 0);
    }

    private int valueBytes() {
        return switch (random.nextInt(20)) {
            case 0 -> 20_000;
            case 1 -> 4_000 + random.nextInt(2_000);
            case 2, 3, 4 -> 200 + random.nextInt(1_500);
            default -> random.nextInt(120);
        };
    }

    private void sendAsync(SimRecord.Caller caller) {
        SimRecord record = draw(caller);
        try {
            follow(record, engine.admission().sendAsync(toSend(record)));
        } catch (RuntimeException e) {
            history.thrown(record, e);
        }
    }

    /** A record for one partition when all is well again. */
    SimRecord probe(String topic, int partition) {
        SimRecord record = history.sending(topic, partition, null, 1, SimRecord.Caller.MAIN);
        try {
            follow(record, engine.admission().sendAsync(toSend(record)));
        } catch (RuntimeException e) {
            history.thrown(record, e);
        }
        return record;
    }

    private void follow(SimRecord record, DeliveryPromise delivery) {
        delivery.admitted().whenComplete((nothing, failure) -> record.admitted = failure == null);
        record.taken = !delivery.delivered().isDone();
        delivery.delivered().whenComplete((metadata, failure) -> history.onFuture(record, metadata, failure));
        remember(record, delivery.delivered());
    }

    private void sendBlocking() {
        SimRecord record = draw(SimRecord.Caller.MAIN);
        boolean withCallback = random.nextInt(4) > 0;
        boolean sendsMore = random.nextInt(30) == 0;
        record.hasCallback = withCallback;
        Callback callback =
                withCallback ? (metadata, failure) -> onCallback(record, metadata, failure, sendsMore) : null;
        try {
            CompletableFuture<RecordMetadata> future = engine.admission().send(toSend(record), callback);
            record.taken = !future.isDone();
            record.admitted = !future.isCompletedExceptionally();
            future.whenComplete((metadata, failure) -> history.onFuture(record, metadata, failure));
            remember(record, future);
        } catch (RuntimeException e) {
            record.hasCallback = record.callbackCount > 0;
            history.thrown(record, e);
        }
    }

    private void onCallback(SimRecord record, RecordMetadata metadata, @Nullable Exception failure, boolean sendsMore) {
        history.onCallback(record, metadata, failure);
        if (sendsMore && !calls.isClosed()) {
            sendAsync(SimRecord.Caller.CALLBACK);
        }
    }

    private void remember(SimRecord record, CompletableFuture<RecordMetadata> future) {
        futures.add(future);
        futureRecords.add(record);
    }

    private ProducerRecord<byte[], byte[]> toSend(SimRecord record) {
        Integer partition = record.namedPartition < 0 ? null : record.namedPartition;
        ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(record.topic, partition, record.key, record.value);
        if (plan.intercepts()) {
            sent.headers()
                    .add(
                            ID_HEADER,
                            ByteBuffer.allocate(Integer.BYTES).putInt(record.id).array());
        }
        trace.note(
                "send record %d: %s-%d, %d bytes", record.id, record.topic, record.namedPartition, record.value.length);
        return sent;
    }
}
