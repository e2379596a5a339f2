package io.penstock.testkit.producer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.producer.ConsumerGroupMetadata;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.ByteArraySerializer;
import io.penstock.testkit.EmbeddedKafka;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Topics, producers and witnesses for tests of transactions on one real broker. */
abstract class TransactionalClients {

    static final int TIMEOUT_SECONDS = 60;
    private static final AtomicInteger NAMES = new AtomicInteger();

    abstract EmbeddedKafka kafka();

    final String newName(String what) {
        return what + "-" + NAMES.incrementAndGet();
    }

    final String newTopic(int partitions) {
        String name = newName("topic");
        kafka().createTopic(name, partitions, Map.of());
        return name;
    }

    final KafkaProducer<byte[], byte[]> producer(String transactionalId, Object... keysAndValues) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", kafka().bootstrapServers());
        configs.put("transactional.id", transactionalId);
        configs.put("max.block.ms", 30_000);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            configs.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return new KafkaProducer<>(configs, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static ProducerRecord<byte[], byte[]> record(String topic, int partition, String value) {
        return new ProducerRecord<>(topic, partition, null, value.getBytes(UTF_8));
    }

    /** All that a read_committed consumer sees, once so many are there; fails when there are more. */
    final List<String> committed(String topic, int expectedCount) {
        return Witness.readCommitted(kafka().bootstrapServers(), topic, expectedCount).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    final KafkaConsumer<byte[], byte[]> consumer(String group, int maxPollRecords) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka().bootstrapServers(),
                        "group.id",
                        group,
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "earliest",
                        "max.poll.records",
                        maxPollRecords),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    static ConsumerGroupMetadata metadata(KafkaConsumer<?, ?> consumer) {
        var group = consumer.groupMetadata();
        return new ConsumerGroupMetadata(
                group.groupId(), group.generationId(), group.memberId(), group.groupInstanceId());
    }
}
