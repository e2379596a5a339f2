package io.penstock.benchmarks;

import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.ByteArraySerializer;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.FakeClusterBuilder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * What a cluster's size costs: a producer on the fake cluster over sockets, in one process, of up to a thousand brokers and a million
 * partitions.
 *
 * <p>Counts the CPU time of the producer's loops alone, which is what grows if anything does: the cluster is on other threads. Memory is
 * the heap in use after a collection, before and after the producer has heard of all topics.
 */
final class BigCluster implements AutoCloseable {

    static final String HEAD =
            "| brokers | partitions known | loops | CPU ms of the loops to learn of all | heap MiB for it"
                    + " | CPU us a record, 5,000 partitions in turn | 100 partitions in turn |\n|---|---|---|---|---|---|---|";

    private static final int PARTITIONS_PER_TOPIC = 1_000;
    private static final int USED_TOPICS = 5;
    private static final int FEW_PARTITIONS = 100;
    private static final int WINDOWS = 5;
    private static final int RECORDS_PER_WINDOW = 50_000;
    private static final byte[] VALUE = new byte[100];
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final FakeCluster cluster;
    private final int topicCount;
    private final int loops;
    private final KafkaProducer<byte[], byte[]> producer;

    private BigCluster(int brokers, int topicCount, int loops) {
        this.topicCount = topicCount;
        this.loops = loops;
        FakeClusterBuilder builder = FakeCluster.builder().brokers(brokers);
        for (int i = 0; i < topicCount; i++) {
            builder.topic("t" + i, PARTITIONS_PER_TOPIC);
        }
        this.cluster = builder.start();
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        cluster.address(1) + "," + cluster.address(brokers),
                        "client.id",
                        "big",
                        "sender.threads",
                        loops,
                        "buffer.memory",
                        67_108_864),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** More brokers, then more partitions known, then one loop more. */
    static List<String> measure() {
        List<String> lines = new ArrayList<>();
        for (int[] size :
                new int[][] {{5, USED_TOPICS, 1}, {1_000, USED_TOPICS, 1}, {1_000, 1_000, 1}, {1_000, 1_000, 2}}) {
            try (BigCluster big = new BigCluster(size[0], size[1], size[2])) {
                lines.add(big.line(size[0]));
            }
        }
        return lines;
    }

    private String line(int brokers) {
        producer.partitionsFor("t0");
        long heap = usedBytes();
        long cpu = loopNanos();
        for (int i = 1; i < topicCount; i++) {
            producer.partitionsFor("t" + i);
        }
        cpu = loopNanos() - cpu;
        cluster.clearRequests();
        heap = usedBytes() - heap;
        double[] many = microsPerRecord(i -> send(i % (USED_TOPICS * PARTITIONS_PER_TOPIC)));
        double[] few = microsPerRecord(i -> send(i % FEW_PARTITIONS));
        return String.format(
                Locale.ROOT,
                "| %,d | %,d | %d | %.0f | %.0f | %s | %s |",
                brokers,
                topicCount * PARTITIONS_PER_TOPIC,
                loops,
                cpu / 1e6,
                heap / (double) (1 << 20),
                text(many),
                text(few));
    }

    private void send(int place) {
        producer.send(new ProducerRecord<>("t" + place % USED_TOPICS, place / USED_TOPICS, null, VALUE));
    }

    /** Sorted, of each window; the first ones, which compile, are left out. */
    private double[] microsPerRecord(IntConsumer send) {
        double[] windows = new double[WINDOWS];
        for (int window = -WINDOWS; window < WINDOWS; window++) {
            long before = loopNanos();
            for (int i = 0; i < RECORDS_PER_WINDOW; i++) {
                send.accept(i);
            }
            producer.flush();
            cluster.clearRequests();
            if (window >= 0) {
                windows[window] = (loopNanos() - before) / 1e3 / RECORDS_PER_WINDOW;
            }
        }
        Arrays.sort(windows);
        return windows;
    }

    private static String text(double[] sorted) {
        return String.format(
                Locale.ROOT, "%.2f (%.2f-%.2f)", sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    private static long loopNanos() {
        long cpu = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("penstock-sender-big")) {
                cpu += Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return cpu;
    }

    private static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Override
    public void close() {
        producer.close();
        cluster.close();
    }
}
