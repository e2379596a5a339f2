package io.penstock.internal.engine;

import io.penstock.producer.MetricsReporter;
import io.penstock.producer.Partitioner;
import io.penstock.producer.ProducerInterceptor;
import io.penstock.serialization.Serializer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The user's own classes, created and configured.
 *
 * @param partitioner null for the built-in one
 * @param reporters have their context, but not yet the metrics
 */
public record Plugins<K, V>(
        Serializer<K> keySerializer,
        Serializer<V> valueSerializer,
        @Nullable Partitioner partitioner,
        List<ProducerInterceptor<K, V>> interceptors,
        List<MetricsReporter> reporters) {}
