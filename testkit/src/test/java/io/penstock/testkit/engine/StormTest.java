package io.penstock.testkit.engine;

import io.penstock.producer.KafkaProducer;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.FaultScript;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults drawn from a seed while records flow, then none: every record is there once and in order.
 *
 * <p>Threads and sockets are real, so a seed makes a run likely, not certain. {@code -Dpenstock.storm.seed=N} runs one seed,
 * {@code -Dpenstock.storm.count=N} as many as asked.
 */
@Timeout(300)
class StormTest {

    private static final ErrorCode[] RETRIED = {
        ErrorCode.NOT_LEADER_OR_FOLLOWER,
        ErrorCode.REQUEST_TIMED_OUT,
        ErrorCode.NOT_ENOUGH_REPLICAS,
        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
        ErrorCode.KAFKA_STORAGE_ERROR,
        ErrorCode.CORRUPT_MESSAGE,
        ErrorCode.LEADER_NOT_AVAILABLE
    };

    static LongStream seeds() {
        Long one = Long.getLong("penstock.storm.seed");
        return one != null ? LongStream.of(one) : LongStream.range(1, 1 + Long.getLong("penstock.storm.count", 12));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void faultsFromASeed_leaveEachRecordOnceAndInOrder(long seed) throws Exception {
        Random random = new Random(seed);
        try (FakeCluster cluster = FakeCluster.builder()
                        .brokers(3)
                        .topic("a", 3)
                        .topic("b", 2)
                        .start();
                KafkaProducer<String, String> producer = EngineProducers.create(
                        cluster,
                        "batch.size",
                        100 + random.nextInt(400),
                        "linger.ms",
                        random.nextInt(3),
                        "max.in.flight.requests.per.connection",
                        1 + random.nextInt(5),
                        "metadata.max.age.ms",
                        200 + random.nextInt(2_000),
                        "request.timeout.ms",
                        200 + random.nextInt(300))) {
            SentRecords records = new SentRecords(producer);
            for (int step = 0; step < 40; step++) {
                hit(cluster, random);
                for (int i = random.nextInt(30); i >= 0; i--) {
                    if (random.nextBoolean()) {
                        records.send("a", random.nextInt(3), random.nextInt(60));
                    } else {
                        records.send("b", random.nextInt(2), random.nextInt(60));
                    }
                }
                if (random.nextInt(10) == 0) {
                    producer.flush();
                }
            }
            heal(cluster);
            try {
                records.awaitAll();
            } catch (Exception e) {
                throw new AssertionError("Not all records succeeded; run again with -Dpenstock.storm.seed=" + seed, e);
            }
            records.assertExactlyOnceInOrder(cluster);
        }
    }

    private static void hit(FakeCluster cluster, Random random) {
        int broker = 1 + random.nextInt(3);
        switch (random.nextInt(9)) {
            case 0 -> cluster.moveLeader("a", random.nextInt(3), broker);
            case 1 -> cluster.moveLeader("b", random.nextInt(2), broker);
            case 2 -> cluster.freezeMetadata(broker);
            case 3 -> cluster.thawMetadata(broker);
            case 4 -> cluster.fault(ApiKey.METADATA).broker(broker).dropAfter();
            default ->
                mishap(
                        cluster.fault(ApiKey.PRODUCE)
                                .broker(broker)
                                .after(random.nextInt(4))
                                .times(1 + random.nextInt(3)),
                        random);
        }
    }

    private static void mishap(FaultScript script, Random random) {
        switch (random.nextInt(10)) {
            case 9 -> script.delay(Duration.ofMillis(random.nextInt(600)));
            case 0 -> script.dropBefore();
            case 1 -> script.dropAfter();
            case 2 -> script.truncateAnswer();
            case 3 -> script.garbage();
            case 4 -> script.neverAnswerAfter();
            case 5 -> script.neverAnswer();
            case 6 -> script.delayAnswer(Duration.ofMillis(random.nextInt(50)));
            case 7 -> script.error(RETRIED[random.nextInt(RETRIED.length)]);
            default -> script.errorAfter(RETRIED[random.nextInt(2)]);
        }
    }

    private static void heal(FakeCluster cluster) {
        cluster.clearFaults();
        for (int broker = 1; broker <= 3; broker++) {
            cluster.thawMetadata(broker);
        }
    }
}
