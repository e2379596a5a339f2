package io.penstock.kafka.internal;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes the user's plug-ins, all of them whatever one throws, and throws the first failure in the end, as Apache's producer does. Any thread. */
public final class CloseFailures {

    private static final Logger LOG = LoggerFactory.getLogger(CloseFailures.class);

    private final AtomicReference<@Nullable Exception> first = new AtomicReference<>();

    void close(AutoCloseable plugin) {
        try {
            plugin.close();
        } catch (Exception e) {
            first.compareAndSet(null, e);
            LOG.error("{} failed to close", plugin.getClass().getName(), e);
        }
    }

    /** Once: a producer can be closed again. */
    public void throwFirst() {
        Exception failure = first.getAndSet(null);
        if (failure != null) {
            throw new KafkaException("Failed to close kafka producer", failure);
        }
    }
}
