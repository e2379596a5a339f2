package io.penstock.kafka.internal;

import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Where a record lies, in Apache's type. Any thread. */
final class Metadata {

    /** Records of a batch come one after the other, so the last partition is mostly the next one. Racy: immutable and rebuilt at will. */
    private static @Nullable TopicPartition last;

    private Metadata() {}

    static RecordMetadata translate(io.penstock.producer.RecordMetadata metadata) {
        return new RecordMetadata(
                partition(metadata.topic(), metadata.partition()),
                metadata.offset(),
                metadata.hasOffset() ? 0 : -1,
                metadata.timestamp(),
                metadata.serializedKeySize(),
                metadata.serializedValueSize());
    }

    private static TopicPartition partition(String topic, int partition) {
        TopicPartition known = last;
        if (known == null || known.partition() != partition || !known.topic().equals(topic)) {
            known = new TopicPartition(topic, partition);
            last = known;
        }
        return known;
    }
}
