package io.penstock.testkit.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerConfig;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordHeaders;
import io.penstock.producer.RecordMetadata;
import io.penstock.serialization.ByteArraySerializer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records through the whole producer into a real Kafka broker, of any release with -Pversions, read back with Apache's consumer. */
class RealBrokerIT {

    private static final int TIMEOUT_SECONDS = 60;
    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static TestBroker kafka;

    @BeforeAll
    static void startBroker() {
        kafka = TestBroker.start(Map.of("message.max.bytes", "2097152"));
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    private static String newTopic(int partitions, Map<String, String> configs) {
        String name = "topic-" + TOPICS.incrementAndGet();
        kafka.createTopic(name, partitions, configs);
        return name;
    }

    private static KafkaProducer<byte[], byte[]> producer(Object... keysAndValues) {
        Map<String, Object> configs = new HashMap<>();
        configs.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        for (int i = 0; i < keysAndValues.length; i += 2) {
            configs.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return new KafkaProducer<>(configs, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @ParameterizedTest
    @CsvSource({
        "none, all",
        "none, 1",
        "none, 0",
        "gzip, all",
        "gzip, 1",
        "gzip, 0",
        "snappy, all",
        "snappy, 1",
        "snappy, 0",
        "lz4, all",
        "lz4, 1",
        "lz4, 0",
        "zstd, all",
        "zstd, 1",
        "zstd, 0"
    })
    void everyShape_withEveryCodecAndAcks_arrivesUnchangedAndInOrder(String codec, String acks) throws Exception {
        String topic = newTopic(1, Map.of());
        List<ProducerRecord<byte[], byte[]>> sent = shapes(topic);
        List<CompletableFuture<RecordMetadata>> futures = new ArrayList<>();
        try (var producer = producer("compression.type", codec, "acks", acks, "max.request.size", 2097152)) {
            for (ProducerRecord<byte[], byte[]> record : sent) {
                futures.add(producer.send(record));
            }
        }
        List<ConsumerRecord<byte[], byte[]>> read = Witness.read(kafka.bootstrapServers(), topic, sent.size());
        for (int i = 0; i < sent.size(); i++) {
            assertSame(sent.get(i), read.get(i));
            RecordMetadata metadata = futures.get(i).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            assertThat(metadata.hasOffset()).isEqualTo(!acks.equals("0"));
            assertThat(metadata.offset()).isEqualTo(acks.equals("0") ? -1 : i);
            assertThat(metadata.timestamp()).isEqualTo(read.get(i).timestamp());
            assertThat(metadata.serializedKeySize()).isEqualTo(read.get(i).serializedKeySize());
            assertThat(metadata.serializedValueSize()).isEqualTo(read.get(i).serializedValueSize());
        }
    }

    @Test
    void severalLoops_writeEachPartitionOnceAndInOrder() throws Exception {
        int partitions = 7;
        int count = 200 * partitions;
        String topic = newTopic(partitions, Map.of());
        List<CompletableFuture<RecordMetadata>> futures = new ArrayList<>();
        try (var producer = producer("sender.threads", 3, "batch.size", 400, "compression.type", "lz4")) {
            for (int i = 0; i < count; i++) {
                futures.add(producer.send(new ProducerRecord<>(topic, i % partitions, null, bytes("" + i))));
            }
        }
        int[] next = new int[partitions];
        for (ConsumerRecord<byte[], byte[]> read : Witness.read(kafka.bootstrapServers(), topic, count)) {
            int number = read.partition() + partitions * next[read.partition()]++;
            assertThat(new String(read.value(), UTF_8)).isEqualTo("" + number);
            assertThat(futures.get(number)
                            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                            .offset())
                    .isEqualTo(read.offset());
        }
    }

    private static List<ProducerRecord<byte[], byte[]>> shapes(String topic) {
        byte[] large = new byte[1024 * 1024];
        new Random(1).nextBytes(large);
        byte[] repetitive = new byte[1024 * 1024];
        Arrays.fill(repetitive, (byte) 'x');
        RecordHeaders headers = new RecordHeaders();
        headers.add("plain", bytes("1"))
                .add("plain", bytes("2"))
                .add("null", null)
                .add("ünicode", new byte[0]);
        List<ProducerRecord<byte[], byte[]>> shapes = new ArrayList<>();
        shapes.add(new ProducerRecord<>(topic, bytes("key"), bytes("value")));
        shapes.add(new ProducerRecord<>(topic, null, bytes("null key")));
        shapes.add(new ProducerRecord<>(topic, bytes("null value"), null));
        shapes.add(new ProducerRecord<>(topic, null, null));
        shapes.add(new ProducerRecord<>(topic, new byte[0], new byte[0]));
        shapes.add(new ProducerRecord<>(topic, 0, 0L, bytes("at the beginning of time"), bytes("v")));
        shapes.add(new ProducerRecord<>(topic, 0, 1_700_000_000_000L, bytes("timestamp"), bytes("v"), headers));
        shapes.add(new ProducerRecord<>(topic, null, large));
        shapes.add(new ProducerRecord<>(topic, bytes("repetitive"), repetitive));
        for (int i = 0; i < 500; i++) {
            shapes.add(new ProducerRecord<>(topic, bytes("k" + i), bytes("small value number " + i)));
        }
        return shapes;
    }

    private static void assertSame(ProducerRecord<byte[], byte[]> sent, ConsumerRecord<byte[], byte[]> read) {
        assertThat(read.key()).isEqualTo(sent.key());
        assertThat(read.value()).isEqualTo(sent.value());
        if (sent.timestamp() != null) {
            assertThat(read.timestamp()).isEqualTo(sent.timestamp());
        }
        assertThat(read.timestampType()).isEqualTo(TimestampType.CREATE_TIME);
        List<String> sentHeaders = new ArrayList<>();
        sent.headers().forEach(header -> sentHeaders.add(header.key() + Arrays.toString(header.value())));
        List<String> readHeaders = new ArrayList<>();
        for (Header header : read.headers()) {
            readHeaders.add(header.key() + Arrays.toString(header.value()));
        }
        assertThat(readHeaders).isEqualTo(sentHeaders);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64})
    void eightThreadsOnOneProducer_loseNothingAndKeepEachThreadsOrder(int partitionCount) throws Exception {
        String topic = newTopic(partitionCount, Map.of());
        int threadCount = 8;
        int each = 5_000;
        Map<Integer, List<Long>> callbackOffsets = new ConcurrentHashMap<>();
        AtomicInteger failures = new AtomicInteger();
        try (var producer = producer("linger.ms", 1)) {
            CountDownLatch done = new CountDownLatch(threadCount);
            for (int t = 0; t < threadCount; t++) {
                String thread = "thread-" + t;
                new Thread(() -> {
                            for (int i = 0; i < each; i++) {
                                producer.send(
                                        new ProducerRecord<>(topic, bytes(thread), bytes(thread + ":" + i)),
                                        (metadata, failure) -> {
                                            if (failure != null) {
                                                failures.incrementAndGet();
                                            } else {
                                                callbackOffsets
                                                        .computeIfAbsent(metadata.partition(), p -> new ArrayList<>())
                                                        .add(metadata.offset());
                                            }
                                        });
                            }
                            done.countDown();
                        })
                        .start();
            }
            assertThat(done.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
            producer.flush();
            assertThat(callbackOffsets.values().stream().mapToInt(List::size).sum())
                    .as("flush returns after all callbacks")
                    .isEqualTo(threadCount * each);
        }
        assertThat(failures).hasValue(0);
        callbackOffsets
                .values()
                .forEach(offsets -> assertThat(offsets).isSorted().doesNotHaveDuplicates());

        Map<String, Integer> next = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                Witness.read(kafka.bootstrapServers(), topic, threadCount * each)) {
            String thread = new String(record.key(), UTF_8);
            int expected = next.merge(thread, 1, Integer::sum) - 1;
            assertThat(new String(record.value(), UTF_8)).isEqualTo(thread + ":" + expected);
        }
    }

    @Test
    void recordsWithoutKey_spreadOverAllPartitions() {
        String topic = newTopic(8, Map.of());
        try (var producer = producer("batch.size", 1000, "linger.ms", 0)) {
            for (int i = 0; i < 5_000; i++) {
                producer.send(new ProducerRecord<>(topic, null, bytes("a value of some forty bytes, number " + i)));
                if (i % 100 == 99) {
                    producer.flush(); // while nothing is taken, the stays with a partition grow and are soon too few
                }
            }
        }
        var partitions = new java.util.TreeSet<Integer>();
        Witness.read(kafka.bootstrapServers(), topic, 5_000).forEach(record -> partitions.add(record.partition()));
        assertThat(partitions).hasSize(8);
    }

    @Test
    void logAppendTimeTopic_tellsTheBrokersTime() throws Exception {
        String topic = newTopic(1, Map.of("message.timestamp.type", "LogAppendTime"));
        try (var producer = producer()) {
            RecordMetadata metadata = producer.send(new ProducerRecord<>(topic, 0, 1L, null, bytes("v")))
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            var read = Witness.read(kafka.bootstrapServers(), topic, 1).get(0);
            assertThat(read.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
            assertThat(metadata.timestamp()).isEqualTo(read.timestamp()).isGreaterThan(1L);
        }
    }

    @Test
    void batchTooLargeForTheTopic_isSplitAndArrivesInOrder() throws Exception {
        String topic = newTopic(1, Map.of("max.message.bytes", "20000"));
        int count = 2_000;
        List<CompletableFuture<RecordMetadata>> futures = new ArrayList<>();
        try (var producer = producer("batch.size", 200_000, "linger.ms", 50)) {
            for (int i = 0; i < count; i++) {
                futures.add(producer.send(new ProducerRecord<>(topic, bytes("k"), bytes("some value number " + i))));
            }
        }
        List<ConsumerRecord<byte[], byte[]>> read = Witness.read(kafka.bootstrapServers(), topic, count);
        for (int i = 0; i < count; i++) {
            assertThat(new String(read.get(i).value(), UTF_8)).isEqualTo("some value number " + i);
            assertThat(futures.get(i).get(TIMEOUT_SECONDS, TimeUnit.SECONDS).offset())
                    .isEqualTo(i);
        }
    }

    @Test
    void nonIdempotentAndIdempotent_sameTopicTwoProducers_bothWork() throws Exception {
        String topic = newTopic(2, Map.of());
        try (var first = producer("enable.idempotence", false);
                var second = producer("max.in.flight.requests.per.connection", 1)) {
            for (int i = 0; i < 100; i++) {
                first.send(new ProducerRecord<>(topic, bytes("a" + i), bytes("1")));
                second.send(new ProducerRecord<>(topic, bytes("b" + i), bytes("2")));
            }
        }
        Witness.read(kafka.bootstrapServers(), topic, 200);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
