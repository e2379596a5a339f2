package io.penstock.testkit.fire;

import io.penstock.errors.KafkaException;
import io.penstock.producer.ConsumerGroupMetadata;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.OffsetAndMetadata;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.TopicPartition;
import io.penstock.serialization.ByteArraySerializer;
import io.penstock.serialization.StringSerializer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One transaction after the other, each of some records in several partitions and the next position of a made-up input: as an
 * application reads, works and writes.
 *
 * <p>A transaction that fails is aborted; a producer that can do no more, or does not come to an end in time, is closed and another
 * one of the same {@code transactional.id} takes over. Its own thread writes, others read after {@link #finish}.
 */
final class TransactionalWorkload {
    static final String TOPIC = "penstock-transactions";
    static final String GROUP = "penstock-transactions-group";
    static final TopicPartition INPUT = new TopicPartition("penstock-transactions-input", 0);

    /** How a transaction ended, as far as its application was told. */
    enum End {
        COMMITTED,
        ABORTED,
        UNKNOWN
    }

    private static final int MAX_RECORDS = 20;
    private static final int PATIENCE = 40;

    private final Map<String, Object> settings;
    private final Random random;
    private final Thread thread = new Thread(this::run, "workload-transactions");
    private final List<End> ends = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final Map<String, Integer> failures = new TreeMap<>();
    private final Map<String, String> examples = new TreeMap<>();
    private KafkaProducer<String, byte[]> producer;
    private int takeovers = -1;
    private volatile boolean stopped;
    private volatile Throwable failure;

    TransactionalWorkload(String bootstrapServers, long seed) {
        random = new Random(seed);
        settings = new HashMap<>(Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "transactional.id",
                "fire",
                "transaction.timeout.ms",
                30_000,
                "request.timeout.ms",
                4_000,
                "max.block.ms",
                20_000,
                "delivery.timeout.ms",
                20_000,
                "reconnect.backoff.max.ms",
                500));
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    void stop() {
        stopped = true;
    }

    /** Waits for the end of the last transaction; then the lists may be read. */
    void finish(long limitSeconds) throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(limitSeconds));
        if (thread.isAlive()) {
            throw new AssertionError("a transaction still goes on " + limitSeconds + " s after the last fault");
        }
        if (failure != null) {
            throw new AssertionError("the transactional thread failed", failure);
        }
    }

    List<End> ends() {
        return ends;
    }

    List<Integer> sizes() {
        return sizes;
    }

    Map<String, Integer> failures() {
        return failures;
    }

    Map<String, String> examples() {
        return examples;
    }

    /** How often another producer took over. */
    int takeovers() {
        return takeovers;
    }

    private void run() {
        try {
            takeOver();
            while (!stopped) {
                ends.add(transaction(ends.size()));
                Thread.sleep(random.nextInt(20));
            }
            settle();
        } catch (Throwable e) {
            failure = e;
        }
    }

    private End transaction(int number) throws InterruptedException {
        int size = 1 + random.nextInt(MAX_RECORDS);
        sizes.add(size);
        boolean meantToAbort = random.nextInt(8) == 0;
        try {
            producer.beginTransaction();
            for (int i = 0; i < size; i++) {
                byte[] value = ByteBuffer.allocate(100).putInt(number).putInt(i).array();
                producer.send(new ProducerRecord<>(TOPIC, "k" + random.nextInt(24), value));
                if (random.nextInt(10) == 0) {
                    Thread.sleep(random.nextInt(10));
                }
            }
            producer.sendOffsetsToTransaction(
                    Map.of(INPUT, new OffsetAndMetadata(number + 1L)), new ConsumerGroupMetadata(GROUP));
        } catch (KafkaException e) {
            note("in a transaction", e);
            return abort();
        }
        return meantToAbort ? abort() : commit();
    }

    private End commit() throws InterruptedException {
        for (int attempt = 0; attempt < PATIENCE; attempt++) {
            try {
                producer.commitTransaction();
                return End.COMMITTED;
            } catch (io.penstock.errors.TimeoutException e) {
                note("commit", e); // made again it waits for the same
            } catch (KafkaException e) {
                note("commit", e);
                return abort();
            }
        }
        takeOver();
        return End.UNKNOWN;
    }

    private End abort() throws InterruptedException {
        for (int attempt = 0; attempt < PATIENCE; attempt++) {
            try {
                producer.abortTransaction();
                return End.ABORTED;
            } catch (io.penstock.errors.TimeoutException e) {
                note("abort", e);
            } catch (KafkaException | IllegalStateException e) {
                note("abort", e);
                break;
            }
        }
        takeOver();
        return End.UNKNOWN;
    }

    /** A commit returns when it is decided, and its markers are written after that; another producer of the id waits for them. */
    private void settle() throws InterruptedException {
        int before = takeovers;
        takeOver();
        producer.close();
        takeovers = before;
    }

    /** A new producer of the same id, which ends what the old one left. */
    private void takeOver() throws InterruptedException {
        takeovers++;
        while (true) {
            if (producer != null) {
                producer.close(java.time.Duration.ZERO);
            }
            producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
            try {
                producer.initTransactions();
                return;
            } catch (KafkaException e) {
                note("initTransactions", e);
                Thread.sleep(100);
            }
        }
    }

    private void note(String where, Exception e) {
        String kind = where + ": " + e.getClass().getSimpleName();
        failures.merge(kind, 1, Integer::sum);
        examples.putIfAbsent(kind, String.valueOf(e.getMessage()));
    }
}
