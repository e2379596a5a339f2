package io.penstock.kafka.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The user's interceptors, called when, where and in the order that Apache's producer calls them. What one throws is logged. Any thread. */
public final class InterceptorChain<K, V> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InterceptorChain.class);

    /** Null before {@code kafka-clients} 4.1, which knows acknowledgements without headers only. */
    private static final @Nullable MethodHandle WITH_HEADERS = find();

    private final List<ProducerInterceptor<K, V>> chain;

    public InterceptorChain(List<ProducerInterceptor<K, V>> chain) {
        this.chain = List.copyOf(chain);
    }

    private static @Nullable MethodHandle find() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(
                            ProducerInterceptor.class,
                            "onAcknowledgement",
                            MethodType.methodType(void.class, RecordMetadata.class, Exception.class, Headers.class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return null;
        }
    }

    void forEach(Consumer<Object> action) {
        chain.forEach(action);
    }

    public boolean isEmpty() {
        return chain.isEmpty();
    }

    public ProducerRecord<K, V> onSend(ProducerRecord<K, V> record) {
        ProducerRecord<K, V> current = record;
        for (ProducerInterceptor<K, V> interceptor : chain) {
            try {
                current = interceptor.onSend(current);
            } catch (Exception e) {
                LOG.warn("Interceptor {} failed on a record for {}", name(interceptor), record.topic(), e);
            }
        }
        return current;
    }

    void onAcknowledgement(RecordMetadata metadata, @Nullable Exception exception, Headers headers) {
        for (ProducerInterceptor<K, V> interceptor : chain) {
            try {
                if (WITH_HEADERS == null) {
                    interceptor.onAcknowledgement(metadata, exception);
                } else {
                    WITH_HEADERS.invoke(interceptor, metadata, exception, headers);
                }
            } catch (Exception e) {
                LOG.warn("Interceptor {} failed on an acknowledgement", name(interceptor), e);
            } catch (Error e) {
                throw e;
            } catch (Throwable e) {
                LOG.error("Interceptor {} failed on an acknowledgement", name(interceptor), e);
            }
        }
    }

    /** For a record that was not sent; its headers stay open to change, so the interceptors get a copy that is not. */
    public void onSendError(Headers sent, RecordMetadata metadata, Exception exception) {
        if (chain.isEmpty()) {
            return;
        }
        RecordHeaders headers = new RecordHeaders(sent);
        headers.setReadOnly();
        onAcknowledgement(metadata, exception, headers);
    }

    private static String name(ProducerInterceptor<?, ?> interceptor) {
        return interceptor.getClass().getName();
    }

    @Override
    public void close() {
        for (ProducerInterceptor<K, V> interceptor : chain) {
            try {
                interceptor.close();
            } catch (Exception e) {
                LOG.warn("Interceptor {} failed to close", name(interceptor), e);
            }
        }
    }
}
