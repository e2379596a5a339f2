package io.penstock.testkit.engine;

import io.penstock.errors.KafkaException;
import io.penstock.errors.UnexpectedRetriableException;
import io.penstock.errors.UnknownServerException;
import io.penstock.wire.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.protocol.Errors;

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

    /** The class of ours that stands for a code: the one of the name of Apache's, or the one of all that no producer is told. */
    static Class<?> classOf(ErrorCode code) {
        Class<?> apache = Errors.forCode(code.code()).exception().getClass();
        try {
            return Class.forName(KafkaException.class.getPackageName() + "." + apache.getSimpleName());
        } catch (ClassNotFoundException e) {
            return code.retriable() ? UnexpectedRetriableException.class : UnknownServerException.class;
        }
    }
}
