package io.penstock.internal.admission;

import io.penstock.errors.ApiException;
import io.penstock.errors.BufferExhaustedException;
import io.penstock.errors.KafkaException;
import io.penstock.internal.accumulator.AppendOutcome;
import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.accumulator.PageRequest;
import io.penstock.internal.accumulator.PartitionQueue;
import io.penstock.producer.TopicPartition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Asynchronously sent records that cannot be admitted yet: their topic or partition is not known, or there is no memory.
 *
 * <p>In fact many lines, one for each thing waited for (a topic, a partition of it, a partition's memory), so that none holds up
 * another; within one, records keep their order. Callers join; the admission thread serves. All fields are guarded by the lock,
 * which is never held while user code runs; the pool's lock may be taken inside it. Its bytes are bounded
 * ({@link AdmissionLimits#maxWaitingBytes}), but one record always finds room, and so does that of a call that blocks meanwhile.
 */
final class WaitingLine {

    /** Somebody who waits until all up to this number are over. */
    private record Mark(long number, CompletableFuture<Void> passed) {}

    private final Admission<?, ?> admission;
    private final AdmissionExecutor executor;
    private final Object lock = new Object();

    /** By topic name, {@link TopicPartition} or partition queue; a line is removed when it is empty. */
    private final Map<Object, Line> lines = new HashMap<>();

    /** In order of number, which is that of the deadlines too, as all wait equally long. */
    private final Set<WaitingRecord> all = new LinkedHashSet<>();

    /** In order of number; one for each flush under way, which is a blocked caller. */
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();

    private long waitingBytes;
    private long lastNumber;
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

    /**
     * Puts the record into its batch, or where it has to wait. Never blocks.
     *
     * @param caller the call that is going to {@link #await} the record, or null
     * @return null when it is in its batch
     */
    @Nullable
    WaitingRecord admit(Draft draft, @Nullable KnownTopic topic, @Nullable CallerWait caller) {
        Object key = metadataKey(draft, topic);
        if (key != null || topic == null) {
            return join(draft, key == null ? draft.record().topic() : key, null, caller);
        }
        PartitionChoice choice = admission.choose(draft, topic);
        AppendOutcome outcome = choice.append(null, this::hasLine);
        if (outcome == AppendOutcome.CLOSED) {
            throw Admission.closed();
        }
        return outcome == AppendOutcome.NEEDS_MEMORY ? join(draft, choice.queue(), choice, caller) : null;
    }

    /** The metadata line that the record belongs into; null when it need not wait for metadata. */
    private @Nullable Object metadataKey(Draft draft, @Nullable KnownTopic topic) {
        String name = draft.record().topic();
        TopicPartition exact = exact(draft);
        synchronized (lock) {
            if (lines.containsKey(name)) {
                return name;
            }
            if (exact != null && lines.containsKey(exact)) {
                return exact;
            }
        }
        if (topic != null) {
            return null;
        }
        return exact != null && admission.metadata().find(name, null) != null ? exact : name;
    }

    private static @Nullable TopicPartition exact(Draft draft) {
        Integer partition = draft.record().partition();
        return partition == null ? null : new TopicPartition(draft.record().topic(), partition);
    }

    private boolean hasLine(Object key) {
        if (count == 0) {
            return false;
        }
        synchronized (lock) {
            return lines.containsKey(key);
        }
    }

    private WaitingRecord join(Draft draft, Object key, @Nullable PartitionChoice choice, @Nullable CallerWait caller) {
        long size = draft.maxBatchBytes();
        WaitingRecord waiting = new WaitingRecord(
                draft, executor.nanoTime() + admission.limits().maxBlockNanos(), caller);
        Line begun;
        synchronized (lock) {
            if (closed) {
                throw Admission.closed();
            }
            if (caller == null
                    && count > 0
                    && waitingBytes + size > admission.limits().maxWaitingBytes()) {
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
            begun = enqueue(waiting, key);
            waiting.number(++lastNumber);
            all.add(waiting);
            waitingBytes += size;
            count++;
            scheduleExpiry();
        }
        if (begun != null) {
            startWaiting(begun);
        }
        return waiting;
    }

    /** Puts it at the end of the line, which is answered when it is a new one. */
    private @Nullable Line enqueue(WaitingRecord waiting, Object key) {
        Line line = lines.get(key);
        boolean first = line == null;
        if (line == null) {
            line = new Line(key);
            lines.put(key, line);
        }
        line.add(waiting);
        return first ? line : null;
    }

    private void unlink(WaitingRecord record) {
        Line line = record.line();
        if (line == null) {
            return;
        }
        line.remove(record);
        if (line.isEmpty()) {
            lines.remove(line.key(), line);
            TopicWaiter waiter = line.waiter();
            if (waiter != null) {
                line.waiter(null);
                admission.rooms().topicWaiters().remove(waiter); // or the topic would be asked for for ever
            }
        }
    }

    /** Asks for what the line's first record waits for. */
    private void startWaiting(Line line) {
        if (line.key() instanceof String topic) {
            awaitTopic(line, topic, 1);
        } else if (line.key() instanceof TopicPartition partition) {
            awaitTopic(line, partition.topic(), partition.partition() + 1);
        } else {
            serveSoon(line);
        }
    }

    private void awaitTopic(Line line, String topic, int minPartitionCount) {
        TopicWaiter waiter = new TopicWaiter(topic, minPartitionCount) {
            @Override
            void onSettled(@Nullable KafkaException cause) {
                executor.execute(() -> onTopicSettled(line, this, cause));
            }
        };
        synchronized (lock) {
            if (line.waiter() == null && !line.isEmpty()) {
                line.waiter(waiter);
                admission.rooms().topicWaiters().add(waiter);
            }
        }
    }

    private void onTopicSettled(Line line, TopicWaiter waiter, @Nullable KafkaException cause) {
        WaitingRecord[] failed = {};
        synchronized (lock) {
            if (line.waiter() == waiter) {
                line.waiter(null);
            }
            if (cause != null) {
                failed = line.toArray();
            }
        }
        if (cause == null) {
            serve(line);
        } else {
            for (WaitingRecord each : failed) {
                end(each, cause);
            }
        }
    }

    /** Where a record has ended without being admitted, the one behind it may need less. */
    private void serveSoon(@Nullable Line line) {
        if (line != null) {
            executor.execute(() -> serve(line));
        }
    }

    /** Admission thread: takes records off the front of a line as long as they can be admitted. */
    private void serve(Line line) {
        boolean goOn = true;
        while (goOn) {
            WaitingRecord head = claimHead(line);
            if (head == null) {
                return;
            }
            try {
                goOn = attempt(line, head);
            } catch (Throwable e) {
                // The user's partitioner, most likely. It concerns this record only.
                endClaimed(head, e instanceof KafkaException known ? known : new KafkaException(e));
            }
        }
    }

    private @Nullable WaitingRecord claimHead(Line line) {
        synchronized (lock) {
            WaitingRecord head = line.head();
            if (head == null) {
                return null;
            }
            PageRequest request = head.request();
            if (request != null && !request.isGranted()) {
                return null; // it is served again when the pages come
            }
            head.claimed(true);
            return head;
        }
    }

    /** The attempt is over and the record has to wait on, unless its end was wanted meanwhile. */
    private void release(WaitingRecord record) {
        KafkaException doom;
        synchronized (lock) {
            record.claimed(false);
            doom = record.doom();
        }
        if (doom != null) {
            serveSoon(end(record, doom));
        }
    }

    /** Returns false when the record, and so its line, has to wait on. */
    private boolean attempt(Line line, WaitingRecord head) {
        Draft draft = head.draft();
        PartitionChoice choice = head.choice();
        if (choice == null) {
            TopicPartition exact = exact(draft);
            KnownTopic topic = admission
                    .metadata()
                    .find(draft.record().topic(), draft.record().partition());
            if (exact != null && line.key() instanceof String && (topic == null || hasLine(exact))) {
                moveTo(exact, head); // the topic is there, the partition is not: it waits for that alone
                return true;
            }
            if (topic == null) {
                release(head);
                startWaiting(line);
                return false;
            }
            choice = admission.choose(draft, topic);
            head.choice(choice);
        }
        AppendOutcome outcome = choice.append(head.request(), queue -> queue != line.key() && hasLine(queue));
        if (outcome == AppendOutcome.NEEDS_MEMORY) {
            return awaitMemory(line, head, choice.queue());
        }
        endClaimed(
                head,
                outcome == AppendOutcome.CLOSED
                        ? new KafkaException("The producer was closed before the record for "
                                + draft.record().topic() + " was admitted; it was not written")
                        : null);
        return true;
    }

    private void moveTo(Object key, WaitingRecord head) {
        Line begun;
        synchronized (lock) {
            unlink(head);
            begun = enqueue(head, key);
        }
        release(head);
        if (begun != null) {
            startWaiting(begun);
        }
    }

    private boolean awaitMemory(Line line, WaitingRecord head, PartitionQueue queue) {
        if (queue != line.key()) {
            moveTo(queue, head); // behind those that wait there already, if any do
            return true;
        }
        PagePool pool = admission.rooms().accumulator().pool();
        PageRequest request = new PageRequest(pool, pool.pagesFor(head.draft().maxBatchBytes())) {
            @Override
            protected void onGranted() {
                executor.execute(() -> serve(line));
            }
        };
        boolean granted;
        synchronized (lock) {
            head.request(request);
            granted = pool.takeOrWait(request);
        }
        release(head);
        if (!granted) {
            admission.rooms().memoryShort().run();
        }
        return granted;
    }

    private void endClaimed(WaitingRecord record, @Nullable KafkaException cause) {
        synchronized (lock) {
            record.claimed(false);
        }
        end(record, cause);
    }

    /**
     * Ends one record's wait, and tells those whom it concerns; only dooms it while it is being admitted.
     *
     * @return the line if the record stood first in it and others remain, else null
     */
    private @Nullable Line end(WaitingRecord record, @Nullable KafkaException cause) {
        PageRequest request;
        Line next;
        synchronized (lock) {
            if (record.isOver()) {
                return null;
            }
            if (record.isClaimed()) {
                if (cause != null) {
                    record.doom(cause);
                }
                return null;
            }
            record.over(cause);
            Line line = record.line();
            next = line != null && line.head() == record ? line : null;
            unlink(record);
            request = record.request();
            record.request(null);
            if (next != null && next.isEmpty()) {
                next = null;
            }
        }
        if (request != null) {
            admission.rooms().accumulator().pool().cancel(request);
            request.giveBackRest();
        }
        tell(record, cause);
        pass(record);
        return next;
    }

    /** Only now does it no longer count: who waited for it to pass hears of it after the record's own futures. */
    private void pass(WaitingRecord record) {
        List<Mark> passed = new ArrayList<>(0);
        synchronized (lock) {
            all.remove(record);
            waitingBytes -= record.draft().maxBatchBytes();
            count--;
            long oldest = all.isEmpty() ? Long.MAX_VALUE : all.iterator().next().number();
            for (Mark mark = marks.peek(); mark != null && mark.number() < oldest; mark = marks.peek()) {
                passed.add(marks.remove());
            }
            if (record.isWithdrawn()) {
                lock.notifyAll();
            }
        }
        passed.forEach(mark -> mark.passed().complete(null));
    }

    private void tell(WaitingRecord record, @Nullable KafkaException cause) {
        if (cause == null) {
            admission.rooms().completions().submit(() -> record.delivery()
                    .admitted()
                    .complete(null));
        } else if (!record.isWithdrawn()) {
            admission
                    .rooms()
                    .metrics()
                    .onRefused(
                            record.draft().record().topic(),
                            admission.rooms().clock().nanoTime());
            admission.rooms().completions().submit(() -> {
                record.delivery().admitted().completeExceptionally(cause);
                record.draft().promise().refuse(Admission.nowhere(record.draft().record()), cause);
            });
        }
        CallerWait caller = record.caller();
        if (caller != null) {
            caller.settle(null);
        }
    }

    private void scheduleExpiry() {
        WaitingRecord oldest = oldest();
        if (!expiryScheduled && oldest != null && !closed) {
            expiryScheduled = true;
            executor.executeAfter(Math.max(0, oldest.deadlineNanos() - executor.nanoTime()), this::expire);
        }
    }

    private @Nullable WaitingRecord oldest() {
        for (WaitingRecord each : all) {
            if (!each.isOver()) {
                return each;
            }
        }
        return null;
    }

    /** Admission thread. */
    private void expire() {
        Set<Line> shortened = new LinkedHashSet<>();
        for (WaitingRecord late = pollLate(); late != null; late = pollLate()) {
            Line line = end(late, timeout(late, admission.limits().maxBlockNanos()));
            if (line != null) {
                shortened.add(line);
            }
        }
        shortened.forEach(this::serve);
    }

    /** The oldest if its time is over, else null, and it is looked at again when its time comes. */
    private @Nullable WaitingRecord pollLate() {
        synchronized (lock) {
            WaitingRecord oldest = oldest();
            if (oldest != null && oldest.deadlineNanos() - executor.nanoTime() <= 0) {
                return oldest;
            }
            expiryScheduled = false;
            scheduleExpiry();
            return null;
        }
    }

    private ApiException timeout(WaitingRecord waiting, long waitedNanos) {
        boolean forMemory;
        synchronized (lock) {
            Line line = waiting.line();
            forMemory = line != null && line.key() instanceof PartitionQueue;
        }
        return forMemory
                ? admission.noMemory(waitedNanos)
                : admission
                        .metadata()
                        .notThere(
                                waiting.draft().record().topic(),
                                waiting.draft().record().partition(),
                                waitedNanos);
    }

    /**
     * Blocks the caller until its record is in a batch or has failed, which its future tells.
     *
     * @throws KafkaException when the time is over or the producer closes; the record has left the line then
     * @throws InterruptedException the same for an interrupt
     */
    void await(WaitingRecord record, CallerWait wait, long maxWaitNanos) throws InterruptedException {
        InterruptedException interrupt = null;
        KafkaException cause;
        try {
            if (wait.await(System.nanoTime() + maxWaitNanos)) {
                return;
            }
            cause = timeout(record, maxWaitNanos);
        } catch (InterruptedException e) {
            interrupt = e;
            cause = new KafkaException("Interrupted");
        } catch (KafkaException e) {
            cause = e;
        }
        boolean left = withdraw(record, cause);
        if (interrupt != null && left) {
            throw interrupt;
        }
        if (left) {
            throw cause;
        }
        if (interrupt != null) {
            Thread.currentThread().interrupt(); // too late to take the record back
        }
    }

    /** Takes a record out of the line without telling its future; false when it is over already, or was admitted meanwhile. */
    private boolean withdraw(WaitingRecord record, KafkaException cause) {
        synchronized (lock) {
            if (record.isOver()) {
                return false;
            }
            record.withdrawn();
        }
        serveSoon(end(record, cause));
        boolean interrupted = false;
        synchronized (lock) {
            while (!record.isOver()) {
                try {
                    lock.wait(); // for the attempt under way, which is short
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return record.cause() != null;
    }

    /** Done when all that wait now have been admitted or have failed. */
    CompletableFuture<Void> whenPassed() {
        synchronized (lock) {
            CompletableFuture<Void> future = new CompletableFuture<>();
            if (all.isEmpty()) {
                future.complete(null);
            } else {
                marks.add(new Mark(lastNumber, future));
            }
            return future;
        }
    }

    /** How many bytes wait; for tests. */
    long waitingBytes() {
        synchronized (lock) {
            return waitingBytes;
        }
    }

    /** Fails whatever waits; nothing joins any more. */
    void close() {
        List<WaitingRecord> waiting;
        synchronized (lock) {
            closed = true;
            waiting = new ArrayList<>(all);
        }
        for (WaitingRecord each : waiting) {
            end(
                    each,
                    new KafkaException("The producer was closed while the record for "
                            + each.draft().record().topic() + " waited to be admitted; it was not written"));
        }
    }
}
