package io.penstock.internal.engine;

import io.penstock.errors.InterruptException;
import io.penstock.errors.KafkaException;
import io.penstock.errors.TimeoutException;
import io.penstock.internal.admission.CallerWait;
import io.penstock.internal.admission.Parking;
import io.penstock.internal.completion.CompletionQueue;
import io.penstock.internal.identity.ProducerIdentity;
import io.penstock.internal.metrics.ProducerMetrics;
import io.penstock.internal.metrics.TransactionTimes;
import io.penstock.internal.transaction.OffsetCommit;
import io.penstock.internal.transaction.Operation;
import io.penstock.internal.transaction.TransactionDesk;
import io.penstock.internal.transaction.TransactionEvent;
import io.penstock.internal.transaction.TransactionState;
import io.penstock.producer.ConsumerGroupMetadata;
import io.penstock.producer.OffsetAndMetadata;
import io.penstock.producer.PreparedTxnState;
import io.penstock.producer.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transactional calls as a user makes them: blocking, within {@code max.block.ms}, or with a future.
 *
 * <p>Any thread. A blocking call that gives up waiting leaves its operation under way; the same call, made again, waits for the same
 * operation, also when that has ended meanwhile.
 */
public final class Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private final @Nullable TransactionDesk desk;
    private final long maxBlockNanos;
    private final CompletionQueue callbacks;
    private final Parking parking;
    private final ProducerMetrics metrics;

    /** What a blocking caller has not waited for to the end. */
    private final AtomicReference<@Nullable Operation> unheard = new AtomicReference<>();

    /** By what the last prepared transaction was completed. */
    private volatile @Nullable PreparedTxnState completing;

    Transactions(@Nullable TransactionDesk desk, long maxBlockNanos, EngineSeams seams, ProducerMetrics metrics) {
        this.desk = desk;
        this.maxBlockNanos = maxBlockNanos;
        this.callbacks = seams.completions();
        this.parking = seams.parking();
        this.metrics = metrics;
    }

    public void initialize(boolean keepPrepared) {
        run(TransactionEvent.INIT, TransactionTimes.Call.INIT, () -> desk().initialize(keepPrepared));
    }

    public void begin() {
        long began = parking.nanoTime();
        hearOut(TransactionEvent.BEGIN);
        desk().begin();
        metrics.transactions().add(TransactionTimes.Call.BEGIN, parking.nanoTime() - began);
    }

    /** As {@link #begin}, once whatever end is still under way is there; how that one came out is not this one's affair. */
    public void beginNext() {
        for (Operation before = desk().ending(); before != null; before = desk().ending()) {
            try {
                await(before);
            } catch (KafkaException e) {
                if (!before.done().isDone()) {
                    throw e;
                }
                LOG.warn("The transaction before, whose end was not waited for, has not been committed", e);
            }
        }
        unheard.set(null);
        begin();
    }

    /**
     * Sees to it that the transaction does not stay open, whatever has happened in it.
     *
     * @param failure what has, which gets what happens here
     * @return whether it is aborted, so that the producer is fit for another one
     */
    public boolean abortAfter(Throwable failure) {
        try {
            Operation ending = desk().ending();
            if (ending != null && ending.call() == TransactionEvent.COMMIT) {
                desk().abortIfFails(ending);
                return false;
            }
            if (desk().state() == TransactionState.FATAL_ERROR) {
                return false;
            }
            abort();
            return true;
        } catch (RuntimeException | Error e) { // the abort failed, or is still under way
            if (e != failure) {
                failure.addSuppressed(e);
            }
            return false;
        }
    }

    public void commit() {
        run(TransactionEvent.COMMIT, TransactionTimes.Call.COMMIT, () -> desk().commit());
    }

    public void abort() {
        run(TransactionEvent.ABORT, TransactionTimes.Call.ABORT, () -> desk().abort());
    }

    public PreparedTxnState prepare() {
        run(TransactionEvent.PREPARE, TransactionTimes.Call.PREPARE, () -> desk().prepare());
        return prepared();
    }

    /** Commits when this is what is prepared, and aborts otherwise; made again it waits for the same. */
    public void complete(PreparedTxnState decided) {
        Operation again = decided.equals(completing) ? unheard.get() : null;
        if (again == null) {
            desk().check(TransactionEvent.COMPLETE);
        }
        boolean commits = again != null ? again.call() == TransactionEvent.COMMIT : decided.equals(prepared());
        completing = decided;
        if (commits) {
            commit();
        } else {
            abort();
        }
    }

    private PreparedTxnState prepared() {
        ProducerIdentity identity = desk().prepared();
        return identity.isNone()
                ? new PreparedTxnState()
                : new PreparedTxnState(identity.producerId() + ":" + identity.epoch());
    }

    public void sendOffsets(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        long began = parking.nanoTime();
        hearOut(TransactionEvent.SEND_OFFSETS);
        CompletableFuture<Void> done = beginOffsets(offsets, group);
        try {
            await(new Operation(TransactionEvent.SEND_OFFSETS, done));
        } finally {
            metrics.transactions().add(TransactionTimes.Call.SEND_OFFSETS, parking.nanoTime() - began);
        }
    }

    public CompletableFuture<Void> initializeAsync(boolean keepPrepared) {
        return forUser(desk().initialize(keepPrepared).done());
    }

    public CompletableFuture<Void> commitAsync() {
        return forUser(desk().commit().done());
    }

    public CompletableFuture<Void> abortAsync() {
        return forUser(desk().abort().done());
    }

    public CompletableFuture<Void> sendOffsetsAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        return forUser(beginOffsets(offsets, group));
    }

    private CompletableFuture<Void> beginOffsets(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        List<OffsetCommit.Position> positions = new ArrayList<>(offsets.size());
        offsets.forEach((partition, position) -> positions.add(new OffsetCommit.Position(
                partition.topic(),
                partition.partition(),
                position.offset(),
                position.leaderEpoch().orElse(-1),
                position.metadata())));
        OffsetCommit commit = new OffsetCommit(
                group.groupId(),
                group.generationId(),
                group.memberId(),
                group.groupInstanceId().orElse(null),
                positions,
                done);
        if (positions.isEmpty()) {
            desk().check(TransactionEvent.SEND_OFFSETS);
            done.complete(null); // nothing to say to the group
        } else {
            desk().sendOffsets(commit);
        }
        return done;
    }

    /** What a user may attach work to must not complete on the loop. */
    private CompletableFuture<Void> forUser(CompletableFuture<Void> done) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        done.whenComplete((nothing, failure) -> callbacks.submit(() -> {
            if (failure == null) {
                told.complete(null);
            } else {
                told.completeExceptionally(failure);
            }
        }));
        return told;
    }

    private void run(TransactionEvent call, TransactionTimes.Call timed, Supplier<Operation> begin) {
        long began = parking.nanoTime();
        try {
            Operation earlier = hearOut(call);
            await(earlier != null ? earlier : begin.get());
        } finally {
            metrics.transactions().add(timed, parking.nanoTime() - began);
        }
    }

    /**
     * Sees to what an earlier caller did not wait for.
     *
     * @return the operation to wait for, if it is the same call again
     */
    private @Nullable Operation hearOut(TransactionEvent call) {
        Operation earlier = unheard.get();
        if (earlier == null) {
            return null;
        }
        if (earlier.call() == call) {
            return earlier;
        }
        CompletableFuture<Void> done = earlier.done();
        boolean mayDiffer = !done.isDone() || done.isCompletedExceptionally() || !decides(earlier.call());
        if (!mayDiffer) {
            throw new IllegalStateException(
                    "Cannot call " + call.call() + ": " + earlier.call().call()
                            + " was not waited for to its end, and has been carried out since; call it again to hear so");
        }
        if (done.isDone()) {
            unheard.compareAndSet(earlier, null);
        }
        return null; // the state says whether the call has its place
    }

    private static boolean decides(TransactionEvent call) {
        return call == TransactionEvent.COMMIT || call == TransactionEvent.PREPARE;
    }

    private void await(Operation operation) {
        String call = operation.call().call();
        CompletableFuture<Void> done = operation.done();
        if (callbacks.isCallbackThread() && !done.isDone()) {
            throw new KafkaException(call + " was called inside a callback, which it may have to wait for; use its"
                    + " asynchronous form there, or another thread. It is under way");
        }
        CallerWait wait = new CallerWait(parking);
        done.whenComplete((nothing, failure) -> wait.settle(null));
        try {
            if (!wait.await(parking.nanoTime() + maxBlockNanos)) {
                keepFor(operation);
                throw new TimeoutException(call + " was not done within max.block.ms="
                        + TimeUnit.NANOSECONDS.toMillis(maxBlockNanos) + "; it is still under way, so call it again to"
                        + " wait for its end. Check that the brokers can be reached");
            }
            unheard.compareAndSet(operation, null);
            done.join();
        } catch (InterruptedException e) {
            keepFor(operation);
            throw new InterruptException(
                    "Interrupted in " + call + ", which is still under way; call it again to wait for its end", e);
        } catch (CompletionException e) {
            throw rethrown(e.getCause());
        }
    }

    private void keepFor(Operation operation) {
        if (operation.call() != TransactionEvent.SEND_OFFSETS) { // positions can be sent twice
            unheard.set(operation);
        }
    }

    private static RuntimeException rethrown(@Nullable Throwable cause) {
        return cause instanceof RuntimeException known ? known : new KafkaException("The call failed: " + cause, cause);
    }

    private TransactionDesk desk() {
        if (desk == null) {
            throw new IllegalStateException(
                    "This producer has no transactional.id; set one to use transactions, or send without them: with"
                            + " idempotence each record is still written once");
        }
        return desk;
    }
}
