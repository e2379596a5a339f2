package io.penstock.testkit.sim;

import io.penstock.testkit.fake.BrokerRelease;
import io.penstock.testkit.fake.TopicOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * What a seed is: the cluster, the network, the producer's settings, and how much is done to them. Immutable.
 *
 * @param settings of the producer, but for the bootstrap servers
 * @param actionCount what the application does, all in all
 * @param faultCount how often something goes wrong; 0 in calm seeds
 * @param workNanos in how much time both of them happen
 * @param recreatesTopics whether topics are deleted and created again
 * @param intercepts whether an interceptor hears of each record as well
 * @param closesEarly whether the application closes the producer in the middle of its work
 * @param transactions {@link TransactionPlan#NONE} for a plain producer
 * @param extras what is drawn besides
 */
record SimPlan(
        long seed,
        int brokerCount,
        Map<String, TopicOptions> topics,
        boolean createsTopics,
        BrokerRelease release,
        SimNetwork.Traits network,
        Map<String, Object> settings,
        int actionCount,
        int faultCount,
        long workNanos,
        boolean recreatesTopics,
        boolean intercepts,
        boolean closesEarly,
        TransactionPlan transactions,
        Extras extras) {

    /** {@code sender.threads} of a producer, at most. */
    static final int MAX_LOOPS = 4;

    private static final int LARGEST_BYTES = 32_768;

    /** The parts of chance: each has a stream of its own, so that a change in one leaves the others as they are. */
    enum Stream {
        PLAN,
        NETWORK,
        NAMES,
        SCHEDULE,
        WORKLOAD,
        FAULTS,
        ENGINE,
        CALLERS,
        TRANSACTIONS,
        LOOPS,
        EXTRAS,
        BLOCKING
    }

    static RandomGenerator random(long seed, Stream stream) {
        return new SplittableRandom(seed * 31 + stream.ordinal());
    }

    static SimPlan draw(long seed) {
        RandomGenerator random = random(seed, Stream.PLAN);
        int brokers = 1 + random.nextInt(4);
        Map<String, TopicOptions> topics = new LinkedHashMap<>();
        int topicCount = 1 + random.nextInt(3);
        for (int i = 0; i < topicCount; i++) {
            topics.put("t" + i, topic(random));
        }
        boolean calm = random.nextInt(10) == 0;
        BrokerRelease release = pick(
                random, BrokerRelease.CURRENT, BrokerRelease.CURRENT, BrokerRelease.KAFKA_3_0, BrokerRelease.KAFKA_2_1);
        RandomGenerator ofTransactions = random(seed, Stream.TRANSACTIONS);
        TransactionPlan transactions = TransactionPlan.draw(release, ofTransactions, random(seed, Stream.BLOCKING));
        Map<String, Object> settings = settings(random);
        if (transactions.isNone()) {
            settings.put("sender.threads", loops(random(seed, Stream.LOOPS)));
        }
        int requestMs = (Integer) settings.getOrDefault("request.timeout.ms", 0);
        boolean creates = random.nextInt(6) == 0;
        SimNetwork.Traits network = network(random, TimeUnit.MILLISECONDS.toNanos(requestMs));
        return new SimPlan(
                seed,
                brokers,
                topics,
                creates,
                release,
                network,
                transactions.isNone() ? settings : transactions.over(settings, network, ofTransactions),
                5 + random.nextInt(40),
                calm ? 0 : 1 + random.nextInt(25),
                TimeUnit.MILLISECONDS.toNanos(pick(random, 50, 500, 2_000, 8_000)),
                // Without topic ids nobody can tell a new topic from an old answer.
                random.nextInt(8) == 0 && release != BrokerRelease.KAFKA_2_1 && transactions.isNone(),
                random.nextInt(3) == 0,
                random.nextInt(8) == 0,
                transactions,
                Extras.draw(calm, random(seed, Stream.EXTRAS)));
    }

    private static int loops(RandomGenerator random) {
        return random.nextBoolean() ? 1 : 2 + random.nextInt(MAX_LOOPS - 1);
    }

    private static TopicOptions topic(RandomGenerator random) {
        int partitions = random.nextInt(12) == 0 ? 20 : 1 + random.nextInt(4);
        TopicOptions options = TopicOptions.partitions(partitions)
                .withReplicationFactor(1 + random.nextInt(3))
                .withMaxMessageBytes(pick(random, 1_048_588, 1_048_588, 1_048_588, 2_000, 500));
        return random.nextInt(5) == 0 ? options.withLogAppendTime() : options;
    }

    /** One in which a healthy broker can answer in time: also the largest record, through a small buffer. */
    private static SimNetwork.Traits network(RandomGenerator random, long requestTimeoutNanos) {
        long min = Math.min(
                TimeUnit.MICROSECONDS.toNanos(pick(random, 20, 100, 1_000, 20_000)), requestTimeoutNanos / 100);
        long max = min * pick(random, 1, 2, 5);
        int buffer = pick(random, 200, 2_000, 16_384, 131_072, 131_072);
        while (LARGEST_BYTES / buffer * max > requestTimeoutNanos / 4) {
            buffer *= 2;
        }
        long perByte = Math.min(pick(random, 0, 0, 10, 1_000), requestTimeoutNanos / 20 / LARGEST_BYTES);
        return new SimNetwork.Traits(min, max, buffer, perByte);
    }

    private static Map<String, Object> settings(RandomGenerator random) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("client.id", "sim");
        settings.put("batch.size", pick(random, 0, 100, 300, 1_000, 16_384, 16_384));
        int lingerMs = pick(random, 0, 0, 1, 5, 5, 20, 100, 1_000);
        settings.put("linger.ms", lingerMs);
        settings.put("buffer.memory", pick(random, 8_192, 16_384, 32_768, 65_536, 262_144, 33_554_432));
        settings.put("max.request.size", pick(random, 1_048_576, 1_048_576, 1_048_576, 5_000, 1_000));
        settings.put("max.block.ms", pick(random, 0, 50, 500, 5_000, 60_000));
        settings.put("compression.type", pick(random, "none", "none", "none", "gzip", "snappy", "lz4", "zstd"));
        int requestMs = pick(random, 100, 500, 2_000, 10_000, 30_000);
        settings.put("request.timeout.ms", requestMs);
        settings.put("delivery.timeout.ms", (lingerMs + requestMs) * pick(random, 1, 2, 5));
        settings.put("retry.backoff.ms", pick(random, 0, 10, 100, 500));
        settings.put("retry.backoff.max.ms", pick(random, 500, 1_000));
        settings.put("reconnect.backoff.ms", pick(random, 0, 10, 50, 500));
        settings.put("reconnect.backoff.max.ms", pick(random, 500, 1_000));
        settings.put("socket.connection.setup.timeout.ms", pick(random, 500, 2_000, 10_000));
        settings.put("metadata.max.age.ms", pick(random, 300, 5_000, 300_000));
        settings.put("metadata.max.idle.ms", pick(random, 5_000, 300_000));
        settings.put("metadata.recovery.strategy", pick(random, "rebootstrap", "rebootstrap", "none"));
        settings.put("metadata.recovery.rebootstrap.trigger.ms", pick(random, 1_000, 10_000, 300_000));
        settings.put("connections.max.idle.ms", pick(random, 1_000, 10_000, 540_000));
        settings.put("partitioner.adaptive.partitioning.enable", random.nextBoolean());
        settings.put("partitioner.availability.timeout.ms", pick(random, 0, 0, 100));
        settings.put("partitioner.ignore.keys", random.nextInt(8) == 0);
        putDelivery(settings, random);
        return settings;
    }

    private static void putDelivery(Map<String, Object> settings, RandomGenerator random) {
        boolean idempotent = random.nextInt(4) > 0;
        settings.put("enable.idempotence", idempotent);
        settings.put("acks", idempotent ? "all" : pick(random, "all", "1", "0"));
        settings.put(
                "max.in.flight.requests.per.connection",
                idempotent ? 1 + random.nextInt(5) : pick(random, 1, 1, 3, 10));
        int retries = pick(random, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 10, 3, 1);
        settings.put("retries", idempotent || random.nextInt(4) > 0 ? retries : 0);
    }

    /** {@code sender.threads}. */
    int loopCount() {
        return (Integer) settings.getOrDefault("sender.threads", 1);
    }

    boolean isCalm() {
        return faultCount == 0;
    }

    boolean isIdempotent() {
        return (Boolean) setting("enable.idempotence");
    }

    String acks() {
        return (String) setting("acks");
    }

    int number(String key) {
        return (Integer) setting(key);
    }

    long nanos(String keyOfMillis) {
        return TimeUnit.MILLISECONDS.toNanos(number(keyOfMillis));
    }

    private Object setting(String key) {
        Object value = settings.get(key);
        if (value == null) {
            throw new IllegalArgumentException("Nothing is drawn for " + key);
        }
        return value;
    }

    /** The names of the topics that exist at the start. */
    List<String> topicNames() {
        return new ArrayList<>(topics.keySet());
    }

    int partitionCount(String topic) {
        TopicOptions options = topics.get(topic);
        return options == null ? 2 : options.partitionCount();
    }

    @SafeVarargs
    private static <T> T pick(RandomGenerator random, T... values) {
        return values[random.nextInt(values.length)];
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + brokerCount + " broker(s) playing " + release + ", topics " + topics + ", "
                + network
                + ", " + actionCount + " action(s) and " + faultCount + " fault(s) in "
                + TimeUnit.NANOSECONDS.toMillis(workNanos) + " ms"
                + (createsTopics ? ", creates topics" : "")
                + (recreatesTopics ? ", deletes topics" : "")
                + (intercepts ? ", intercepts" : "")
                + (closesEarly ? ", closes early" : "")
                + (transactions.isNone() ? "" : ", " + transactions)
                + ", " + extras
                + "\nsettings " + settings;
    }
}
