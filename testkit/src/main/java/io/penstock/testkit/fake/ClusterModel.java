package io.penstock.testkit.fake;

import io.penstock.producer.TopicPartition;
import io.penstock.testkit.fake.MetadataImage.BrokerImage;
import io.penstock.testkit.fake.MetadataImage.TopicImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's state: brokers, topics, partitions, and the numbers that it hands out.
 *
 * <p>Its lock guards all of it and everything that hangs on it. Whatever changes what Metadata says ends with
 * {@link #onMetadataChange}.
 */
final class ClusterModel {

    private static final int MAX_TOPIC_COUNT = 100_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ClusterOptions options;
    private final FakeHost host;
    private final Map<Integer, FakeBroker> brokers = new TreeMap<>();
    private final Map<String, FakeTopic> topics = new LinkedHashMap<>();
    private final Map<UUID, FakeTopic> topicsById = new LinkedHashMap<>();
    /** At most one entry for each broker and replication factor. */
    private final Map<Long, int[]> placements = new HashMap<>();

    private final FaultBook faults = new FaultBook(lock);
    private final RequestLog requests = new RequestLog();
    private final Coordinators coordinators;
    private final TransactionCoordinator transactions = new TransactionCoordinator(this);
    private final GroupBook groups = new GroupBook();
    private @Nullable SaslBook sasl;
    private final QuotaBook quotas = new QuotaBook();
    private final TelemetryBook telemetry = new TelemetryBook();
    private final Set<FakeBroker> lagging = new LinkedHashSet<>();
    private @Nullable MetadataImage image;
    private short transactionVersion;
    private long featuresEpoch = 1;
    private @Nullable Consumer<String> malformed;
    private long nextProducerId = 1_000;
    private long nextTopicId = 1;

    ClusterModel(ClusterOptions options, FakeHost host, List<FakeBroker> members) {
        this.options = options;
        this.host = host;
        for (FakeBroker broker : members) {
            brokers.put(broker.id(), broker);
        }
        this.coordinators = new Coordinators(members);
        this.transactionVersion = options.transactionVersion();
    }

    ReentrantLock lock() {
        return lock;
    }

    /** Signalled after every request and every change. */
    Condition changed() {
        return changed;
    }

    ClusterOptions options() {
        return options;
    }

    FakeHost host() {
        return host;
    }

    FaultBook faults() {
        return faults;
    }

    RequestLog requests() {
        return requests;
    }

    Coordinators coordinators() {
        return coordinators;
    }

    TransactionCoordinator transactions() {
        return transactions;
    }

    GroupBook groups() {
        return groups;
    }

    QuotaBook quotas() {
        return quotas;
    }

    TelemetryBook telemetry() {
        return telemetry;
    }

    /** A broker hears of changes so much later from now on; zero for at once. */
    void lag(FakeBroker broker, long nanos) {
        broker.lagNanos(nanos);
        if (nanos > 0) {
            lagging.add(broker);
            image();
        } else {
            lagging.remove(broker);
        }
    }

    SaslBook sasl() {
        if (sasl == null) {
            sasl = new SaslBook(options.sasl());
        }
        return sasl;
    }

    /** What the feature {@code transaction.version} stands at now. */
    short transactionVersion() {
        return transactionVersion;
    }

    void transactionVersion(short level) {
        transactionVersion = level;
        featuresEpoch++;
    }

    long featuresEpoch() {
        return featuresEpoch;
    }

    <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    void run(Runnable action) {
        locking(action).run();
    }

    /** A task for the host that runs under the lock. */
    Runnable locking(Runnable task) {
        return () -> {
            lock.lock();
            try {
                task.run();
            } finally {
                lock.unlock();
            }
        };
    }

    Iterable<FakeBroker> brokers() {
        return brokers.values();
    }

    FakeBroker broker(int id) {
        FakeBroker broker = brokers.get(id);
        if (broker == null) {
            throw new IllegalArgumentException("There is no broker " + id + ", only " + brokers.keySet());
        }
        return broker;
    }

    Iterable<FakeTopic> topics() {
        return topics.values();
    }

    @Nullable
    FakeTopic findTopic(String name) {
        return topics.get(name);
    }

    @Nullable
    FakeTopic findTopic(UUID id) {
        return topicsById.get(id);
    }

    /** Whether there is such a partition, or it is one of the offsets topic, which every cluster has. */
    boolean isPlace(TopicPartition place) {
        if (place.topic().equals(GroupBook.TOPIC)) {
            return place.partition() >= 0 && place.partition() < Coordinators.PARTITION_COUNT;
        }
        FakeTopic topic = topics.get(place.topic());
        return topic != null && topic.partition(place.partition()) != null;
    }

    FakeTopic topic(String name) {
        FakeTopic topic = topics.get(name);
        if (topic == null) {
            throw new IllegalArgumentException("There is no topic " + name + ", only " + topics.keySet());
        }
        return topic;
    }

    FakePartition partition(String topic, int index) {
        FakePartition partition = topic(topic).partition(index);
        if (partition == null) {
            throw new IllegalArgumentException(topic + " has no partition " + index + ", only "
                    + topic(topic).partitions().size());
        }
        return partition;
    }

    long takeProducerId() {
        return nextProducerId++;
    }

    void onMalformed(Consumer<String> listener) {
        malformed = listener;
    }

    void tellMalformed(String what) {
        if (malformed != null) {
            malformed.accept(what);
        }
    }

    FakeTopic createTopic(String name, TopicOptions topicOptions) {
        if (topics.containsKey(name)) {
            throw new IllegalArgumentException("Topic " + name + " is there already");
        }
        if (topics.size() >= MAX_TOPIC_COUNT) {
            throw new IllegalStateException("A fake cluster has at most " + MAX_TOPIC_COUNT + " topics");
        }
        // Counted, not random: two runs of one script are equal.
        FakeTopic topic = new FakeTopic(name, new UUID(0x70656e73746f636bL, nextTopicId++), topicOptions);
        topics.put(name, topic);
        topicsById.put(topic.id(), topic);
        addPartitions(topic, topicOptions.partitionCount());
        return topic;
    }

    void deleteTopic(String name) {
        FakeTopic topic = topic(name);
        topics.remove(name);
        topicsById.remove(topic.id());
        onMetadataChange();
    }

    /** The topic as it was made, with as many partitions as it has, another id, and nothing in it. */
    FakeTopic recreateTopic(String name) {
        FakeTopic old = topic(name);
        deleteTopic(name);
        FakeTopic topic = createTopic(name, old.options());
        if (topic.partitions().size() < old.partitions().size()) {
            addPartitions(topic, old.partitions().size() - topic.partitions().size());
        }
        return topic;
    }

    /** Leaders go round the brokers, replicas are those that follow. */
    void addPartitions(FakeTopic topic, int count) {
        List<Integer> down = new ArrayList<>();
        for (FakeBroker broker : brokers.values()) {
            if (!broker.isUp()) {
                down.add(broker.id());
            }
        }
        int replicaCount = Math.min(topic.options().replicationFactor(), brokers.size());
        for (int i = 0; i < count; i++) {
            int index = topic.partitions().size();
            FakePartition partition = new FakePartition(topic, index, replicas(index % brokers.size(), replicaCount));
            topic.add(partition);
            for (int id : down) {
                partition.onDown(id);
            }
        }
        onMetadataChange();
    }

    /** As many brokers in turn, from one on: the same array for all partitions that are placed alike. */
    private int[] replicas(int first, int count) {
        Long key = (long) first << Integer.SIZE | count;
        int[] placed = placements.get(key);
        if (placed == null) {
            placed = new int[count];
            List<Integer> ids = new ArrayList<>(brokers.keySet());
            for (int i = 0; i < count; i++) {
                placed[i] = ids.get((first + i) % ids.size());
            }
            placements.put(key, placed);
        }
        return placed;
    }

    void onMetadataChange() {
        MetadataImage before = image;
        image = null;
        for (FakeBroker broker : lagging) {
            if (before != null) {
                broker.onPast(before, host.nanoTime());
            }
        }
        if (!lagging.isEmpty()) {
            image();
        }
        transactions.markers().writeWaiting();
        changed.signalAll();
    }

    /** What a broker says of the cluster now. */
    MetadataImage image(FakeBroker asked) {
        MetadataImage frozen = asked.frozen();
        MetadataImage believed = asked.isLagging() && frozen == null ? asked.believed(host.nanoTime()) : frozen;
        return believed == null ? image() : believed;
    }

    MetadataImage image() {
        if (image == null) {
            image = takeImage();
        }
        return Objects.requireNonNull(image);
    }

    private MetadataImage takeImage() {
        List<BrokerImage> listed = new ArrayList<>();
        for (FakeBroker broker : brokers.values()) {
            if (broker.isListed()) {
                listed.add(new BrokerImage(broker.id(), host.address(), broker.port(), broker.rack()));
            }
        }
        Map<String, TopicImage> topicImages = new LinkedHashMap<>();
        topics.forEach((name, topic) -> topicImages.put(name, topic.image()));
        int controllerId = listed.isEmpty() ? -1 : listed.get(0).id();
        return new MetadataImage(controllerId, List.copyOf(listed), Collections.unmodifiableMap(topicImages));
    }
}
