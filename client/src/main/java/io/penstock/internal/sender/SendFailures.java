package io.penstock.internal.sender;

import io.penstock.errors.KafkaException;
import io.penstock.errors.TimeoutException;
import io.penstock.producer.TopicPartition;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The words for records that are given up by us and not by a broker. */
final class SendFailures {

    private SendFailures() {}

    static KafkaException expired(
            OutboundBatch batch, long timeoutNanos, int leaderId, @Nullable KafkaException refusal) {
        KafkaException last = batch.lastCause();
        String tries;
        if (batch.isInFlight()) {
            tries = "broker " + batch.nodeId() + " has not answered yet";
        } else if (batch.failures() == 0) {
            tries = "they were part of a larger batch that a broker refused, and have not been sent since";
        } else {
            tries = "attempt " + batch.failures() + " failed" + (last == null ? "" : " (" + last.getMessage() + ")");
        }
        return new TimeoutException(
                batch.recordCount() + " record(s) for " + batch.topic() + "-" + batch.partition()
                        + " were not acknowledged within delivery.timeout.ms=" + millis(timeoutNanos) + ": " + tries
                        + ". " + advice(leaderId, refusal),
                refusal == null ? last : refusal);
    }

    static KafkaException expiredInQueue(
            TopicPartition partition,
            int recordCount,
            long timeoutNanos,
            int leaderId,
            @Nullable KafkaException refusal) {
        return new TimeoutException(
                recordCount + " record(s) for " + partition + " could not be sent within delivery.timeout.ms="
                        + millis(timeoutNanos) + ": they never left this producer. " + advice(leaderId, refusal),
                refusal);
    }

    private static String advice(int leaderId, @Nullable KafkaException refusal) {
        if (refusal != null) {
            return "This client is not let in: " + refusal.getMessage();
        }
        return leaderId < 0
                ? "The partition has no known leader; check that its brokers are up."
                : "The leader is broker " + leaderId + "; check that it is reachable and keeps up.";
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
