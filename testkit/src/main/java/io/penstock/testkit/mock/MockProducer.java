package io.penstock.testkit.mock;

import io.penstock.errors.KafkaException;
import io.penstock.errors.ProducerFencedException;
import io.penstock.producer.Callback;
import io.penstock.producer.Cluster;
import io.penstock.producer.ConsumerGroupMetadata;
import io.penstock.producer.Delivery;
import io.penstock.producer.Metric;
import io.penstock.producer.MetricName;
import io.penstock.producer.OffsetAndMetadata;
import io.penstock.producer.PartitionInfo;
import io.penstock.producer.Partitioner;
import io.penstock.producer.Producer;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import io.penstock.producer.TopicPartition;
import io.penstock.producer.Uuid;
import io.penstock.serialization.Serializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A producer that keeps what it is given and sends nothing: for unit tests of code that sends.
 *
 * <pre>{@code
 * MockProducer<String, String> producer = new MockProducer<>(true, null, new StringSerializer(), new StringSerializer());
 * new Shop(producer).sell("tea");
 * assertThat(producer.history()).extracting(ProducerRecord::value).containsExactly("tea");
 * }</pre>
 *
 * <p>It is Apache's {@code MockProducer} in names and behaviour, and safe for many threads: records complete in the order of the
 * sends, callbacks run in the thread that completes them and hold up no question. What a call is to throw is put into the public
 * fields.
 */
public class MockProducer<K, V> implements Producer<K, V> {

    /** Thrown by {@link #initTransactions} when set; likewise the others by theirs. */
    public volatile @Nullable RuntimeException initTransactionException;

    public volatile @Nullable RuntimeException beginTransactionException;
    public volatile @Nullable RuntimeException sendOffsetsToTransactionException;
    public volatile @Nullable RuntimeException commitTransactionException;
    public volatile @Nullable RuntimeException abortTransactionException;
    public volatile @Nullable RuntimeException sendException;
    public volatile @Nullable RuntimeException flushException;
    public volatile @Nullable RuntimeException partitionsForException;
    public volatile @Nullable RuntimeException closeException;

    private final boolean autoComplete;
    private final MockPartitions<K, V> partitions;

    private final MockSends<K, V> sends = new MockSends<>();
    private final MockTelemetry telemetry = new MockTelemetry();

    // Guarded by this, which is never held while other code runs. Taken after the lock of completions, before that of
    // sends.
    private final MockTransaction transaction = new MockTransaction();
    private final MockOffsets groupOffsets = new MockOffsets();

    /**
     * A mock that knows a cluster.
     *
     * @param autoComplete whether each send succeeds at once, or waits for {@link #completeNext} or {@link #errorNext}
     * @param partitioner asked about records that name no partition; null for the first partition
     */
    public MockProducer(
            Cluster cluster,
            boolean autoComplete,
            @Nullable Partitioner partitioner,
            @Nullable Serializer<K> keySerializer,
            @Nullable Serializer<V> valueSerializer) {
        this.autoComplete = autoComplete;
        this.partitions = new MockPartitions<>(cluster, partitioner, keySerializer, valueSerializer);
    }

    /** A mock of which all topics have one partition, 0. */
    public MockProducer(
            boolean autoComplete,
            @Nullable Partitioner partitioner,
            @Nullable Serializer<K> keySerializer,
            @Nullable Serializer<V> valueSerializer) {
        this(Cluster.empty(), autoComplete, partitioner, keySerializer, valueSerializer);
    }

    /** A mock that cannot send, for want of serializers. */
    public MockProducer() {
        this(Cluster.empty(), false, null, null, null);
    }

    // ------------------------------------------------------------- transactions

    @Override
    public synchronized void initTransactions() {
        transaction.checkNotInitialized();
        throwIfSet(initTransactionException);
        transaction.initialize();
        groupOffsets.begin();
    }

    @Override
    public synchronized void beginTransaction() throws ProducerFencedException {
        transaction.checkInitialized();
        throwIfSet(beginTransactionException);
        transaction.checkNotInFlight();
        transaction.begin();
        groupOffsets.begin();
    }

    @Override
    public synchronized void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata)
            throws ProducerFencedException {
        Objects.requireNonNull(groupMetadata, "groupMetadata");
        transaction.checkInFlight();
        throwIfSet(sendOffsetsToTransactionException);
        if (!offsets.isEmpty()) {
            groupOffsets.add(groupMetadata.groupId(), offsets);
        }
    }

    @Override
    public void commitTransaction() throws ProducerFencedException {
        end(commitTransactionException, () -> {
            sends.commit();
            groupOffsets.commit();
            transaction.commit();
        });
    }

    @Override
    public void abortTransaction() throws ProducerFencedException {
        end(abortTransactionException, () -> {
            sends.abort();
            groupOffsets.abort();
            transaction.abort();
        });
    }

    /** {@link #initTransactions}, its end in a future that is complete on return. */
    public CompletableFuture<Void> initTransactionsAsync() {
        return run(this::initTransactions);
    }

    /** {@link #sendOffsetsToTransaction}, likewise. */
    public CompletableFuture<Void> sendOffsetsToTransactionAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        return run(() -> sendOffsetsToTransaction(offsets, groupMetadata));
    }

    /** {@link #commitTransaction}, likewise. */
    public CompletableFuture<Void> commitTransactionAsync() {
        return run(this::commitTransaction);
    }

    /** {@link #abortTransaction}, likewise. */
    public CompletableFuture<Void> abortTransactionAsync() {
        return run(this::abortTransaction);
    }

    private void end(@Nullable RuntimeException failure, Runnable change) {
        sends.whileCompleting(() -> {
            synchronized (this) {
                transaction.checkInFlight();
            }
            throwIfSet(failure);
            flush();
            synchronized (this) {
                change.run();
            }
            return true;
        });
    }

    private static CompletableFuture<Void> run(Runnable call) {
        try {
            call.run();
            return CompletableFuture.completedFuture(null);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    // ------------------------------------------------------------------ records

    @Override
    public CompletableFuture<RecordMetadata> send(ProducerRecord<K, V> record) {
        return send(record, null);
    }

    @Override
    public CompletableFuture<RecordMetadata> send(ProducerRecord<K, V> record, @Nullable Callback callback) {
        if (!autoComplete) {
            return take(record, callback).future();
        }
        return sends.whileCompleting(() -> {
            MockSend send = take(record, callback);
            sends.next(null);
            return send.future();
        });
    }

    @Override
    public Delivery sendAsync(ProducerRecord<K, V> record) {
        CompletableFuture<RecordMetadata> delivered = send(record, null);
        return new MockDelivery(CompletableFuture.completedFuture(null), delivered);
    }

    private record MockDelivery(CompletableFuture<Void> admitted, CompletableFuture<RecordMetadata> delivered)
            implements Delivery {}

    private MockSend take(ProducerRecord<K, V> record, @Nullable Callback callback) {
        synchronized (this) {
            transaction.checkNotClosed();
            if (transaction.isFenced()) {
                throw new KafkaException("MockProducer is fenced.", new ProducerFencedException("Fenced"));
            }
        }
        throwIfSet(sendException);
        TopicPartition place = new TopicPartition(record.topic(), partitions.choose(record));
        synchronized (this) {
            return sends.add(record, place, callback, transaction.isInFlight());
        }
    }

    /** Completes all that was sent. */
    @Override
    public void flush() {
        synchronized (this) {
            transaction.checkNotClosed();
        }
        throwIfSet(flushException);
        boolean more;
        do {
            more = completeNext();
        } while (more);
    }

    /** The oldest record that is not complete succeeds; false when there is none. */
    public boolean completeNext() {
        return sends.next(null);
    }

    /** The oldest record that is not complete fails; false when there is none. */
    public boolean errorNext(RuntimeException failure) {
        return sends.next(failure);
    }

    // ----------------------------------------------------------- what tests make

    /** Another producer has taken the transactional id over. */
    public synchronized void fenceProducer() {
        transaction.fence();
    }

    /** Forgets what was sent, complete or not; transactions go on. */
    public synchronized void clear() {
        sends.clear();
        groupOffsets.clear();
    }

    /** Sets what {@link #clientInstanceId} answers. */
    public void setClientInstanceId(Uuid id) {
        telemetry.clientInstanceId(id);
    }

    public void disableTelemetry() {
        telemetry.disable();
    }

    /**
     * Makes {@link #clientInstanceId} time out.
     *
     * @param count so often; below 0 for always
     */
    public void injectTimeoutException(int count) {
        telemetry.injectTimeouts(count);
    }

    /** Adds to what {@link #metrics} answers. */
    public void setMockMetrics(MetricName name, Metric metric) {
        telemetry.put(name, metric);
    }

    // -------------------------------------------------------- what tests look at

    /** All records sent, those of transactions once committed, in the order of the sends. */
    public List<ProducerRecord<K, V>> history() {
        return sends.sent();
    }

    /** The records of the open transaction. */
    public List<ProducerRecord<K, V>> uncommittedRecords() {
        return sends.uncommitted();
    }

    /** Offsets by group, for each committed transaction that had any. */
    public synchronized List<Map<String, Map<TopicPartition, OffsetAndMetadata>>> consumerGroupOffsetsHistory() {
        return groupOffsets.committed();
    }

    /** Offsets by group of the open transaction. */
    public synchronized Map<String, Map<TopicPartition, OffsetAndMetadata>> uncommittedOffsets() {
        return groupOffsets.uncommitted();
    }

    public synchronized boolean transactionInitialized() {
        return transaction.isInitialized();
    }

    public synchronized boolean transactionInFlight() {
        return transaction.isInFlight();
    }

    public synchronized boolean transactionCommitted() {
        return transaction.isCommitted();
    }

    public synchronized boolean transactionAborted() {
        return transaction.isAborted();
    }

    public synchronized long commitCount() {
        return transaction.commitCount();
    }

    public synchronized boolean sentOffsets() {
        return groupOffsets.isSent();
    }

    /** Whether all that was sent is complete. */
    public boolean flushed() {
        return sends.isComplete();
    }

    public synchronized boolean closed() {
        return transaction.isClosed();
    }

    /** The metrics that {@link #registerMetricForSubscription} was given. */
    public List<Metric> addedMetrics() {
        return telemetry.subscribed();
    }

    // ------------------------------------------------------------- everything else

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        throwIfSet(partitionsForException);
        return partitions.of(topic);
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return telemetry.metrics();
    }

    @Override
    public Uuid clientInstanceId(Duration timeout) {
        return telemetry.clientInstanceId();
    }

    @Override
    public void registerMetricForSubscription(Metric metric) {
        telemetry.subscribe(metric);
    }

    @Override
    public void unregisterMetricFromSubscription(Metric metric) {
        telemetry.unsubscribe(metric);
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }

    @Override
    public void close(Duration timeout) {
        throwIfSet(closeException);
        synchronized (this) {
            transaction.close();
        }
    }

    private static void throwIfSet(@Nullable RuntimeException failure) {
        if (failure != null) {
            throw failure;
        }
    }
}
