package io.penstock.internal.completion;

import io.penstock.errors.KafkaException;
import io.penstock.producer.Callback;
import io.penstock.producer.RecordMetadata;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one record's caller was promised: a future and perhaps a callback.
 *
 * <p>Made by the caller, linked into its batch under the partition's lock, completed once by the callback thread. It is the future
 * itself, so that a record costs one object. A caller may cancel or complete the future; the record is sent all the same and
 * its callback still hears the truth.
 */
public final class RecordPromise extends CompletableFuture<RecordMetadata> {

    private final long timestamp;
    private final int keySizeBytes;
    private final int valueSizeBytes;
    private final @Nullable Callback callback;

    /** In its batch: the one before it, and while they are kept the one after it. */
    @Nullable
    RecordPromise neighbour;

    /**
     * @param timestamp of the record, in milliseconds
     * @param keySizeBytes serialized, -1 for a null key
     * @param valueSizeBytes serialized, -1 for a null value
     */
    public RecordPromise(long timestamp, int keySizeBytes, int valueSizeBytes, @Nullable Callback callback) {
        this.timestamp = timestamp;
        this.keySizeBytes = keySizeBytes;
        this.valueSizeBytes = valueSizeBytes;
        this.callback = callback;
    }

    public long timestamp() {
        return timestamp;
    }

    public int keySizeBytes() {
        return keySizeBytes;
    }

    public int valueSizeBytes() {
        return valueSizeBytes;
    }

    @Nullable
    Callback callback() {
        return callback;
    }

    /** For a record that never came into a batch: completes the future and calls the callback, on this thread. */
    public void refuse(RecordMetadata nowhere, KafkaException cause) {
        completeExceptionally(cause);
        BatchCompletion.call(callback, nowhere, cause);
    }
}
