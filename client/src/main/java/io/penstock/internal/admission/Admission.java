package io.penstock.internal.admission;

import io.penstock.errors.ApiException;
import io.penstock.errors.BootstrapResolutionException;
import io.penstock.errors.BufferExhaustedException;
import io.penstock.errors.InterruptException;
import io.penstock.errors.InvalidTopicException;
import io.penstock.errors.KafkaException;
import io.penstock.errors.RecordTooLargeException;
import io.penstock.internal.accumulator.AppendOutcome;
import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.accumulator.PageRequest;
import io.penstock.internal.accumulator.PartitionQueue;
import io.penstock.internal.completion.BatchCompletion;
import io.penstock.internal.completion.RecordPromise;
import io.penstock.producer.Callback;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import io.penstock.producer.TopicPartition;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * From a caller's record to a place in a batch: interceptors, metadata, serialization, partition, size, append, in this order.
 *
 * <p>Runs on the calling thread and blocks it for {@code max.block.ms} at most, for metadata and memory together. What is wrong
 * with the record or the cluster comes through the future and the callback; misuse throws.
 */
public final class Admission<K, V> {

    private final AdmissionLimits limits;
    private final AdmissionRooms rooms;
    private final Interceptors<K, V> interceptors;
    private final RecordSerializer<K, V> serializer;
    private final MetadataGate metadata;
    private final WaitingLine line;
    private final ShortWay<K, V> shortWay;
    private final BlockedCallers blocked;

    /** The request's limit or the memory's. */
    private final long mostBatchBytes;

    /**
     * One entry for each topic that was ever sent to and existed then. Nothing removes one, so a producer that writes to ever new
     * topics grows by a few small objects for each, and for each partition used: here, in the accumulator and in the sender.
     */
    private final ConcurrentHashMap<String, TopicEntry> topics = new ConcurrentHashMap<>();

    /** Of the last record, as most callers write to one topic for long. A lost write costs a look-up; all it holds is final. */
    private @Nullable TopicEntry last;

    private volatile boolean closed;

    public Admission(
            AdmissionLimits limits,
            AdmissionRooms rooms,
            Interceptors<K, V> interceptors,
            RecordSerializer<K, V> serializer,
            LastFailure lastFailure,
            AdmissionExecutor executor) {
        this.limits = limits;
        this.mostBatchBytes =
                Math.min(limits.maxRequestBytes(), rooms.accumulator().pool().capacityBytes());
        this.rooms = rooms;
        this.interceptors = interceptors;
        this.serializer = serializer;
        this.blocked = new BlockedCallers(rooms.parking());
        this.metadata = new MetadataGate(rooms.cluster(), rooms.topicWaiters(), lastFailure, blocked, rooms.metrics());
        this.line = new WaitingLine(this, executor);
        this.shortWay = new ShortWay<>(this, serializer, line);
    }

    /** Kafka's own call: returns when the record is in a batch, or why it never will be is known. */
    public CompletableFuture<RecordMetadata> send(ProducerRecord<K, V> record, @Nullable Callback callback) {
        throwIfClosed();
        rooms.gate().enter();
        try {
            return sendInside(record, callback);
        } finally {
            rooms.gate().leave();
        }
    }

    private CompletableFuture<RecordMetadata> sendInside(ProducerRecord<K, V> record, @Nullable Callback callback) {
        ProducerRecord<K, V> sent = interceptors.onSend(record);
        Callback around = interceptors.around(callback, sent);
        try {
            return admit(sent, around);
        } catch (ApiException | BootstrapResolutionException e) {
            return refused(sent, around, e);
        } catch (InterruptedException e) {
            InterruptException told = new InterruptException(
                    "Interrupted while sending a record to " + sent.topic() + "; it was not written", e);
            interceptors.onRefused(sent, nowhere(sent), told);
            throw told;
        } catch (RuntimeException e) {
            interceptors.onRefused(sent, nowhere(sent), e);
            throw e;
        }
    }

    /** Never blocks: a record that has to wait does so in the waiting line. */
    public DeliveryPromise sendAsync(ProducerRecord<K, V> record) {
        throwIfClosed();
        rooms.gate().enter();
        DeliveryPromise delivery = null;
        try {
            delivery = sendAsyncInside(record);
            return delivery;
        } finally {
            if (delivery == null || delivery.settled().isDone()) {
                rooms.gate().leave();
            } else {
                delivery.settled().thenRun(rooms.gate()::leave);
            }
        }
    }

    private DeliveryPromise sendAsyncInside(ProducerRecord<K, V> record) {
        ProducerRecord<K, V> sent = interceptors.onSend(record);
        Callback around = interceptors.around(null, sent);
        try {
            KnownTopic topic = metadata.find(sent.topic(), sent.partition());
            Draft draft = draft(sent, around);
            checkSize(draft.maxBatchBytes(), sent);
            WaitingRecord waiting = line.admit(draft, topic, null);
            return waiting == null ? DeliveryPromise.admitted(draft.promise()) : waiting.delivery();
        } catch (ApiException e) {
            return DeliveryPromise.refused(refused(sent, around, e), e);
        } catch (RuntimeException e) {
            interceptors.onRefused(sent, nowhere(sent), e);
            throw e;
        }
    }

    private CompletableFuture<RecordMetadata> admit(ProducerRecord<K, V> record, @Nullable Callback callback)
            throws InterruptedException {
        long left = limits.maxBlockNanos();
        TopicEntry entry = entryIfUsed(record.topic());
        KnownTopic topic = entry == null ? metadata.find(record.topic(), record.partition()) : find(entry, record);
        if (topic != null && rooms.partitioner().isBuiltIn()) {
            return shortWay.admit(record, entry == null ? entry(record.topic()) : entry, topic, callback);
        }
        if (topic == null) {
            long began = blocked.nanoTime();
            try {
                topic = metadata.await(record.topic(), record.partition(), left);
            } finally {
                waited(blocked.nanoTime() - began);
            }
            left = Math.max(0, left - (blocked.nanoTime() - began));
        }
        return admit(draft(record, callback), topic, left);
    }

    /** The topic as the last record to it found it, if that is still how it is. */
    private @Nullable KnownTopic find(TopicEntry entry, ProducerRecord<K, V> record) {
        KnownTopic known = entry.in(rooms.cluster().view());
        Integer partition = record.partition();
        return known == null || (partition != null && partition >= known.topic().partitionCount()) ? null : known;
    }

    /** The long way, for a record that is serialized and whose topic is known. */
    RecordPromise admit(Draft draft, KnownTopic topic, long maxWaitNanos) throws InterruptedException {
        checkSize(draft.maxBatchBytes(), draft.record());
        if (line.isInUse()) {
            // Records that this caller sent asynchronously before may stand there; this one must not overtake them.
            admitBehind(draft, topic, maxWaitNanos);
            return draft.promise();
        }
        PartitionChoice choice = choose(draft, topic);
        AppendOutcome outcome = choice.append(null, nobodyWaits());
        if (outcome == AppendOutcome.NEEDS_MEMORY) {
            outcome = appendWhenMemoryComes(draft, choice, maxWaitNanos);
        }
        if (outcome == AppendOutcome.CLOSED) {
            throw closed();
        }
        return draft.promise();
    }

    private void admitBehind(Draft draft, KnownTopic topic, long maxWaitNanos) throws InterruptedException {
        CallerWait wait = blocked.begin();
        try {
            WaitingRecord waiting = line.admit(draft, topic, wait);
            if (waiting != null) {
                line.await(waiting, wait, maxWaitNanos);
            }
        } finally {
            blocked.end(wait);
        }
    }

    private Draft draft(ProducerRecord<K, V> record, @Nullable Callback callback) {
        byte[] key = serializer.key(record);
        byte[] value = serializer.value(record);
        return new Draft(record, key, value, rooms.clock().currentTimeMillis(), callback);
    }

    /**
     * For a caller without records of its own in the waiting line. No constant: a lambda that is made while its class is initialised takes a
     * form that the JVM has to make, which costs a start milliseconds.
     */
    private static Predicate<PartitionQueue> nobodyWaits() {
        return queue -> false;
    }

    PartitionChoice choose(Draft draft, KnownTopic topic) {
        return new PartitionChoice(draft, topic, entry(topic.topic().name()), rooms.partitioner());
    }

    private AppendOutcome appendWhenMemoryComes(Draft draft, PartitionChoice choice, long maxWaitNanos)
            throws InterruptedException {
        PagePool pool = rooms.accumulator().pool();
        long deadline = blocked.nanoTime() + maxWaitNanos;
        CallerWait wait = blocked.begin();
        PageRequest request = new PageRequest(pool, pool.pagesFor(draft.maxBatchBytes())) {
            @Override
            protected void onGranted() {
                wait.settle(null);
            }
        };
        try {
            if (!pool.takeOrWait(request)) {
                rooms.memoryShort().run();
                if (!awaitMeasured(wait, deadline) && pool.cancel(request)) {
                    rooms.metrics().onBufferExhausted(rooms.clock().nanoTime());
                    throw noMemory(maxWaitNanos);
                }
            }
            return choice.append(request, nobodyWaits());
        } catch (InterruptedException | RuntimeException e) {
            pool.cancel(request);
            throw e;
        } finally {
            blocked.end(wait);
            request.giveBackRest();
        }
    }

    private boolean awaitMeasured(CallerWait wait, long deadlineNanos) throws InterruptedException {
        long began = blocked.nanoTime();
        try {
            return wait.await(deadlineNanos);
        } finally {
            long took = blocked.nanoTime() - began;
            rooms.metrics().onBufferWait(took, rooms.clock().nanoTime());
            waited(took);
        }
    }

    private void waited(long nanos) {
        rooms.metrics().stages().onWaited(nanos, rooms.clock().nanoTime());
    }

    BufferExhaustedException noMemory(long waitedNanos) {
        return new BufferExhaustedException("No room in buffer.memory=" + limits.bufferMemoryBytes() + " bytes within "
                + TimeUnit.NANOSECONDS.toMillis(waitedNanos)
                + " ms (max.block.ms): the brokers take records more slowly than they"
                + " are sent. Raise buffer.memory or max.block.ms, or send less.");
    }

    /** @param size the largest that a batch of the record alone can be */
    void checkSize(long size, ProducerRecord<?, ?> record) {
        if (size > mostBatchBytes) {
            throw tooLarge(size, record.topic());
        }
    }

    private RecordTooLargeException tooLarge(long size, String topic) {
        if (size > limits.maxRequestBytes()) {
            return new RecordTooLargeException("A record for " + topic + " is " + size
                    + " bytes when serialized, more than max.request.size=" + limits.maxRequestBytes()
                    + "; raise it (and the topic's max.message.bytes) or send smaller records");
        }
        return new RecordTooLargeException("A record for " + topic + " is " + size
                + " bytes when serialized, more than buffer.memory=" + limits.bufferMemoryBytes()
                + " has room for (" + rooms.accumulator().pool().capacityBytes() + "); raise buffer.memory");
    }

    private CompletableFuture<RecordMetadata> refused(
            ProducerRecord<K, V> record, @Nullable Callback callback, KafkaException cause) {
        rooms.metrics().onRefused(record.topic(), rooms.clock().nanoTime());
        rooms.gate().onRefused(cause);
        BatchCompletion.call(callback, nowhere(record), cause);
        return CompletableFuture.failedFuture(cause);
    }

    static RecordMetadata nowhere(ProducerRecord<?, ?> record) {
        Integer partition = record.partition();
        return new RecordMetadata(
                new TopicPartition(record.topic(), partition == null ? RecordMetadata.UNKNOWN_PARTITION : partition),
                -1,
                -1,
                -1,
                -1,
                -1);
    }

    /** Waits until the topic is known; for {@code partitionsFor}. */
    public KnownTopic await(String topic) throws InterruptedException {
        throwIfClosed();
        if (topic.isEmpty()) {
            throw new InvalidTopicException("A topic's name cannot be empty");
        }
        KnownTopic known = metadata.find(topic, null);
        if (known == null) {
            known = metadata.await(topic, null, limits.maxBlockNanos());
        }
        return known;
    }

    TopicEntry entry(String topic) {
        TopicEntry entry = entryIfUsed(topic);
        return entry != null ? entry : topics.computeIfAbsent(topic, this::newEntry);
    }

    private @Nullable TopicEntry entryIfUsed(String topic) {
        TopicEntry recent = last;
        if (recent != null && recent.queues().topic().equals(topic)) {
            return recent;
        }
        TopicEntry entry = topics.get(topic);
        if (entry != null) {
            last = entry;
        }
        return entry;
    }

    private TopicEntry newEntry(String topic) {
        return new TopicEntry(
                rooms.accumulator().topic(topic, rooms.listeners()),
                rooms.stickyPartitioners().get());
    }

    /** Done when every record sent asynchronously so far is in a batch or has failed. */
    public CompletableFuture<Void> whenAdmitted() {
        return line.whenPassed();
    }

    /** How many bytes wait to be admitted. */
    public long waitingBytes() {
        return line.waitingBytes();
    }

    /** From now on calls are refused, and those that block end; what was sent asynchronously goes on waiting. */
    public void stopTaking() {
        closed = true;
        blocked.close();
    }

    /** Fails what waits, too. */
    public void close() {
        stopTaking();
        line.close();
    }

    AdmissionLimits limits() {
        return limits;
    }

    AdmissionRooms rooms() {
        return rooms;
    }

    MetadataGate metadata() {
        return metadata;
    }

    private void throwIfClosed() {
        if (closed) {
            throw closed();
        }
    }

    static IllegalStateException closed() {
        return new IllegalStateException(
                "Cannot send: the producer is closed. Send before close(), or make a new producer.");
    }
}
