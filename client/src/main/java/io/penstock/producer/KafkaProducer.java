package io.penstock.producer;

import io.penstock.internal.config.ProducerSettings;
import io.penstock.internal.engine.RunningEngine;
import io.penstock.internal.engine.ScopedTransaction;
import io.penstock.serialization.Serializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The producer: sends records to a Kafka cluster, batched, in order, and each once.
 *
 * <pre>{@code
 * try (var producer = new KafkaProducer<>(
 *         Map.of("bootstrap.servers", "localhost:9092"), new StringSerializer(), new StringSerializer())) {
 *     producer.send(new ProducerRecord<>("greetings", "key", "hello"), (metadata, failure) -> {
 *         if (failure != null) {
 *             System.err.println("not delivered: " + failure);
 *         }
 *     });
 * }
 * }</pre>
 *
 * <p>Any number of threads may share one. It has two threads of its own: one for the network (more with {@code sender.threads}), and one
 * on which futures complete and callbacks run, so that a slow callback holds up neither. It starts them when constructed, needs no
 * broker to be there by then, and holds at most {@code buffer.memory} bytes of records.
 *
 * @param <K> what keys are
 * @param <V> what values are
 */
public class KafkaProducer<K, V> implements Producer<K, V> {

    private final RunningEngine<K, V> engine;

    /**
     * @param configs {@link ProducerConfig}'s keys, with both serializers among them
     * @throws io.penstock.errors.ConfigException for the first setting that does not hold, by name
     */
    public KafkaProducer(Map<String, Object> configs) {
        this(configs, null, null);
    }

    /** As {@link #KafkaProducer(Map)}. */
    public KafkaProducer(Properties properties) {
        this(properties, null, null);
    }

    /** As {@link #KafkaProducer(Map, Serializer, Serializer)}. */
    public KafkaProducer(
            Properties properties, @Nullable Serializer<K> keySerializer, @Nullable Serializer<V> valueSerializer) {
        this(ProducerSettings.toMap(properties), keySerializer, valueSerializer);
    }

    /**
     * @param configs {@link ProducerConfig}'s keys
     * @param keySerializer used as it is, not configured; null to create the class that {@code key.serializer} names
     * @param valueSerializer the same for {@code value.serializer}
     * @throws io.penstock.errors.ConfigException for the first setting that does not hold, by name
     */
    public KafkaProducer(
            Map<String, Object> configs,
            @Nullable Serializer<K> keySerializer,
            @Nullable Serializer<V> valueSerializer) {
        ProducerSettings settings = ProducerSettings.from(configs, keySerializer != null, valueSerializer != null);
        this.engine = RunningEngine.start(settings, keySerializer, valueSerializer);
    }

    /** Begins a builder. */
    public static <K, V> ProducerBuilder<K, V> builder(Serializer<K> keySerializer, Serializer<V> valueSerializer) {
        return new ProducerBuilder<>(keySerializer, valueSerializer);
    }

    @Override
    public CompletableFuture<RecordMetadata> send(ProducerRecord<K, V> record) {
        return send(record, null);
    }

    @Override
    public CompletableFuture<RecordMetadata> send(ProducerRecord<K, V> record, @Nullable Callback callback) {
        return engine.send(Objects.requireNonNull(record, "The record is null"), callback);
    }

    @Override
    public Delivery sendAsync(ProducerRecord<K, V> record) {
        return engine.sendAsync(Objects.requireNonNull(record, "The record is null"));
    }

    @Override
    public void flush() {
        engine.flush();
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        return engine.partitionsFor(Objects.requireNonNull(topic, "The topic is null"));
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return engine.metrics();
    }

    @Override
    public void close() {
        engine.close(Long.MAX_VALUE);
    }

    @Override
    public void close(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("The time to close in cannot be negative, it is " + timeout);
        }
        engine.close(nanos(timeout));
    }

    private static long nanos(Duration time) {
        try {
            return time.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    @Override
    public void initTransactions() {
        engine.transactions().initialize(false);
    }

    @Override
    public void initTransactions(boolean keepPreparedTxn) {
        engine.transactions().initialize(keepPreparedTxn);
    }

    @Override
    public CompletableFuture<Void> initTransactionsAsync() {
        return engine.transactions().initializeAsync(false);
    }

    @Override
    public void beginTransaction() {
        engine.transactions().begin();
    }

    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        engine.transactions().sendOffsets(offsets(offsets), group(groupMetadata));
    }

    @Override
    public CompletableFuture<Void> sendOffsetsToTransactionAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        return engine.transactions().sendOffsetsAsync(offsets(offsets), group(groupMetadata));
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return Objects.requireNonNull(offsets, "The offsets are null; an empty map says that there are none");
    }

    /** A member's generation without its id, or an id without a generation, would let a member that was replaced commit. */
    private static ConsumerGroupMetadata group(ConsumerGroupMetadata group) {
        Objects.requireNonNull(group, "The consumer group's metadata is null; take it from consumer.groupMetadata()");
        if (group.generationId() > 0 && group.memberId().isEmpty()) {
            throw new IllegalArgumentException("The group metadata names generation " + group.generationId()
                    + " but no member; take it from consumer.groupMetadata(): " + group);
        }
        return group;
    }

    @Override
    public void commitTransaction() {
        engine.transactions().commit();
    }

    @Override
    public CompletableFuture<Void> commitTransactionAsync() {
        return engine.transactions().commitAsync();
    }

    @Override
    public void abortTransaction() {
        engine.transactions().abort();
    }

    @Override
    public CompletableFuture<Void> abortTransactionAsync() {
        return engine.transactions().abortAsync();
    }

    /**
     * Runs a block as one transaction: commits when it returns, aborts when it throws or the commit fails, and throws that on.
     *
     * <pre>{@code
     * producer.inTransaction(tx -> {
     *     tx.send(new ProducerRecord<>("out", "key", "value"));
     *     tx.sendOffsets(offsets, consumer.groupMetadata());
     * });
     * }</pre>
     *
     * <p>No transaction stays open, whatever is thrown, errors and interrupts included. A commit that outlasts {@code max.block.ms} is
     * thrown as a {@link io.penstock.errors.TimeoutException} while it goes on, and aborts should it fail: {@link
     * #commitTransaction}, called then, tells how it ended, and the next {@code inTransaction} waits for that end by itself.
     *
     * @throws IllegalStateException when another transaction is open, or {@link #initTransactions} was not called
     */
    public <E extends Exception> void inTransaction(TransactionScope.VoidBlock<K, V, E> block) throws E {
        inTransaction(1, block);
    }

    /**
     * The same, and runs the whole block again when the cluster has failed the transaction, it is aborted, and another one may do
     * better. Not again for exceptions of the block's own.
     *
     * @param attempts how often the block may be run in all, 1 or more
     */
    public <E extends Exception> void inTransaction(int attempts, TransactionScope.VoidBlock<K, V, E> block) throws E {
        Objects.requireNonNull(block, "The block is null");
        this.<Boolean, E>callInTransaction(attempts, transaction -> {
            block.run(transaction);
            return true;
        });
    }

    /**
     * {@link #inTransaction(TransactionScope.VoidBlock)} for a block that returns something. It has a name of its own, or a block such
     * as {@code tx -> tx.send(record)} could be meant for either.
     *
     * @return the block's value, once the transaction is committed
     */
    public <T extends @Nullable Object, E extends Exception> T callInTransaction(
            TransactionScope.Block<K, V, T, E> block) throws E {
        return callInTransaction(1, block);
    }

    /** {@link #inTransaction(int, TransactionScope.VoidBlock)}, and returns what the block returned in the attempt that was committed. */
    public <T extends @Nullable Object, E extends Exception> T callInTransaction(
            int attempts, TransactionScope.Block<K, V, T, E> block) throws E {
        Objects.requireNonNull(block, "The block is null");
        return new ScopedTransaction<>(this, engine.transactions()).run(attempts, block);
    }

    @Override
    public PreparedTxnState prepareTransaction() {
        return engine.transactions().prepare();
    }

    @Override
    public void completeTransaction(PreparedTxnState preparedTxnState) {
        engine.transactions().complete(Objects.requireNonNull(preparedTxnState, "The prepared state is null"));
    }

    @Override
    public void registerMetricForSubscription(Metric metric) {
        engine.subscribe(Objects.requireNonNull(metric, "The metric is null"));
    }

    @Override
    public void unregisterMetricFromSubscription(Metric metric) {
        engine.unsubscribe(Objects.requireNonNull(metric, "The metric is null"));
    }

    @Override
    public Uuid clientInstanceId(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("The time to wait cannot be negative, it is " + timeout);
        }
        UUID id = engine.clientInstanceId(nanos(timeout));
        return new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }
}
