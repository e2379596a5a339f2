package io.penstock.internal.admission;

import io.penstock.producer.Callback;
import io.penstock.producer.Headers;
import io.penstock.producer.ProducerInterceptor;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user's interceptors, in order; what one of them throws is logged and goes no further (KIP-42).
 *
 * <p>{@code onSend} runs on the calling thread, {@code onAcknowledgement} on the callback thread, or on the calling one for a record
 * that never came into a batch.
 */
public final class Interceptors<K, V> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Interceptors.class);

    private final List<ProducerInterceptor<K, V>> chain;

    public Interceptors(List<ProducerInterceptor<K, V>> chain) {
        this.chain = List.copyOf(chain);
    }

    /** The record as the last interceptor leaves it; one that throws is passed over. */
    ProducerRecord<K, V> onSend(ProducerRecord<K, V> record) {
        if (chain.isEmpty()) {
            return record;
        }
        ProducerRecord<K, V> current = record;
        for (ProducerInterceptor<K, V> interceptor : chain) {
            try {
                ProducerRecord<K, V> next = interceptor.onSend(current);
                if (next == null) {
                    throw new NullPointerException("onSend() returned null instead of a record");
                }
                current = next;
            } catch (Exception e) {
                LOG.warn(
                        "Interceptor {} failed on a record for {}, which is sent as it was before",
                        interceptor.getClass().getName(),
                        record.topic(),
                        e);
            }
        }
        return current;
    }

    /** The user's callback, preceded by the interceptors where there are any. */
    @Nullable
    Callback around(@Nullable Callback callback, ProducerRecord<K, V> record) {
        if (chain.isEmpty()) {
            return callback;
        }
        Headers headers = record.headers();
        return (metadata, exception) -> {
            onAcknowledgement(metadata, exception, headers);
            if (callback != null) {
                callback.onCompletion(metadata, exception);
            }
        };
    }

    /** A record that was never admitted, whose callback is not called. */
    void onRefused(ProducerRecord<K, V> record, RecordMetadata metadata, Exception cause) {
        onAcknowledgement(metadata, cause, record.headers());
    }

    private void onAcknowledgement(RecordMetadata metadata, @Nullable Exception exception, Headers headers) {
        for (ProducerInterceptor<K, V> interceptor : chain) {
            try {
                interceptor.onAcknowledgement(metadata, exception, headers);
            } catch (Exception e) {
                LOG.warn(
                        "Interceptor {} failed on an acknowledgement",
                        interceptor.getClass().getName(),
                        e);
            }
        }
    }

    @Override
    public void close() {
        for (ProducerInterceptor<K, V> interceptor : chain) {
            try {
                interceptor.close();
            } catch (Exception e) {
                LOG.warn(
                        "Interceptor {} failed to close", interceptor.getClass().getName(), e);
            }
        }
    }
}
