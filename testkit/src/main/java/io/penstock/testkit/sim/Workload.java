package io.penstock.testkit.sim;

import io.penstock.producer.RecordMetadata;
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
final class Workload implements Application {

    private static final String MISSING_TOPIC = "missing";
    private static final int KEY_COUNT = 6;
    private static final int MAX_BURST = 10;

    private final Parts parts;
    private final Agenda agenda;
    private final SimPlan plan;
    private final World world;
    private final History history;
    private final SimProducer producer;
    private final Sending sending;
    private final FlushAndClose calls;
    private final RandomGenerator random;
    private final List<String> topics;
    private final List<CompletableFuture<RecordMetadata>> futures = new ArrayList<>();
    private final List<SimRecord> futureRecords = new ArrayList<>();
    private final PartitionsAsked asking;

    Workload(Parts parts, RandomGenerator random) {
        this.parts = parts;
        this.agenda = parts.agenda();
        this.plan = parts.plan();
        this.world = parts.world();
        this.history = parts.history();
        this.producer = parts.producers().make(null);
        this.sending = new Sending(parts, producer);
        this.calls = producer.calls();
        this.random = random;
        this.topics = plan.topicNames();
        if (plan.createsTopics()) {
            topics.add("made");
        }
        this.asking = new PartitionsAsked(parts, producer, topics);
    }

    @Override
    public void schedule() {
        for (int i = 0; i < plan.actionCount(); i++) {
            agenda.at(random.nextLong(plan.workNanos()), this::act);
        }
        RandomGenerator ofAsking = SimPlan.random(plan.seed() + 1, SimPlan.Stream.EXTRAS);
        for (int i = 0; i < plan.extras().asksCount(); i++) {
            agenda.at(ofAsking.nextLong(plan.workNanos()), () -> asking.ask(ofAsking));
        }
        if (plan.closesEarly()) {
            long timeout = random.nextInt(3) == 0 ? 0 : random.nextLong(plan.workNanos());
            agenda.at(random.nextLong(plan.workNanos()), () -> calls.close(timeout));
        }
    }

    @Override
    public void finish(long silenceNanos) {
        new Liveness(parts, this, calls).await(silenceNanos);
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
        return history.sending(producer, topic, partition, key, valueBytes(), caller);
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
        remember(record, sending.async(record));
    }

    /** A record for one partition when all is well again. */
    SimRecord probe(String topic, int partition) {
        SimRecord record = history.sending(producer, topic, partition, null, 1, SimRecord.Caller.MAIN);
        sending.async(record);
        return record;
    }

    private void sendBlocking() {
        SimRecord record = draw(SimRecord.Caller.MAIN);
        boolean withCallback = random.nextInt(4) > 0;
        boolean sendsMore = random.nextInt(30) == 0;
        Sending.Next next = (told, failure) -> {
            if (sendsMore && !calls.isClosed()) {
                sendAsync(SimRecord.Caller.CALLBACK);
            }
        };
        remember(record, sending.blocking(record, withCallback ? next : null));
    }

    private void remember(SimRecord record, @Nullable CompletableFuture<RecordMetadata> future) {
        if (future != null) {
            futures.add(future);
            futureRecords.add(record);
        }
    }
}
