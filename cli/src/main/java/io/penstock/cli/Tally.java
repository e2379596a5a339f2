package io.penstock.cli;

import io.penstock.errors.RecordTooLargeException;
import io.penstock.producer.Callback;
import io.penstock.producer.RecordMetadata;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What became of the records.
 *
 * <p>The callback thread counts, any thread looks. A failure that the next record would meet as well stops the run; one
 * that belongs to its record, which is too large, does not.
 */
final class Tally implements Callback {
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong acknowledgedBytes = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();
    private volatile boolean hopeless;

    @Override
    public void onCompletion(RecordMetadata metadata, @Nullable Exception exception) {
        if (exception != null) {
            fail(exception);
            return;
        }
        acknowledged.incrementAndGet();
        acknowledgedBytes.addAndGet(
                Math.max(0, metadata.serializedKeySize()) + Math.max(0, metadata.serializedValueSize()));
    }

    void fail(Throwable failure) {
        failed.incrementAndGet();
        firstFailure.compareAndSet(null, failure);
        if (!(failure instanceof RecordTooLargeException)) {
            hopeless = true;
        }
    }

    /** Whether to send no more. */
    boolean isHopeless() {
        return hopeless;
    }

    long acknowledged() {
        return acknowledged.get();
    }

    long acknowledgedBytes() {
        return acknowledgedBytes.get();
    }

    long failed() {
        return failed.get();
    }

    @Nullable
    Throwable firstFailure() {
        return firstFailure.get();
    }

    /** The line that ends a run. */
    String summary(String topic, long nanos) {
        double seconds = nanos / 1e9;
        long records = acknowledged();
        long rate = seconds > 0 ? Math.round(records / seconds) : records;
        return String.format(
                java.util.Locale.ROOT,
                "%s: %d records, %d bytes, %.2f s, %d records/s, %d failed",
                topic,
                records,
                acknowledgedBytes(),
                seconds,
                rate,
                failed());
    }
}
