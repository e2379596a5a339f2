package io.penstock.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.producer.KafkaProducer;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * 32 threads send, flush and wait on one producer of one to three loops with too little memory, and in the midst of it somebody closes it.
 *
 * <p>Whatever the interleaving: each record completes exactly once, what was acknowledged is stored once and in its thread's order,
 * and every byte of {@code buffer.memory} comes back. {@code -Dpenstock.contention.count=N} runs more seeds,
 * {@code -Dpenstock.contention.seed=N} one.
 */
@Timeout(300)
class ContentionTest {
    private static final int THREAD_COUNT = 32;

    static LongStream seeds() {
        Long one = Long.getLong("penstock.contention.seed");
        return one != null ? LongStream.of(one) : LongStream.range(1, 1 + Long.getLong("penstock.contention.count", 8));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void manyThreadsAndAClose_eachRecordEndsOnceAndAllMemoryComesBack(long seed) throws Exception {
        Random random = new Random(seed);
        try (FakeCluster cluster =
                FakeCluster.builder().brokers(3).topic("t", 7).start()) {
            disturb(cluster, random);
            KafkaProducer<String, String> producer = EngineProducers.create(
                    cluster,
                    "buffer.memory",
                    300_000,
                    "batch.size",
                    200 + random.nextInt(4_000),
                    "linger.ms",
                    random.nextInt(4),
                    "sender.threads",
                    1 + (int) (seed % 3),
                    "max.block.ms",
                    1 + random.nextInt(3_000),
                    "request.timeout.ms",
                    500,
                    "delivery.timeout.ms",
                    600 + random.nextInt(3_000),
                    "compression.type",
                    random.nextBoolean() ? "none" : "lz4");
            List<ContentionThread> threads = start(producer, seed);
            Thread.sleep(100 + random.nextInt(400));
            close(producer, random, threads);
            for (ContentionThread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(60));
                assertThat(thread.isAlive()).as(thread + " still runs").isFalse();
            }
            producer.close();
            assertThat(metric(producer, "buffer-available-bytes")).isEqualTo(metric(producer, "buffer-total-bytes"));
            ContentionThread.check(threads, cluster, "t");
        }
    }

    private static List<ContentionThread> start(KafkaProducer<String, String> producer, long seed) {
        CountDownLatch together = new CountDownLatch(1);
        List<ContentionThread> threads = new ArrayList<>();
        for (int i = 0; i < THREAD_COUNT; i++) {
            ContentionThread thread = new ContentionThread(producer, "t", i, seed * 1_000 + i, together);
            thread.start();
            threads.add(thread);
        }
        together.countDown();
        return threads;
    }

    private static void disturb(FakeCluster cluster, Random random) {
        for (int i = 0; i < 30; i++) {
            var fault = cluster.fault(ApiKey.PRODUCE).after(random.nextInt(500));
            switch (random.nextInt(4)) {
                case 0 -> fault.dropAfter();
                case 1 -> fault.dropBefore();
                case 2 -> fault.error(ErrorCode.NOT_LEADER_OR_FOLLOWER);
                default -> fault.delayAnswer(Duration.ofMillis(random.nextInt(40)));
            }
        }
    }

    private static void close(KafkaProducer<String, String> producer, Random random, List<ContentionThread> threads)
            throws InterruptedException {
        switch (random.nextInt(4)) {
            case 0 -> producer.close();
            case 1 -> producer.close(Duration.ZERO);
            case 2 -> producer.close(Duration.ofMillis(random.nextInt(100)));
            default -> threads.get(0).closeFromCallback();
        }
    }

    private static double metric(KafkaProducer<String, String> producer, String name) {
        return producer.metrics().entrySet().stream()
                .filter(each -> each.getKey().name().equals(name))
                .mapToDouble(each -> ((Number) each.getValue().metricValue()).doubleValue())
                .findFirst()
                .orElseThrow();
    }
}
