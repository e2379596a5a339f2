package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything this library throws, except plain misuse ({@link IllegalArgumentException}, {@link
 * IllegalStateException}, {@link NullPointerException}).
 *
 * <pre>{@code
 * producer.send(record, (metadata, exception) -> {
 *     if (exception instanceof KafkaException e && e.outcome() == RecordOutcome.NOT_WRITTEN) {
 *         saveForLater(record);
 *     }
 * });
 * }</pre>
 *
 * <p>Any thread may read one. {@link #withOutcome} is for the engine, before the exception is published; from then on it never
 * changes.
 */
public class KafkaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private RecordOutcome outcome = RecordOutcome.NOT_WRITTEN;

    public KafkaException() {
        this(null, null);
    }

    public KafkaException(@Nullable String message) {
        super(message);
    }

    public KafkaException(@Nullable Throwable cause) {
        super(cause);
    }

    public KafkaException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Whether the same call or record may succeed later with nothing changed. */
    public boolean isRetriable() {
        return false;
    }

    /** Whether the producer can do no more: close it, remove the cause and create a new one. */
    public boolean isFatal() {
        return false;
    }

    /**
     * Whether this kind of failure leaves an open transaction only one way, {@code abortTransaction()}, after which the producer
     * goes on. A record that failed inside a transaction asks for the same, whatever the kind of its exception.
     */
    public boolean abortsTransaction() {
        return false;
    }

    /**
     * What is known of the record that this exception completes. {@link RecordOutcome#NOT_WRITTEN} until the engine says otherwise,
     * which it does for every failure of a record that has been handed to a connection.
     */
    public final RecordOutcome outcome() {
        return outcome;
    }

    /**
     * Sets the outcome and returns this exception. Call it before another thread can see the exception; it is neither synchronized
     * nor meant to change afterwards.
     */
    public final KafkaException withOutcome(RecordOutcome outcome) {
        this.outcome = outcome;
        return this;
    }
}
