package io.penstock.testkit.mock;

import io.penstock.producer.Callback;
import io.penstock.producer.RecordMetadata;
import io.penstock.producer.TopicPartition;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A record that was sent and has yet to succeed or fail. */
final class MockSend {

    private static final Logger LOG = LoggerFactory.getLogger(MockSend.class);
    private static final long NO_TIMESTAMP = -1;

    private final TopicPartition place;
    private final long offset;
    private final @Nullable Callback callback;
    private final CompletableFuture<RecordMetadata> future = new CompletableFuture<>();

    MockSend(TopicPartition place, long offset, @Nullable Callback callback) {
        this.place = place;
        this.offset = offset;
        this.callback = callback;
    }

    CompletableFuture<RecordMetadata> future() {
        return future;
    }

    /** Calls back, as a producer does, before the future completes. Never throws. */
    void complete(@Nullable RuntimeException failure) {
        RecordMetadata metadata = failure == null
                ? new RecordMetadata(place, offset, 0, NO_TIMESTAMP, 0, 0)
                : new RecordMetadata(place, -1, -1, NO_TIMESTAMP, -1, -1);
        if (callback != null) {
            callBack(callback, metadata, failure);
        }
        if (failure == null) {
            future.complete(metadata);
        } else {
            future.completeExceptionally(failure);
        }
    }

    private static void callBack(Callback callback, RecordMetadata metadata, @Nullable RuntimeException failure) {
        try {
            callback.onCompletion(metadata, failure);
        } catch (RuntimeException e) {
            LOG.error("A callback threw for {}", metadata, e);
        }
    }
}
