package io.penstock.testkit.mock;

import io.penstock.producer.Cluster;
import io.penstock.producer.PartitionInfo;
import io.penstock.producer.Partitioner;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.Serializer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Serializes records for the sake of the types, and finds their partitions in a cluster that may be empty. Immutable. */
final class MockPartitions<K, V> {

    private final Cluster cluster;
    private final @Nullable Partitioner partitioner;
    private final @Nullable Serializer<K> keySerializer;
    private final @Nullable Serializer<V> valueSerializer;

    MockPartitions(
            Cluster cluster,
            @Nullable Partitioner partitioner,
            @Nullable Serializer<K> keySerializer,
            @Nullable Serializer<V> valueSerializer) {
        this.cluster = cluster;
        this.partitioner = partitioner;
        this.keySerializer = keySerializer;
        this.valueSerializer = valueSerializer;
    }

    List<PartitionInfo> of(String topic) {
        return cluster.partitionsForTopic(topic);
    }

    /** 0 in a topic that the cluster does not have. */
    int choose(ProducerRecord<K, V> record) {
        List<PartitionInfo> partitions = of(record.topic());
        Integer wanted = record.partition();
        if (!partitions.isEmpty() && wanted != null) {
            if (wanted < 0 || wanted >= partitions.size()) {
                throw new IllegalArgumentException("Invalid partition given with record: " + wanted
                        + " is not in the range [0..." + partitions.size() + "].");
            }
            return wanted;
        }
        byte[] key = serialize(keySerializer, record, record.key());
        byte[] value = serialize(valueSerializer, record, record.value());
        if (partitions.isEmpty()) {
            return 0;
        }
        return partitioner == null
                ? partitions.get(0).partition()
                : partitioner.partition(record.topic(), record.key(), key, record.value(), value, cluster);
    }

    private static <T> byte @Nullable [] serialize(
            @Nullable Serializer<T> serializer, ProducerRecord<?, ?> record, @Nullable T what) {
        Serializer<T> given =
                Objects.requireNonNull(serializer, "A mock without serializers cannot send; make one with them");
        return given.serialize(record.topic(), record.headers(), what);
    }
}
