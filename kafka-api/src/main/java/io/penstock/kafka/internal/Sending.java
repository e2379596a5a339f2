package io.penstock.kafka.internal;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Who hears of a record's end, in Apache's order: of one that was taken in, the interceptors and then the callback; of one that was
 * refused, the callback and then the interceptors.
 *
 * <p>Any thread; holds nothing.
 */
public final class Sending {

    private Sending() {}

    /** For a record that somebody besides the future wants to hear of. */
    public static <K, V> SentRecord<K, V> sent(
            InterceptorChain<K, V> interceptors, ProducerRecord<K, V> record, @Nullable Callback callback) {
        if (interceptors.isEmpty() && callback != null) {
            return new SentRecord<>(callback::onCompletion);
        }
        Thread sender = Thread.currentThread();
        Headers headers = record.headers();
        return new SentRecord<>((metadata, exception) -> {
            // The engine refuses a record before send() returns, in the same thread, and completes one it took in on
            // its own.
            if (exception != null && Thread.currentThread() == sender) {
                call(callback, metadata, exception);
                interceptors.onSendError(headers, metadata, exception);
            } else {
                interceptors.onAcknowledgement(metadata, exception, headers);
                call(callback, metadata, exception);
            }
        });
    }

    private static void call(@Nullable Callback callback, RecordMetadata metadata, @Nullable Exception exception) {
        if (callback != null) {
            callback.onCompletion(metadata, exception);
        }
    }

    /** What is known of a record that was refused. */
    public static RecordMetadata nowhere(ProducerRecord<?, ?> record) {
        Integer partition = record.partition();
        return new RecordMetadata(
                new TopicPartition(record.topic(), partition == null ? RecordMetadata.UNKNOWN_PARTITION : partition),
                -1,
                -1,
                -1,
                -1,
                -1);
    }
}
