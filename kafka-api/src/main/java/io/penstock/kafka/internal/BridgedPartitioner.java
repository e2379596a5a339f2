package io.penstock.kafka.internal;

import io.penstock.producer.Cluster;
import io.penstock.producer.Partitioner;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.errors.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * The user's partitioner as the engine asks it. The engine creates it by its class and hands it the {@link ProducerPlugins} among its
 * settings.
 */
public class BridgedPartitioner implements Partitioner {

    private final ClusterTranslator clusters = new ClusterTranslator();
    private org.apache.kafka.clients.producer.@Nullable Partitioner partitioner;
    private CloseFailures closing = new CloseFailures();

    @Override
    public void configure(Map<String, ?> configs) {
        ProducerPlugins<?, ?> plugins = ProducerPlugins.of(configs);
        partitioner = plugins.partitioner();
        closing = plugins.closing();
    }

    final org.apache.kafka.clients.producer.Partitioner partitioner() {
        return Objects.requireNonNull(partitioner, "not configured");
    }

    final org.apache.kafka.common.Cluster translate(Cluster cluster) {
        return clusters.translate(cluster);
    }

    @Override
    public int partition(
            String topic,
            @Nullable Object key,
            byte @Nullable [] keyBytes,
            @Nullable Object value,
            byte @Nullable [] valueBytes,
            Cluster cluster) {
        int chosen;
        try {
            chosen = partitioner().partition(topic, key, keyBytes, value, valueBytes, translate(cluster));
        } catch (ApiException e) {
            throw ErrorTranslator.toPenstock(e);
        }
        if (chosen < 0) {
            throw new IllegalArgumentException("The partitioner generated an invalid partition number: " + chosen
                    + ". Partition number should always be non-negative.");
        }
        return chosen;
    }

    @Override
    public void close() {
        closing.close(partitioner());
    }
}
