package io.penstock.internal.admission;

import io.penstock.errors.ApiException;
import io.penstock.errors.BufferExhaustedException;
import io.penstock.errors.KafkaException;
import io.penstock.internal.accumulator.AppendOutcome;
import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.accumulator.PageRequest;
import io.penstock.internal.completion.RecordPromise;
import io.penstock.producer.TopicPartition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asynchronously sent records that cannot be admitted yet: their topic or partition is not known, or there is no memory.
 *
 * <p>In fact many lines, one for each thing waited for (a topic, a partition of it, a partition's memory), so that none holds up
 * another; within one, records keep their order. Callers join; the admission thread serves. All fields are guarded by the lock,
 * which is never held while user code runs. Its bytes are bounded ({@link AdmissionLimits#maxWaitingBytes}), but one record
 * always finds room.
 */
final class WaitingLine {

    private final Admission<?, ?> admission;
    private final AdmissionExecutor executor;
    private final Object lock = new Object();

    /** By topic name, {@link TopicPartition} or partition queue; a line is removed when it is empty. */
    private final Map<Object, ArrayDeque<WaitingRecord>> lines = new HashMap<>();

    /** In order of deadline, as all wait equally long; those that are over go when they come to the front. */
    private final ArrayDeque<WaitingRecord> byDeadline = new ArrayDeque<>();

    private final List<CompletableFuture<Void>> emptied = new ArrayList<>();
    private long waitingBytes;
    private volatile int count;
    private boolean expiryScheduled;
    private boolean closed;

    WaitingLine(Admission<?, ?> admission, AdmissionExecutor executor) {
        this.admission = admission;
        this.executor = executor;
    }

    boolean isInUse() {
        return count > 0;
    }

    /** Puts the record into its batch, or where it has to wait. Never blocks. */
    DeliveryPromise admit(Draft draft, @Nullable KnownTopic topic) {
        Object line = metadataLine(draft, topic);
        PartitionChoice choice = null;
        if (line == null && topic != null) {
            choice = admission.choose(draft, topic);
            line = choice.queue();
            if (!hasLine(line)) {
                AppendOutcome outcome = choice.append(null);
                if (outcome == AppendOutcome.CLOSED) {
                    throw Admission.closed();
                }
                if (outcome != AppendOutcome.NEEDS_MEMORY) {
                    return DeliveryPromise.admitted(draft.promise());
                }
                line = choice.queue(); // it may have moved on to another partition
            }
        }
        return join(draft, line == null ? draft.record().topic() : line, choice);
    }

    /** The metadata line that the record belongs into; null when it need not wait for metadata. */
    private @Nullable Object metadataLine(Draft draft, @Nullable KnownTopic topic) {
        String name = draft.record().topic();
        Integer partition = draft.record().partition();
        synchronized (lock) {
            if (lines.containsKey(name)) {
                return name;
            }
            TopicPartition exact = partition == null ? null : new TopicPartition(name, partition);
            if (exact != null
                    && (topic == null ? admission.metadata().find(name, null) != null : lines.containsKey(exact))) {
                return exact;
            }
            return topic == null ? name : null;
        }
    }

    private boolean hasLine(Object line) {
        if (count == 0) {
            return false;
        }
        synchronized (lock) {
            return lines.containsKey(line);
        }
    }

    private DeliveryPromise join(Draft draft, Object line, @Nullable PartitionChoice choice) {
        long size = draft.maxBatchBytes();
        WaitingRecord waiting = new WaitingRecord(
                draft,
                DeliveryPromise.waiting(draft.promise()),
                executor.nanoTime() + admission.limits().maxBlockNanos());
        boolean first;
        synchronized (lock) {
            if (closed) {
                throw Admission.closed();
            }
            if (count > 0 && waitingBytes + size > admission.limits().maxWaitingBytes()) {
                admission
                        .rooms()
                        .metrics()
                        .onBufferExhausted(admission.rooms().clock().nanoTime());
                throw new BufferExhaustedException("The waiting line is full: " + count + " records of "
                        + waitingBytes + " bytes wait for metadata or memory, and it holds "
                        + admission.limits().maxWaitingBytes()
                        + " (a part of buffer.memory). Wait for Delivery.admitted() before"
                        + " the next sendAsync, or raise buffer.memory.");
            }
            if (choice != null) {
                waiting.choice(choice);
            }
            first = enqueue(waiting, line);
            byDeadline.add(waiting);
            waitingBytes += size;
            count++;
            scheduleExpiry();
        }
        if (first) {
            startWaiting(line);
        }
        return waiting.delivery();
    }

    private boolean enqueue(WaitingRecord waiting, Object line) {
        ArrayDeque<WaitingRecord> records = lines.get(line);
        boolean first = records == null;
        if (records == null) {
            records = new ArrayDeque<>();
            lines.put(line, records);
        }
        records.add(waiting);
        return first;
    }

    /** Asks for what the line's first record waits for. */
    private void startWaiting(Object line) {
        if (line instanceof String topic) {
            awaitTopic(line, topic, 1);
        } else if (line instanceof TopicPartition partition) {
            awaitTopic(line, partition.topic(), partition.partition() + 1);
        } else {
            executor.execute(() -> serve(line));
        }
    }

    private void awaitTopic(Object line, String topic, int minPartitionCount) {
        admission.rooms().topicWaiters().add(new TopicWaiter(topic, minPartitionCount) {
            @Override
            void onSettled(@Nullable KafkaException cause) {
                executor.execute(() -> {
                    if (cause == null) {
                        serve(line);
                    } else {
                        failLine(line, cause);
                    }
                });
            }
        });
    }

    /** Admission thread: takes records off the front of a line as long as they can be admitted. */
    private void serve(Object line) {
        for (WaitingRecord head = head(line); head != null; head = head(line)) {
            try {
                if (!serveOne(line, head)) {
                    return;
                }
            } catch (RuntimeException e) {
                // The user's partitioner, most likely. It concerns this record only.
                finish(line, head, e instanceof KafkaException known ? known : new KafkaException(e));
            }
        }
    }

    /** Returns false when the record, and so its line, has to wait on. */
    private boolean serveOne(Object line, WaitingRecord head) {
        Draft draft = head.draft();
        PartitionChoice choice = head.choice();
        if (choice == null) {
            KnownTopic topic = admission
                    .metadata()
                    .find(draft.record().topic(), draft.record().partition());
            if (topic == null) {
                return moveToPartitionLine(line, head);
            }
            choice = admission.choose(draft, topic);
            head.choice(choice);
        }
        PageRequest request = head.request();
        if (request != null && !request.isGranted()) {
            return false; // it is served again when the pages come
        }
        AppendOutcome outcome = choice.append(request);
        if (outcome == AppendOutcome.NEEDS_MEMORY) {
            return awaitMemory(line, head, choice);
        }
        finish(line, head, outcome == AppendOutcome.CLOSED ? new KafkaException("The producer was closed") : null);
        return true;
    }

    /** The topic is there, the record's partition is not: it waits for that alone. */
    private boolean moveToPartitionLine(Object line, WaitingRecord head) {
        Integer partition = head.draft().record().partition();
        if (partition == null || line instanceof TopicPartition) {
            startWaiting(line);
            return false;
        }
        TopicPartition exact = new TopicPartition(head.draft().record().topic(), partition);
        boolean first;
        synchronized (lock) {
            unlink(line, head);
            first = enqueue(head, exact);
        }
        if (first) {
            startWaiting(exact);
        }
        return true;
    }

    private boolean awaitMemory(Object line, WaitingRecord head, PartitionChoice choice) {
        PagePool pool = admission.rooms().accumulator().pool();
        Object memoryLine = choice.queue();
        PageRequest request = new PageRequest(pool, pool.pagesFor(head.draft().maxBatchBytes())) {
            @Override
            protected void onGranted() {
                executor.execute(() -> serve(memoryLine));
            }
        };
        boolean moved = memoryLine != line;
        boolean first = true;
        synchronized (lock) {
            if (head.isOver()) {
                return true;
            }
            if (moved) {
                unlink(line, head);
                first = enqueue(head, memoryLine);
            }
            if (first) {
                head.request(request);
            }
        }
        if (!first) {
            return true; // others wait for memory of that partition; it is served after them
        }
        if (pool.takeOrWait(request)) {
            if (!moved) {
                return true;
            }
            executor.execute(() -> serve(memoryLine));
        } else {
            admission.rooms().memoryShort().run();
        }
        return moved;
    }

    private @Nullable WaitingRecord head(Object line) {
        synchronized (lock) {
            ArrayDeque<WaitingRecord> records = lines.get(line);
            return records == null ? null : records.peek();
        }
    }

    private void unlink(Object line, WaitingRecord record) {
        ArrayDeque<WaitingRecord> records = lines.get(line);
        if (records != null && records.remove(record) && records.isEmpty()) {
            lines.remove(line);
        }
    }

    /** Ends one record's wait; outside the lock it then hears of it. */
    private void finish(Object line, WaitingRecord waiting, @Nullable KafkaException cause) {
        List<CompletableFuture<Void>> told = List.of();
        PageRequest request;
        synchronized (lock) {
            unlink(line, waiting);
            request = waiting.request();
            waiting.request(null);
            if (waiting.isOver()) {
                return;
            }
            waiting.over();
            waitingBytes -= waiting.draft().maxBatchBytes();
            count--;
            if (count == 0) {
                byDeadline.clear();
                told = List.copyOf(emptied);
                emptied.clear();
            }
        }
        if (request != null) {
            admission.rooms().accumulator().pool().cancel(request);
            request.giveBackRest();
        }
        if (cause == null) {
            waiting.delivery().admitted().complete(null);
        } else {
            fail(waiting, cause);
        }
        told.forEach(future -> future.complete(null));
    }

    private void fail(WaitingRecord waiting, KafkaException cause) {
        RecordPromise promise = waiting.draft().promise();
        admission
                .rooms()
                .metrics()
                .onRefused(
                        waiting.draft().record().topic(),
                        admission.rooms().clock().nanoTime());
        waiting.delivery().admitted().completeExceptionally(cause);
        promise.refuse(Admission.nowhere(waiting.draft().record()), cause);
    }

    private void failLine(Object line, KafkaException cause) {
        for (WaitingRecord head = head(line); head != null; head = head(line)) {
            finish(line, head, cause);
        }
    }

    private void scheduleExpiry() {
        WaitingRecord oldest = byDeadline.peek();
        if (!expiryScheduled && oldest != null) {
            expiryScheduled = true;
            executor.executeAfter(Math.max(0, oldest.deadlineNanos() - executor.nanoTime()), this::expire);
        }
    }

    private void expire() {
        long now = executor.nanoTime();
        while (true) {
            WaitingRecord oldest;
            Object line;
            synchronized (lock) {
                oldest = byDeadline.peek();
                if (oldest == null || !oldest.isOver() && oldest.deadlineNanos() - now > 0) {
                    expiryScheduled = false;
                    scheduleExpiry();
                    return;
                }
                byDeadline.remove();
                line = oldest.isOver() ? null : lineOf(oldest);
            }
            if (line != null) {
                finish(line, oldest, timeout(oldest, line));
                serve(line); // the one behind may need less
            }
        }
    }

    private ApiException timeout(WaitingRecord waiting, Object line) {
        long waited = admission.limits().maxBlockNanos();
        boolean forMetadata = line instanceof String || line instanceof TopicPartition;
        return forMetadata
                ? admission
                        .metadata()
                        .notThere(
                                waiting.draft().record().topic(),
                                waiting.draft().record().partition(),
                                waited)
                : admission.noMemory(waited);
    }

    private @Nullable Object lineOf(WaitingRecord record) {
        for (Map.Entry<Object, ArrayDeque<WaitingRecord>> line : lines.entrySet()) {
            if (line.getValue().contains(record)) {
                return line.getKey();
            }
        }
        return null;
    }

    /** Blocks the caller until its record is admitted or has failed, which its future tells. */
    void awaitAdmission(DeliveryPromise delivery, long maxWaitNanos) throws InterruptedException {
        try {
            delivery.admitted().get(maxWaitNanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Failed: the record's own future says so. Still waiting: it fails by the same deadline, told by its future
            // too.
        }
    }

    /** Done when the line has been empty once. */
    CompletableFuture<Void> whenEmpty() {
        synchronized (lock) {
            CompletableFuture<Void> future = new CompletableFuture<>();
            if (count == 0) {
                future.complete(null);
            } else {
                emptied.add(future);
            }
            return future;
        }
    }

    /** Fails whatever waits; nothing joins any more. */
    void close() {
        List<WaitingRecord> waiting;
        synchronized (lock) {
            closed = true;
            waiting = new ArrayList<>(byDeadline);
        }
        for (WaitingRecord each : waiting) {
            Object line;
            synchronized (lock) {
                line = each.isOver() ? null : lineOf(each);
            }
            if (line != null) {
                finish(
                        line,
                        each,
                        new KafkaException("The producer was closed while the record for "
                                + each.draft().record().topic() + " waited to be admitted; it was not written"));
            }
        }
    }
}
