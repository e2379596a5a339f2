package io.penstock.testkit.sim;

import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.FakeTransactions;
import io.penstock.testkit.fake.FaultScript;
import io.penstock.testkit.fake.RandomFaults;
import io.penstock.testkit.fake.TopicOptions;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Everything that goes wrong, and its end.
 *
 * <p>Brokers fail as real ones do, and do not lie: an error that says that nothing was appended comes only where nothing was, since
 * the checkers hold the producer to what it was told.
 */
final class FaultPhase {

    /** Nothing was appended. */
    private static final ErrorCode[] INSTEAD = {
        ErrorCode.NOT_LEADER_OR_FOLLOWER,
        ErrorCode.NOT_LEADER_OR_FOLLOWER,
        ErrorCode.LEADER_NOT_AVAILABLE,
        ErrorCode.FENCED_LEADER_EPOCH,
        ErrorCode.REQUEST_TIMED_OUT,
        ErrorCode.NOT_ENOUGH_REPLICAS,
        ErrorCode.KAFKA_STORAGE_ERROR,
        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
        ErrorCode.UNKNOWN_SERVER_ERROR,
        ErrorCode.CORRUPT_MESSAGE,
        ErrorCode.MESSAGE_TOO_LARGE,
        ErrorCode.TOPIC_AUTHORIZATION_FAILED,
        ErrorCode.INVALID_RECORD,
        ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
        ErrorCode.UNKNOWN_PRODUCER_ID,
        ErrorCode.THROTTLING_QUOTA_EXCEEDED,
    };

    /** The batch may well be in the log. */
    private static final ErrorCode[] AFTER = {
        ErrorCode.NOT_LEADER_OR_FOLLOWER,
        ErrorCode.REQUEST_TIMED_OUT,
        ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
        ErrorCode.KAFKA_STORAGE_ERROR,
        ErrorCode.UNKNOWN_SERVER_ERROR,
    };

    private static final ErrorCode[] METADATA = {
        ErrorCode.LEADER_NOT_AVAILABLE, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ErrorCode.TOPIC_AUTHORIZATION_FAILED,
    };

    private static final ErrorCode[] IDENTITY = {
        ErrorCode.COORDINATOR_LOAD_IN_PROGRESS, ErrorCode.NOT_COORDINATOR, ErrorCode.CLUSTER_AUTHORIZATION_FAILED,
    };

    private static final ApiKey[] TRANSACTIONAL = {
        ApiKey.FIND_COORDINATOR,
        ApiKey.INIT_PRODUCER_ID,
        ApiKey.ADD_PARTITIONS_TO_TXN,
        ApiKey.ADD_OFFSETS_TO_TXN,
        ApiKey.TXN_OFFSET_COMMIT,
        ApiKey.END_TXN,
        ApiKey.END_TXN,
    };

    private static final ErrorCode[] COORDINATOR = {
        ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
        ErrorCode.COORDINATOR_NOT_AVAILABLE,
        ErrorCode.NOT_COORDINATOR,
        ErrorCode.CONCURRENT_TRANSACTIONS,
        ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
    };

    private static final ErrorCode[] COORDINATOR_AFTER = {
        ErrorCode.COORDINATOR_NOT_AVAILABLE, ErrorCode.NOT_COORDINATOR, ErrorCode.CONCURRENT_TRANSACTIONS,
    };

    /** As long as the engine obeys: docs/MIGRATION.md. */
    private static final long LONGEST_SILENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final SimPlan plan;
    private final TransactionPlan transactions;
    private final FakeCluster cluster;
    private final SimNetwork network;
    private final SimResolver resolver;
    private final Agenda agenda;
    private final SimClock clock;
    private final Trace trace;
    private final StoredLogs logs;
    private final TransactionBook book;
    private final RandomGenerator random;
    private final Set<Integer> down = new LinkedHashSet<>();
    private final Set<String> deleted = new LinkedHashSet<>();
    private @Nullable RandomFaults drawn;
    private long silenceNanos;
    private boolean healed;

    FaultPhase(Parts parts, RandomGenerator random) {
        this.plan = parts.plan();
        this.transactions = plan.transactions();
        this.cluster = parts.cluster();
        this.network = parts.network();
        this.resolver = parts.resolver();
        this.agenda = parts.agenda();
        this.clock = parts.clock();
        this.trace = parts.trace();
        this.logs = parts.logs();
        this.book = parts.book();
        this.random = random;
    }

    /** Spreads what goes wrong over the working time; some of it from the very start. */
    void schedule() {
        for (int i = 0; i < plan.faultCount(); i++) {
            agenda.at(random.nextInt(4) == 0 ? 0 : random.nextLong(plan.workNanos()), this::strike);
        }
        drawn = plan.extras().begin(cluster);
        if (drawn != null) {
            book.onNoise();
            silenceNanos = LONGEST_SILENCE_NANOS;
        }
        resolver.unreliable(!plan.isCalm() && random.nextInt(6) == 0);
    }

    /** All is well from now on. */
    void heal() {
        healed = true;
        trace.add("heal", 0, 0);
        network.heal();
        resolver.unreliable(false);
        cluster.clearFaults();
        cluster.produceQuota(0);
        if (drawn != null) {
            drawn.stop();
        }
        cluster.transactions().releaseMarkers();
        cluster.transactions().markerDelay(Duration.ZERO);
        List.copyOf(down).forEach(this::start);
        List.copyOf(deleted).forEach(this::create);
        for (int broker = 1; broker <= plan.brokerCount(); broker++) {
            cluster.thawMetadata(broker);
            if (plan.acks().equals("0")) {
                // A request that a broker swallows holds up all behind it, and nobody waits for this one's answer.
                cluster.dropConnections(broker);
            }
        }
        for (String topic : plan.topicNames()) {
            for (int partition = 0; partition < cluster.partitionCount(topic); partition++) {
                cluster.setInSync(topic, partition, replicas(topic, partition));
                if (cluster.leader(topic, partition) < 0) {
                    cluster.moveLeader(topic, partition, replicas(topic, partition)[0]);
                }
            }
        }
    }

    /** For how long brokers may have asked to be left alone: noise can be read as that, where the answer is little else. */
    long silenceNanos() {
        return Math.max(silenceNanos, plan.extras().silenceNanos());
    }

    private void strike() {
        if (healed) {
            return;
        }
        int what = random.nextInt(100);
        trace.add("fault", what, 0);
        if (what == 0 && plan.isIdempotent()) {
            recognize(topic());
        } else if (what < 45) {
            spoil(script(ApiKey.PRODUCE), INSTEAD, AFTER, true);
        } else if (what < 55) {
            spoil(script(ApiKey.METADATA), METADATA, METADATA, true);
        } else if (what < 60) {
            spoil(cluster.fault(ApiKey.INIT_PRODUCER_ID).times(1 + random.nextInt(2)), IDENTITY, IDENTITY, false);
        } else if (what < 64) {
            spoil(cluster.fault(ApiKey.API_VERSIONS).times(1 + random.nextInt(2)), METADATA, METADATA, true);
        } else if (what < 74) {
            network();
        } else if (what < 86 && !transactions.isNone() && random.nextBoolean()) {
            coordinators();
        } else if (what < 86) {
            leaders();
        } else {
            brokers();
        }
    }

    /** Requests of transactions, and those who answer them. */
    private void coordinators() {
        String id = "tx" + random.nextInt(transactions.idCount());
        FakeTransactions coordinator = cluster.transactions();
        switch (random.nextInt(12)) {
            case 0 -> coordinator.moveCoordinator(id, broker());
            case 1 -> cluster.groups().moveCoordinator(TransactionalSession.group(id), broker());
            case 2 -> coordinator.find(id).ifPresent(known -> coordinator.expire(id));
            case 3 -> {
                coordinator.holdMarkers();
                later(coordinator::releaseMarkers);
            }
            case 4 -> coordinator.markerDelay(Duration.ofNanos(random.nextLong(TimeUnit.MILLISECONDS.toNanos(300))));
            default -> {
                ApiKey key = TRANSACTIONAL[random.nextInt(TRANSACTIONAL.length)];
                spoil(
                        cluster.fault(key).after(random.nextInt(2)).times(1 + random.nextInt(3)),
                        COORDINATOR,
                        COORDINATOR_AFTER,
                        false);
            }
        }
    }

    /** Batches that are appended are answered as those that the broker has had for long. */
    private void recognize(String topic) {
        if (!deleted.contains(topic)) {
            cluster.fault(ApiKey.PRODUCE)
                    .partition(topic, random.nextInt(cluster.partitionCount(topic)))
                    .times(1 + random.nextInt(4))
                    .errorAfter(ErrorCode.DUPLICATE_SEQUENCE_NUMBER);
        }
    }

    private FaultScript script(ApiKey key) {
        FaultScript script = cluster.fault(key).after(random.nextInt(3)).times(1 + random.nextInt(4));
        if (random.nextBoolean()) {
            script.broker(broker());
        }
        String topic = topic();
        if (random.nextInt(3) == 0 && !deleted.contains(topic)) {
            if (key == ApiKey.PRODUCE) {
                script.partition(topic, random.nextInt(cluster.partitionCount(topic)));
            } else {
                script.topic(topic);
            }
        }
        return script;
    }

    /** @param noiseIsNoise whether the answer is one that noise cannot be taken for: some are a number and an error */
    private void spoil(FaultScript script, ErrorCode[] instead, ErrorCode[] after, boolean noiseIsNoise) {
        switch (random.nextInt(14)) {
            case 0 -> script.dropBefore();
            case 1, 2 -> script.dropAfter();
            case 3 -> script.truncateAnswer();
            case 4 -> {
                script.garbage();
                if (!noiseIsNoise) {
                    book.onNoise();
                    silenceNanos = LONGEST_SILENCE_NANOS;
                }
            }
            case 5 -> script.wrongCorrelationId();
            case 6 -> script.neverAnswer();
            case 7 -> script.neverAnswerAfter();
            case 8 -> script.delay(time());
            case 9 -> script.delayAnswer(time());
            case 10 -> script.throttle(Duration.ofMillis(1 + random.nextInt(500)));
            case 11 -> script.errorAfter(after[random.nextInt(after.length)]);
            default -> script.error(instead[random.nextInt(instead.length)]);
        }
    }

    /** About as long as a request may take, so that some are too late and some are not. */
    private Duration time() {
        return Duration.ofNanos(random.nextLong(2 * plan.nanos("request.timeout.ms")));
    }

    private void network() {
        int port = port(broker());
        switch (random.nextInt(5)) {
            case 0 -> network.cut(port, true);
            case 1, 2 -> network.cut(port, false);
            case 3 -> network.deafen(port);
            default -> network.slow(port, random.nextLong(TimeUnit.MILLISECONDS.toNanos(400)));
        }
    }

    private void leaders() {
        String topic = topic();
        if (deleted.contains(topic)) {
            return;
        }
        int partition = random.nextInt(cluster.partitionCount(topic));
        switch (random.nextInt(8)) {
            case 0 -> cluster.removeLeader(topic, partition);
            case 1 -> cluster.setInSync(topic, partition, replicas(topic, partition)[0]);
            case 2 -> cluster.growTopic(topic, cluster.partitionCount(topic) + 1);
            default -> cluster.moveLeader(topic, partition, broker());
        }
    }

    private void brokers() {
        int broker = broker();
        switch (random.nextInt(7)) {
            case 0 -> cluster.freezeMetadata(broker);
            case 1 -> cluster.dropConnections(broker);
            case 2, 3 -> {
                if (down.add(broker)) {
                    cluster.crashBroker(broker);
                    later(() -> {
                        if (down.contains(broker)) {
                            cluster.noticeCrash(broker);
                        }
                    });
                    later(() -> start(broker));
                }
            }
            case 4 -> {
                if (down.add(broker)) {
                    cluster.stopBroker(broker);
                    later(() -> start(broker));
                }
            }
            default -> {
                if (plan.recreatesTopics()) {
                    recreate(topic());
                }
            }
        }
    }

    private void start(int broker) {
        if (down.remove(broker)) {
            cluster.startBroker(broker);
        }
    }

    private void recreate(String topic) {
        if (cluster.topics().contains(topic) && deleted.add(topic)) {
            trace.note("delete %s", topic);
            logs.keep(cluster, topic);
            cluster.deleteTopic(topic);
            if (random.nextBoolean()) {
                create(topic);
            } else {
                later(() -> create(topic));
            }
        }
    }

    private void create(String topic) {
        if (deleted.remove(topic)) {
            if (!cluster.topics().contains(topic)) { // the producer may have made it by asking for it
                cluster.createTopic(topic, options(topic));
            }
        }
    }

    private TopicOptions options(String topic) {
        TopicOptions options = plan.topics().get(topic);
        return options == null ? TopicOptions.partitions(1) : options;
    }

    private void later(Runnable task) {
        agenda.at(clock.now() + random.nextLong(plan.workNanos()), task);
    }

    private Integer[] replicas(String topic, int partition) {
        List<Integer> replicas = new ArrayList<>();
        for (int id : cluster.replicas(topic, partition)) {
            replicas.add(id);
        }
        return replicas.toArray(new Integer[0]);
    }

    private int broker() {
        return 1 + random.nextInt(plan.brokerCount());
    }

    private int port(int broker) {
        String address = cluster.address(broker);
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private String topic() {
        List<String> names = plan.topicNames();
        return names.get(random.nextInt(names.size()));
    }
}
