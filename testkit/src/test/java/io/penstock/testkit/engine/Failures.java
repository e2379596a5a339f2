package io.penstock.testkit.engine;


import io.penstock.errors.KafkaException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a future failed with. */
final class Failures {

    private Failures() {}

    static KafkaException of(CompletableFuture<?> future) throws InterruptedException {
        try {
            Object value = future.get(SentRecords.PATIENCE_SECONDS, TimeUnit.SECONDS);
            throw new AssertionError("It succeeded with " + value);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException failure) {
                return failure;
            }
            throw new AssertionError("It failed with something of another family", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("It is not complete after " + SentRecords.PATIENCE_SECONDS + " s", e);
        }
    }
}
