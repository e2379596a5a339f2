package io.penstock.kafka.internal;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.RecordMetadata;

/** The future of a record without callback and interceptors: Penstock's own, translated when somebody looks. It cannot be cancelled. */
public record RecordFuture(CompletableFuture<io.penstock.producer.RecordMetadata> future)
        implements Future<RecordMetadata> {

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
        return future.isDone();
    }

    @Override
    public RecordMetadata get() throws InterruptedException, ExecutionException {
        try {
            return Metadata.translate(future.get());
        } catch (ExecutionException e) {
            throw new ExecutionException(ErrorTranslator.toApache(Objects.requireNonNull(e.getCause())));
        }
    }

    @Override
    public RecordMetadata get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return Metadata.translate(future.get(timeout, unit));
        } catch (ExecutionException e) {
            throw new ExecutionException(ErrorTranslator.toApache(Objects.requireNonNull(e.getCause())));
        }
    }
}
