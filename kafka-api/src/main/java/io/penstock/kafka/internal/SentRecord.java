package io.penstock.kafka.internal;

import io.penstock.producer.Callback;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A record with a callback or interceptors: what the engine calls back, and what the user holds as the future.
 *
 * <p>As with Apache's producer, the future is done after the callback has run, so that whoever waits for it sees what the callback
 * did; and it cannot be cancelled. Completed once; the future's side is for any thread.
 */
public final class SentRecord<K, V> implements Callback, Future<RecordMetadata> {

    private final Completion<K, V> completion;
    private volatile @Nullable Object result;

    SentRecord(Completion<K, V> completion) {
        this.completion = completion;
    }

    /** What to do with the outcome; part of it may change with the thread that brings it. */
    interface Completion<K, V> {
        void run(RecordMetadata metadata, @Nullable Exception exception);
    }

    private record Failure(Exception cause) {}

    @Override
    public void onCompletion(io.penstock.producer.RecordMetadata metadata, @Nullable Exception exception) {
        RecordMetadata theirs = Metadata.translate(metadata);
        Exception cause = exception == null ? null : ErrorTranslator.toApache(exception);
        try {
            completion.run(theirs, cause);
        } finally {
            synchronized (this) {
                result = cause == null ? theirs : new Failure(cause);
                notifyAll();
            }
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return false;
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public boolean isDone() {
        return result != null;
    }

    @Override
    public RecordMetadata get() throws InterruptedException, ExecutionException {
        synchronized (this) {
            while (result == null) {
                wait();
            }
        }
        return outcome();
    }

    @Override
    public RecordMetadata get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        synchronized (this) {
            while (result == null) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new TimeoutException("Timeout after waiting for " + unit.toMillis(timeout) + " ms.");
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }
        return outcome();
    }

    private RecordMetadata outcome() throws ExecutionException {
        Object known = result;
        if (known instanceof Failure failure) {
            throw new ExecutionException(failure.cause);
        }
        return (RecordMetadata) java.util.Objects.requireNonNull(known);
    }
}
