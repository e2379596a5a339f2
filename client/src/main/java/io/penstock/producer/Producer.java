package io.penstock.producer;

import io.penstock.errors.ProducerFencedException;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends records to Kafka.
 *
 * <p>One instance serves any number of threads and is meant to be shared: it keeps one connection to each broker and batches across
 * threads. Close it when done, or records still buffered are lost.
 *
 * <pre>{@code
 * try (Producer<String, String> producer = new KafkaProducer<>(Map.of(
 *         "bootstrap.servers", "localhost:9092",
 *         "key.serializer", StringSerializer.class,
 *         "value.serializer", StringSerializer.class))) {
 *     producer.send(new ProducerRecord<>("greetings", "hello"));
 * }
 * }</pre>
 *
 * <p>Failures of a record arrive through its future and callback; only misuse throws: a closed producer, an interrupted thread, null
 * where null makes no sense.
 */
public interface Producer<K, V> extends Closeable {
    /**
     * Registers the {@code transactional.id}, fences older producers of that id and finishes what they left (KIP-98). Once, before
     * anything else, and only with a {@code transactional.id}.
     *
     * <p>Like every blocking call here that concerns transactions it waits at most {@code max.block.ms}, can be interrupted, and may be
     * made again after either: it then waits for the same. A call that has no place in the present state throws an {@link
     * IllegalStateException} that says what to call instead; in a transaction that has failed, {@code send} and the like throw the
     * first cause.
     *
     * @throws io.penstock.errors.TimeoutException when no coordinator has answered in time
     */
    void initTransactions();

    /**
     * The same, and leaves a transaction that an earlier producer of this id has prepared as it is, for {@link #completeTransaction}
     * (KIP-939).
     *
     * @param keepPreparedTxn true needs {@code transaction.two.phase.commit.enable} and brokers that support it
     * @throws io.penstock.errors.UnsupportedVersionException when the brokers do not
     */
    default void initTransactions(boolean keepPreparedTxn) {
        throw new UnsupportedOperationException(getClass().getName() + " has no initTransactions(boolean)");
    }

    /** {@link #initTransactions()} without waiting; {@code max.block.ms} is no limit to the future. */
    default CompletableFuture<Void> initTransactionsAsync() {
        throw new UnsupportedOperationException(getClass().getName() + " has no initTransactionsAsync()");
    }

    /** Begins a transaction. Does not wait for a broker. */
    void beginTransaction() throws ProducerFencedException;

    /**
     * Makes a consumer group's positions part of the transaction (KIP-447): the offsets of the next records to read.
     *
     * @param groupMetadata from {@code consumer.groupMetadata()}, so that a member that lost its partitions is refused
     */
    void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata)
            throws ProducerFencedException;

    /** The same without waiting. A commit waits for it. */
    default CompletableFuture<Void> sendOffsetsToTransactionAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        throw new UnsupportedOperationException(getClass().getName() + " has no sendOffsetsToTransactionAsync()");
    }

    /**
     * Sends what is still buffered and commits. When it returns, the callbacks of all records of the transaction have run. Throws
     * without committing when a record or offset of the transaction failed, with that as its cause; {@link #abortTransaction} then
     * makes the producer fit for the next one.
     *
     * @throws io.penstock.errors.TimeoutException when the commit takes longer than {@code max.block.ms}: it is still under way, and
     *     the call, made again, waits for it
     * @throws io.penstock.errors.TransactionAbortableException when a record was not delivered in time, or after all its retries
     * @throws ProducerFencedException when another producer uses the {@code transactional.id}. Where the message says that nobody knows
     *     whether the transaction counts, it was perhaps committed before: the request's answer was lost
     */
    void commitTransaction() throws ProducerFencedException;

    /** {@link #commitTransaction} without waiting. */
    default CompletableFuture<Void> commitTransactionAsync() {
        throw new UnsupportedOperationException(getClass().getName() + " has no commitTransactionAsync()");
    }

    /**
     * Aborts: what was not sent yet fails with a {@link io.penstock.errors.TransactionAbortedException}, what is on its way is waited
     * for, and nothing of the transaction becomes visible to {@code read_committed} consumers.
     */
    void abortTransaction() throws ProducerFencedException;

    /** {@link #abortTransaction} without waiting. */
    default CompletableFuture<Void> abortTransactionAsync() {
        throw new UnsupportedOperationException(getClass().getName() + " has no abortTransactionAsync()");
    }

    /**
     * Sends what is still buffered, and leaves the end of the transaction to somebody else's decision (KIP-939). Only with {@code
     * transaction.two.phase.commit.enable}, for a prepared transaction must not expire.
     *
     * @return what to keep with the decision
     */
    default PreparedTxnState prepareTransaction() throws ProducerFencedException {
        throw new UnsupportedOperationException(getClass().getName() + " has no prepareTransaction()");
    }

    /** Commits the prepared transaction if it is the one given, and aborts it otherwise (KIP-939). */
    default void completeTransaction(PreparedTxnState preparedTxnState) throws ProducerFencedException {
        throw new UnsupportedOperationException(getClass().getName() + " has no completeTransaction()");
    }

    /**
     * Adds an application's metric to those pushed to brokers that ask for it by name (KIP-1076). It is read on the callback thread,
     * and sent as a sum when its name ends in {@code -total}. Does nothing with {@code enable.metrics.push=false}, nor for one of the
     * producer's own names.
     */
    void registerMetricForSubscription(Metric metric);

    /** Takes back {@link #registerMetricForSubscription}. */
    void unregisterMetricFromSubscription(Metric metric);

    /** {@link #send(ProducerRecord, Callback)} without a callback. */
    CompletableFuture<RecordMetadata> send(ProducerRecord<K, V> record);

    /**
     * Hands a record over and returns as soon as it is buffered.
     *
     * <p>Blocks while the topic is unknown or {@code buffer.memory} is full, at most {@code max.block.ms} in all; {@link #sendAsync}
     * never does. Records of one partition are delivered, and their callbacks called, in the order of the sends. That is so of
     * records that were taken: one that is refused (too large, or without room or topic within {@code max.block.ms}) was never on
     * its way. Its callback is called at once by this thread, and its future has failed when this call returns, maybe before
     * records sent earlier are complete.
     *
     * @param record its headers become read-only
     * @param callback hears how it ended, or null
     * @return completes like the callback, with a {@link io.penstock.errors.KafkaException} that tells {@linkplain
     *     io.penstock.errors.KafkaException#outcome() what became of the record}, at the latest {@code delivery.timeout.ms} after
     *     this call returned. Cancelling it does not take the record back
     * @throws IllegalStateException when the producer is closed
     * @throws io.penstock.errors.InterruptException when the thread is interrupted while it waits
     */
    CompletableFuture<RecordMetadata> send(ProducerRecord<K, V> record, @Nullable Callback callback);

    /**
     * Hands a record over without ever blocking, neither for metadata nor for memory.
     *
     * <p>The key and value are serialized in the calling thread. Records of one partition keep the order of the calls, and those that
     * have to wait hold up no other topic. What waits counts against {@code buffer.memory} and has a sixteenth of it: when that
     * is full, {@link Delivery#admitted()} fails at once with a {@link io.penstock.errors.BufferExhaustedException}, which a caller that
     * waits for it before the next send never meets. A record that has waited for {@code max.block.ms} fails, maybe before records
     * sent earlier that did not have to wait are complete.
     *
     * @throws IllegalStateException when the producer is closed
     */
    Delivery sendAsync(ProducerRecord<K, V> record);

    /**
     * Sends everything buffered at once, whatever {@code linger.ms} says, and returns when all records admitted before this call are
     * completed, their callbacks included. Not from a callback.
     *
     * @throws io.penstock.errors.InterruptException when the thread is interrupted while it waits
     */
    void flush();

    /**
     * The topic's partitions. Asks the brokers when the topic is unknown, and blocks at most {@code max.block.ms} for that.
     *
     * @throws io.penstock.errors.TimeoutException when no answer came in time
     */
    List<PartitionInfo> partitionsFor(String topic);

    /** All metrics of this producer, live. */
    Map<MetricName, ? extends Metric> metrics();

    /**
     * The id under which the brokers know this instance's metrics (KIP-714).
     *
     * @param timeout how long to wait for a broker to give it; not negative
     * @throws IllegalStateException when {@code enable.metrics.push} is off
     * @throws io.penstock.errors.TimeoutException when no broker has given one by then; one that collects no metrics gives none
     */
    Uuid clientInstanceId(Duration timeout);

    /**
     * Waits for every record to complete, then releases all connections and threads. Further calls do nothing.
     *
     * <p>A transaction that is open is aborted, and one that is being ended is waited for; once all records are complete, for {@code
     * max.block.ms} at most, since the coordinator may be away for ever.
     */
    @Override
    void close();

    /**
     * The same, waiting no longer than the time given; records that are not complete by then fail. Zero gives up on them at once.
     *
     * @throws IllegalArgumentException for a negative time
     */
    void close(Duration timeout);
}
