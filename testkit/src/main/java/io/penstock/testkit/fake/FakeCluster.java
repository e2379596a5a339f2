package io.penstock.testkit.fake;

import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A Kafka cluster in the test's own process: any number of brokers on loopback ports, up in milliseconds.
 *
 * <p>It speaks the protocol and judges as a real cluster does, keeps what it is sent in memory, fails on demand and says what
 * it saw. All methods may be called from any thread.
 *
 * <pre>{@code
 * try (FakeCluster cluster = FakeCluster.builder().brokers(3).topic("orders", 4).start()) {
 *     cluster.fault(ApiKey.PRODUCE).partition("orders", 0).dropAfter();
 *     // ... a producer with bootstrap.servers = cluster.bootstrapServers()
 *     List<StoredRecord> stored = cluster.records("orders", 0);
 * }
 * }</pre>
 */
public final class FakeCluster implements AutoCloseable {

    private final ClusterModel model;
    private final FakeTransactions transactions;
    private final FakeGroups groups;
    private final FakeSasl sasl;
    private final FakeTelemetry telemetry;
    private final BrokerLives lives;

    FakeCluster(ClusterModel model, BrokerLives lives) {
        this.model = model;
        this.lives = lives;
        this.transactions = new FakeTransactions(model);
        this.groups = new FakeGroups(model);
        this.sasl = new FakeSasl(model);
        this.telemetry = new FakeTelemetry(model);
    }

    public static FakeClusterBuilder builder() {
        return new FakeClusterBuilder();
    }

    /** All brokers, for {@code bootstrap.servers}; those that are down too. */
    public String bootstrapServers() {
        return locked(() -> {
            StringJoiner servers = new StringJoiner(",");
            for (FakeBroker broker : model.brokers()) {
                servers.add(model.host().address() + ":" + broker.port());
            }
            return servers.toString();
        });
    }

    /** One broker as {@code host:port}. */
    public String address(int brokerId) {
        return locked(
                () -> model.host().address() + ":" + model.broker(brokerId).port());
    }

    public String clusterId() {
        return model.options().clusterId();
    }

    // ------------------------------------------------------------------ topics

    public void createTopic(String name, int partitionCount) {
        createTopic(name, TopicOptions.partitions(partitionCount));
    }

    public void createTopic(String name, TopicOptions options) {
        locked(() -> model.createTopic(name, options));
    }

    /** Deletes a topic and all that it holds; one created again under the same name has another id. */
    public void deleteTopic(String name) {
        run(() -> model.deleteTopic(name));
    }

    /** Deletes a topic and creates it again, empty and with another id. */
    public UUID recreateTopic(String name) {
        return locked(() -> model.recreateTopic(name).id());
    }

    /** Adds partitions until there are so many. */
    public void growTopic(String name, int partitionCount) {
        run(() -> {
            FakeTopic topic = model.topic(name);
            model.addPartitions(topic, partitionCount - topic.partitions().size());
        });
    }

    /** The names of all topics, in the order of their making. */
    public List<String> topics() {
        return locked(() -> {
            List<String> names = new ArrayList<>();
            model.topics().forEach(topic -> names.add(topic.name()));
            return names;
        });
    }

    public UUID topicId(String name) {
        return locked(() -> model.topic(name).id());
    }

    public int partitionCount(String topic) {
        return locked(() -> model.topic(topic).partitions().size());
    }

    // ----------------------------------------------------------------- brokers

    /** The broker that leads a partition, -1 when none does. */
    public int leader(String topic, int partition) {
        return locked(() -> model.partition(topic, partition).leaderId());
    }

    /** The brokers that a partition has replicas on, the preferred leader first. */
    public int[] replicas(String topic, int partition) {
        return locked(() -> model.partition(topic, partition).replicas().clone());
    }

    /** Makes another broker the leader, in the next epoch. */
    public void moveLeader(String topic, int partition, int brokerId) {
        run(() -> {
            model.broker(brokerId);
            model.partition(topic, partition).lead(brokerId);
            model.onMetadataChange();
        });
    }

    /** Leaves a partition without a leader, in the next epoch. */
    public void removeLeader(String topic, int partition) {
        run(() -> {
            model.partition(topic, partition).lead(-1);
            model.onMetadataChange();
        });
    }

    /** The leader stays, in the next epoch. */
    public void bumpLeaderEpoch(String topic, int partition) {
        moveLeader(topic, partition, leader(topic, partition));
    }

    /** Says which replicas are in sync, for {@code min.insync.replicas}. */
    public void setInSync(String topic, int partition, Integer... brokerIds) {
        run(() -> {
            int[] ids = Stream.of(brokerIds).mapToInt(Integer::intValue).toArray();
            model.partition(topic, partition).inSync(ids);
            model.onMetadataChange();
        });
    }

    /** From now on the broker answers Metadata as of now, whatever happens; it serves all else by the truth. */
    public void freezeMetadata(int brokerId) {
        run(() -> model.broker(brokerId).frozen(model.image()));
    }

    /** The broker is up to date again. */
    public void thawMetadata(int brokerId) {
        run(() -> model.broker(brokerId).frozen(null));
    }

    /** The broker hears of every change so much later, and answers Metadata accordingly; zero for at once. */
    public void lagMetadata(int brokerId, Duration lag) {
        run(() -> model.lag(model.broker(brokerId), lag.toNanos()));
    }

    /** The broker goes, its connections break, its port refuses, and other replicas lead its partitions. */
    public void stopBroker(int brokerId) {
        lives.stop(brokerId);
    }

    /** The broker goes as with {@link #stopBroker}, and the others have not noticed: Metadata names it as before. */
    public void crashBroker(int brokerId) {
        lives.crash(brokerId);
    }

    /** The others notice that a broker is gone which {@link #crashBroker} took away. */
    public void noticeCrash(int brokerId) {
        lives.notice(brokerId);
    }

    /** A broker comes back on the port that it had. */
    public void startBroker(int brokerId) {
        lives.start(brokerId);
    }

    /** Cuts all connections to a broker, which goes on as if nothing were. */
    public void dropConnections(int brokerId) {
        lives.dropConnections(brokerId);
    }

    // ------------------------------------------------------------------ faults

    /** Starts to say what is to go wrong with requests of a kind. */
    public FaultScript fault(ApiKey key) {
        return new FaultScript(model.faults(), key);
    }

    /** Draws faults from a seed from now on, in addition to those that are scripted. Another call takes the place of this one. */
    public RandomFaults randomFaults(long seed, FaultRates rates) {
        RandomFaults random = new RandomFaults(this, model, seed, rates);
        run(() -> model.faults().random(random));
        return random;
    }

    /**
     * A client that produces more than this many bytes a second at a broker, by its client id, is throttled: the answer says
     * for how long, and for as long the broker reads nothing from it. A second's worth may come at once. Zero for no quota.
     */
    public void produceQuota(long bytesPerSecond) {
        run(() -> model.quotas().bytesPerSecond(bytesPerSecond));
    }

    /** Takes all faults out of force and lets go of what they hold. */
    public void clearFaults() {
        run(() -> model.faults().clear());
    }

    /** A partition forgets all producers, as one does whose records have been deleted. */
    public void forgetProducers(String topic, int partition) {
        run(() -> model.partition(topic, partition).forgetProducers());
    }

    /**
     * Has somebody told, on the brokers' thread, of what no client should send: a request that does not read or that no broker
     * serves, a batch whose form or checksum is wrong. It is refused all the same.
     */
    public void onMalformed(Consumer<String> listener) {
        run(() -> model.onMalformed(listener));
    }

    // --------------------------------------------------------------- what it saw

    /** What a partition holds, by offset, whatever became of its transactions. */
    public List<StoredRecord> records(String topic, int partition) {
        return records(topic, partition, Isolation.READ_UNCOMMITTED);
    }

    /** What all partitions of a topic hold, by partition and offset, whatever became of its transactions. */
    public List<StoredRecord> records(String topic) {
        return records(topic, Isolation.READ_UNCOMMITTED);
    }

    /** What a reader of this isolation gets of a partition, by offset. */
    public List<StoredRecord> records(String topic, int partition, Isolation isolation) {
        return locked(() -> {
            List<StoredRecord> records = new ArrayList<>();
            for (StoredBatch batch : PartitionReader.batches(model.partition(topic, partition), isolation)) {
                batch.addRecords(topic, partition, records);
            }
            return List.copyOf(records);
        });
    }

    /** What a reader of this isolation gets of all partitions of a topic, by partition and offset. */
    public List<StoredRecord> records(String topic, Isolation isolation) {
        return locked(() -> {
            List<StoredRecord> records = new ArrayList<>();
            for (int i = 0; i < partitionCount(topic); i++) {
                records.addAll(records(topic, i, isolation));
            }
            return List.copyOf(records);
        });
    }

    /** Up to where a committed reader gets: the first offset of the earliest open transaction, the end without one. */
    public long lastStableOffset(String topic, int partition) {
        return locked(() -> new PartitionReader(model.partition(topic, partition)).lastStableOffset());
    }

    /** Transactional ids, their transactions and coordinators. */
    public FakeTransactions transactions() {
        return transactions;
    }

    /** Users and sessions, where clients have to authenticate. */
    public FakeSasl sasl() {
        return sasl;
    }

    /** Consumer groups, their offsets and coordinators. */
    public FakeGroups groups() {
        return groups;
    }

    /** Clients' metrics, where {@link FakeClusterBuilder#telemetry} has brokers collect them. */
    public FakeTelemetry telemetry() {
        return telemetry;
    }

    /** The offset that the next record of a partition will get. */
    public long endOffset(String topic, int partition) {
        return locked(() -> model.partition(topic, partition).endOffset());
    }

    /** How many requests of a kind have come since the start or the last {@link #clearRequests}. */
    public int requestCount(ApiKey key) {
        return locked(() -> model.requests().count(key));
    }

    /** The last 10,000 requests, oldest first. */
    public List<SeenRequest> requests() {
        return locked(() -> model.requests().all());
    }

    /** Of the last 10,000 requests those of one kind, oldest first. */
    public List<SeenRequest> requests(ApiKey key) {
        return requests().stream().filter(request -> request.apiKey() == key).toList();
    }

    public void clearRequests() {
        run(() -> model.requests().clear());
    }

    /**
     * Waits until something holds that requests to the cluster, or changes of it, bring about. The condition is asked under
     * the cluster's lock.
     *
     * @throws AssertionError when it does not hold in time
     */
    public void await(String what, Duration atMost, BooleanSupplier condition) {
        model.lock().lock();
        try {
            long left = atMost.toNanos();
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError("Within " + atMost + " it did not come to this: " + what);
                }
                left = model.changed().awaitNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)))
                        + Math.max(0, left - TimeUnit.SECONDS.toNanos(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for: " + what, e);
        } finally {
            model.lock().unlock();
        }
    }

    /** Waits until so many requests of a kind have come since the start or the last {@link #clearRequests}. */
    public void awaitRequests(ApiKey key, int count, Duration atMost) {
        await(count + " " + key.label() + " requests", atMost, () -> requestCount(key) >= count);
    }

    @Override
    public void close() {
        model.host().close();
    }

    private void run(Runnable action) {
        model.run(action);
    }

    private <T> T locked(Supplier<T> action) {
        return model.locked(action);
    }
}
