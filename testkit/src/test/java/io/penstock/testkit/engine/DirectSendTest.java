package io.penstock.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.SerializationException;
import io.penstock.producer.Headers;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import io.penstock.serialization.DirectSerializer;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.StoredRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys and values that never were arrays, as the cluster holds them. */
@Timeout(180)
class DirectSendTest {

    private static final long SEED = 20_261_122L;
    private static final int PARTITIONS = 7;

    private final Random random = new Random(SEED);

    private String text(int maxLength) {
        int alphabet = random.nextInt(3) == 0 ? 0x10000 : 0x80;
        return random.ints(random.nextInt(maxLength), 0, alphabet)
                .collect(StringBuilder::new, (text, c) -> text.append((char) c), StringBuilder::append)
                .toString();
    }

    @Test
    void text_ofAnyKind_liesWhereApachesWouldWithTheSameBytes() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", PARTITIONS).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster, "linger.ms", 5)) {
            List<String> values = new ArrayList<>();
            List<Integer> partitions = new ArrayList<>();
            List<Future<RecordMetadata>> futures = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                String key = text(40);
                String value = text(i % 50 == 0 ? 20_000 : 300);
                values.add(new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
                partitions.add(BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), PARTITIONS));
                futures.add(producer.send(new ProducerRecord<>("t", key, value)));
            }
            producer.flush();

            for (int i = 0; i < futures.size(); i++) {
                RecordMetadata metadata = futures.get(i).get(60, TimeUnit.SECONDS);
                assertThat(metadata.partition())
                        .as("record %d, seed %d", i, SEED)
                        .isEqualTo(partitions.get(i));
                StoredRecord stored = cluster.records("t", metadata.partition()).get((int) metadata.offset());
                assertThat(stored.valueText()).as("record %d, seed %d", i, SEED).isEqualTo(values.get(i));
                assertThat(stored.value()).hasSize(metadata.serializedValueSize());
            }
        }
    }

    /** The text, but a byte more or less of it where the first letter says so; or a record within the record. */
    private static final class Odd implements DirectSerializer<String> {

        final AtomicReference<KafkaProducer<String, String>> producer = new AtomicReference<>();

        @Override
        public int sizeOf(String topic, Headers headers, String data) {
            return data.length() + (data.startsWith("+") ? 1 : data.startsWith("-") ? -1 : 0);
        }

        @Override
        public void write(String topic, Headers headers, String data, ByteBuffer target) {
            if (data.startsWith("within ")) {
                producer.get().send(new ProducerRecord<>(topic, 0, "k", data.substring("within ".length())));
            }
            target.put(data.getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void serializerThatLies_failsItsRecordAlone() throws Exception {
        Odd odd = new Odd();
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", cluster.bootstrapServers(), "linger.ms", 50),
                        new StringSerializer(),
                        odd)) {
            odd.producer.set(producer);
            producer.send(new ProducerRecord<>("t", 0, "k", "first"));
            for (String lie : List.of("+more", "-less")) {
                assertThatThrownBy(() -> producer.send(new ProducerRecord<>("t", 0, "k", lie)))
                        .as("thrown, as Kafka's producer throws it")
                        .isInstanceOf(SerializationException.class)
                        .hasMessageContaining("said " + (lie.startsWith("+") ? 6 : 4) + " bytes and wrote");
            }
            producer.send(new ProducerRecord<>("t", 0, "k", "within inner"));
            producer.send(new ProducerRecord<>("t", 0, "k", "last")).get(60, TimeUnit.SECONDS);

            assertThat(cluster.records("t", 0))
                    .extracting(StoredRecord::valueText)
                    .containsExactly("first", "inner", "within inner", "last");
        }
    }
}
