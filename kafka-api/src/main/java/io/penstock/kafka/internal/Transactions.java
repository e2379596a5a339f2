package io.penstock.kafka.internal;

import io.penstock.producer.ConsumerGroupMetadata;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.OffsetAndMetadata;
import io.penstock.producer.TopicPartition;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The transactional calls with Apache's types. Any thread; holds nothing. */
public final class Transactions {

    private final KafkaProducer<?, ?> producer;

    public Transactions(KafkaProducer<?, ?> producer) {
        this.producer = producer;
    }

    public void init() {
        producer.initTransactions();
    }

    public void begin() {
        producer.beginTransaction();
    }

    public void sendOffsets(
            Map<org.apache.kafka.common.TopicPartition, org.apache.kafka.clients.consumer.OffsetAndMetadata> offsets,
            org.apache.kafka.clients.consumer.@Nullable ConsumerGroupMetadata group) {
        if (group == null) {
            throw new IllegalArgumentException("Consumer group metadata could not be null");
        }
        Map<TopicPartition, OffsetAndMetadata> translated = new HashMap<>();
        offsets.forEach((partition, offset) -> translated.put(
                new TopicPartition(partition.topic(), partition.partition()),
                new OffsetAndMetadata(offset.offset(), offset.leaderEpoch(), offset.metadata())));
        producer.sendOffsetsToTransaction(
                translated,
                new ConsumerGroupMetadata(
                        group.groupId(), group.generationId(), group.memberId(), group.groupInstanceId()));
    }

    public void commit() {
        producer.commitTransaction();
    }

    public void abort() {
        producer.abortTransaction();
    }
}
