package io.penstock.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The embedded broker against Apache's own producer and consumer, and our reader against the same. */
class EmbeddedKafkaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.builder().autoCreateTopics(false).start();
    }

    @AfterAll
    static void stop() {
        Path directory = kafka.dataDirectory();
        kafka.close();
        kafka.close();
        assertThat(directory).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void apacheProducer_everyCodec_isReadByApacheConsumerAndByOurReader(String codec) throws Exception {
        String topic = "codec-" + codec;
        kafka.createTopic(topic, 1, Map.of());
        List<String> sent = IntStream.range(0, 500).mapToObj(i -> "line " + i).toList();

        produce(kafka, topic, sent, Map.of("compression.type", codec));

        assertThat(consume(kafka, topic, sent.size())).isEqualTo(sent);
        assertThat(readBack(kafka, topic)).isEqualTo(sent);
    }

    @Test
    void read_partOfSeveralPartitions_visitsOnlyThatPart() throws Exception {
        kafka.createTopic("parts", 3, Map.of("retention.ms", "-1"));
        produce(
                kafka,
                "parts",
                IntStream.range(0, 300).mapToObj(Integer::toString).toList(),
                Map.of());

        try (TopicReader reader = TopicReader.connect(kafka.bootstrapServers())) {
            long[] ends = reader.endOffsets("parts");
            assertThat(ends).hasSize(3);
            assertThat(ends[0] + ends[1] + ends[2]).isEqualTo(300);
            List<Long> offsets = new ArrayList<>();
            int fullest = ends[0] >= ends[1] ? 0 : 1;
            fullest = ends[2] > ends[fullest] ? 2 : fullest;
            reader.read("parts", fullest, 10, 20, (partition, record) -> offsets.add(record.offset()));
            assertThat(offsets).containsExactly(10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);
        }
    }

    @Test
    void createTopic_thatExists_saysSo() {
        kafka.createTopic("twice", 1, Map.of());

        assertThatThrownBy(() -> kafka.createTopic("twice", 1, Map.of()))
                .isInstanceOf(EmbeddedKafkaException.class)
                .hasMessageContaining("\"twice\"")
                .hasMessageContaining("TOPIC_ALREADY_EXISTS");
    }

    @Test
    void partitionCount_ofMissingTopic_isZeroAndCreatesNothing() {
        try (TopicReader reader = TopicReader.connect(kafka.bootstrapServers())) {
            assertThat(reader.partitionCount("missing")).isZero();
            assertThat(reader.endOffsets("missing")).isEmpty();
        }
    }

    @Test
    void partitionCount_ofImpossibleName_saysWhatIsPossible() {
        try (TopicReader reader = TopicReader.connect(kafka.bootstrapServers())) {
            assertThatThrownBy(() -> reader.partitionCount("a b"))
                    .isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessageContaining("\"a b\" cannot be a topic's name");
        }
    }

    @Test
    void start_onDirectoryOfEarlierCluster_findsItsRecordsAndKeepsItsId(@TempDir Path dir) throws Exception {
        Path data = dir.resolve("data");
        String id;
        try (EmbeddedKafka first = EmbeddedKafka.builder().dataDir(data).start()) {
            id = first.clusterId();
            first.createTopic("kept", 1, Map.of());
            produce(first, "kept", List.of("one", "two"), Map.of());
        }
        try (EmbeddedKafka second = EmbeddedKafka.builder().dataDir(data).start()) {
            assertThat(second.clusterId()).isEqualTo(id);
            assertThat(readBack(second, "kept")).containsExactly("one", "two");
            produce(second, "kept", List.of("three"), Map.of());
            assertThat(consume(second, "kept", 3)).containsExactly("one", "two", "three");
        }
        assertThat(data).isDirectory();
    }

    @Test
    void start_onDirectoryInUse_saysSo(@TempDir Path dir) {
        try (EmbeddedKafka first = EmbeddedKafka.builder().dataDir(dir).start()) {
            assertThat(first.bootstrapServers()).startsWith("127.0.0.1:");
            assertThatThrownBy(() -> EmbeddedKafka.builder().dataDir(dir).start())
                    .isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessageContaining(dir.toString())
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void start_onFile_saysSo(@TempDir Path dir) throws Exception {
        Path file = Files.writeString(dir.resolve("file"), "x");

        assertThatThrownBy(() -> EmbeddedKafka.builder().dataDir(file).start())
                .isInstanceOf(EmbeddedKafkaException.class)
                .hasMessageContaining("not a directory");
        assertThatThrownBy(() ->
                        EmbeddedKafka.builder().dataDir(file.resolve("below")).start())
                .isInstanceOf(EmbeddedKafkaException.class)
                .hasMessageContaining(file.resolve("below").toString());
    }

    @Test
    void start_withBadBrokerSetting_saysSoAndLeavesNothing() {
        assertThatThrownBy(() ->
                        EmbeddedKafka.builder().config("num.io.threads", "none").start())
                .hasMessageContaining("num.io.threads");
    }

    @Test
    void threeBrokers_replicateEveryPartition() throws Exception {
        try (EmbeddedKafka three = EmbeddedKafka.builder().brokers(3).start()) {
            assertThat(three.bootstrapServers().split(",")).hasSize(3);
            three.createTopic("replicated", 6, Map.of());
            List<String> sent =
                    IntStream.range(0, 60).mapToObj(Integer::toString).toList();
            produce(three, "replicated", sent, Map.of("acks", "all"));
            assertThat(readBack(three, "replicated")).containsExactlyInAnyOrderElementsOf(sent);
        }
    }

    @Test
    void builder_outOfRange_throws() {
        assertThatThrownBy(() -> EmbeddedKafka.builder().brokers(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 brokers");
    }

    private static void produce(EmbeddedKafka cluster, String topic, List<String> values, Map<String, Object> more)
            throws Exception {
        Map<String, Object> configs = new java.util.HashMap<>(more);
        configs.put("bootstrap.servers", cluster.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> futures = new ArrayList<>();
            for (String value : values) {
                futures.add(producer.send(new ProducerRecord<>(topic, value)));
            }
            for (Future<RecordMetadata> future : futures) {
                future.get();
            }
        }
    }

    private static List<String> consume(EmbeddedKafka cluster, String topic, int count) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (values.size() < count && System.nanoTime() - deadline < 0) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }

    private static List<String> readBack(EmbeddedKafka cluster, String topic) {
        List<String> values = new ArrayList<>();
        try (TopicReader reader = TopicReader.connect(cluster.bootstrapServers())) {
            long[] ends = reader.endOffsets(topic);
            for (int p = 0; p < ends.length; p++) {
                reader.read(
                        topic,
                        p,
                        0,
                        ends[p],
                        (partition, record) -> values.add(
                                StandardCharsets.UTF_8.decode(record.value()).toString()));
            }
        }
        return values;
    }
}
