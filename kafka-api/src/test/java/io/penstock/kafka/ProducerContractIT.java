package io.penstock.kafka;

import static io.penstock.kafka.Awaited.TIMEOUT_SECONDS;
import static io.penstock.kafka.Awaited.causeOf;
import static io.penstock.kafka.Awaited.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.testkit.EmbeddedKafka;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One list of expectations, of Apache's producer and of Penstock behind the same interface, against one real broker. */
class ProducerContractIT {

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.builder().autoCreateTopics(false).start();
        for (Side side : Side.values()) {
            kafka.createTopic("three-" + side, 3, Map.of());
            kafka.createTopic("appended-" + side, 1, Map.of("message.timestamp.type", "LogAppendTime"));
        }
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @BeforeEach
    void forget() {
        Plugins.SEEN.clear();
    }

    private static Producer<String, String> strings(Side side, Object... keysAndValues) {
        return side.strings(kafka.bootstrapServers(), keysAndValues);
    }

    private static Producer<String, String> withPlugins(Side side) {
        return Plugins.producer(side, kafka.bootstrapServers());
    }

    @ParameterizedTest
    @EnumSource
    void send_tellsWhereTheRecordLies(Side side) throws Exception {
        try (Producer<String, String> producer = strings(side)) {
            Heard heard = new Heard();
            RecordMetadata first = get(producer.send(new ProducerRecord<>("three-" + side, 1, 1234L, "key", "value")));
            RecordMetadata next = get(producer.send(
                    new ProducerRecord<>("three-" + side, 1, 1235L, (String) null, (String) null), heard));
            assertThat(first.topic()).isEqualTo("three-" + side);
            assertThat(first.partition()).isEqualTo(1);
            assertThat(first.timestamp()).isEqualTo(1234);
            assertThat(first.serializedKeySize()).isEqualTo(3);
            assertThat(first.serializedValueSize()).isEqualTo(5);
            assertThat(first.hasOffset() && first.hasTimestamp()).isTrue();
            assertThat(next.offset()).isEqualTo(first.offset() + 1);
            assertThat(next.serializedKeySize()).isEqualTo(-1);
            assertThat(next.serializedValueSize()).isEqualTo(-1);
            assertThat(next).hasToString("three-" + side + "-1@" + next.offset());
            assertThat(heard.metadata.get()).hasToString(next.toString());
            assertThat(heard.exception.get()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void send_toATopicWithTheBrokersTime_tellsIt(Side side) throws Exception {
        try (Producer<String, String> producer = strings(side)) {
            assertThat(get(producer.send(new ProducerRecord<>("appended-" + side, null, 1L, "k", "v")))
                            .timestamp())
                    .isGreaterThan(1_000_000_000_000L);
        }
    }

    /** Whoever waits for the future sees what the callback did. */
    @ParameterizedTest
    @EnumSource
    void future_isDoneAfterItsCallbackHasRun_andCannotBeCancelled(Side side) throws Exception {
        try (Producer<String, String> producer = strings(side)) {
            AtomicReference<Future<RecordMetadata>> own = new AtomicReference<>();
            CompletableFuture<Boolean> doneInCallback = new CompletableFuture<>();
            CompletableFuture<Void> sent = new CompletableFuture<>();
            own.set(producer.send(new ProducerRecord<>("three-" + side, "v"), (metadata, exception) -> {
                sent.join();
                doneInCallback.complete(own.get().isDone());
            }));
            sent.complete(null);
            assertThat(own.get().cancel(true)).isFalse();
            get(own.get());
            assertThat(doneInCallback).isCompletedWithValue(false);
            Future<RecordMetadata> plain = producer.send(new ProducerRecord<>("three-" + side, "v"));
            assertThat(plain.cancel(true)).isFalse();
            assertThat(plain.isCancelled()).isFalse();
            assertThat(get(plain).hasOffset()).isTrue();
            assertThat(plain.isDone()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void plugins_areCalledInThisOrder(Side side) throws Exception {
        Producer<String, String> producer = withPlugins(side);
        ProducerRecord<String, String> record = new ProducerRecord<>("three-" + side, "k", "v");
        try (producer) {
            get(producer.send(record, (metadata, exception) -> Plugins.SEEN.add("callback " + metadata.partition())));
        }
        assertThat(Plugins.SEEN.subList(0, 13))
                .containsExactly(
                        "partitioner configure me",
                        "key configure me kept",
                        "value configure me kept",
                        "first configure me",
                        "second configure me",
                        "first onSend v",
                        "second onSend v+first",
                        "key serialize k",
                        "value serialize v+first+second",
                        "partition k 1 v+first+second of 3 true 1 leader 0",
                        "first onAcknowledgement ok three-" + side + "-2 read-only",
                        "second onAcknowledgement ok three-" + side + "-2 read-only",
                        "callback 2");
        assertThat(Plugins.SEEN.subList(13, Plugins.SEEN.size()))
                .containsExactlyInAnyOrder(
                        "first close", "second close", "key close", "value close", "partitioner close");
    }

    @ParameterizedTest
    @EnumSource
    void headers_ofUserInterceptorsAndSerializers_arrive_andAreReadOnlyAfterwards(Side side) throws Exception {
        ProducerRecord<String, String> record = new ProducerRecord<>("three-" + side, "headers", "v");
        record.headers().add("own", "x".getBytes(StandardCharsets.UTF_8)).add("empty", null);
        try (Producer<String, String> producer = withPlugins(side)) {
            RecordMetadata metadata = get(producer.send(record));
            List<String> names = new ArrayList<>();
            read(metadata).headers().forEach(header -> names.add(header.key()));
            assertThat(names).containsExactly("own", "empty", "first", "second", "key-type", "value-type");
        }
        try (Producer<String, String> plain = strings(side)) {
            ProducerRecord<String, String> sent = new ProducerRecord<>("three-" + side, "v");
            assertThat(get(plain.send(sent)).hasOffset()).isTrue();
            assertThatThrownBy(() -> sent.headers().add("late", null)).isInstanceOf(IllegalStateException.class);
        }
    }

    private static ConsumerRecord<String, String> read(RecordMetadata metadata) {
        Map<String, Object> configs =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "enable.metrics.push", false);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(configs, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(metadata.topic(), metadata.partition());
            consumer.assign(List.of(partition));
            consumer.seek(partition, metadata.offset());
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    return record;
                }
            }
        }
        throw new AssertionError("nothing at " + metadata);
    }

    @ParameterizedTest
    @EnumSource
    void interceptor_thatThrows_isPassedOver(Side side) throws Exception {
        try (Producer<String, String> producer = withPlugins(side)) {
            RecordMetadata metadata = get(producer.send(new ProducerRecord<>("three-" + side, "k", "first throws")));
            assertThat(read(metadata).value()).isEqualTo("first throws+second");
        }
    }

    @ParameterizedTest
    @EnumSource
    @SuppressWarnings({"unchecked", "rawtypes"})
    void serializer_ofAnotherType_throws_andOnlyInterceptorsHear(Side side) {
        try (Producer<String, String> producer = withPlugins(side)) {
            Heard heard = new Heard();
            Plugins.SEEN.clear();
            Producer<Object, Object> wrong = (Producer) producer;
            assertThatThrownBy(() -> wrong.send(new ProducerRecord<>("three-" + side, 5, "x"), heard))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("java.lang.Integer")
                    .hasMessageContaining(Plugins.Text.class.getName())
                    .hasMessageContaining("key.serializer")
                    .hasCauseInstanceOf(ClassCastException.class);
            assertThat(heard.calls).isZero();
            assertThat(Plugins.SEEN)
                    .contains(
                            "first onAcknowledgement SerializationException three-" + side + "--1 read-only",
                            "second onAcknowledgement SerializationException three-" + side + "--1 read-only");
        }
    }

    @ParameterizedTest
    @EnumSource
    void serializerAndPartitioner_thatThrow_throwTheirOwn(Side side) {
        try (Producer<String, String> producer = withPlugins(side)) {
            Heard heard = new Heard();
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("three-" + side, "runtime", "x"), heard))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a serializer's own");
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("three-" + side, "throws", "x"), heard))
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("a partitioner's own");
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("three-" + side, "negative", "x"), heard))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("-1");
            assertThat(heard.calls).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void serializer_thatThrowsAnApiException_failsTheRecord_callbackFirst(Side side) {
        try (Producer<String, String> producer = withPlugins(side)) {
            Plugins.SEEN.clear();
            Future<RecordMetadata> future = producer.send(
                    new ProducerRecord<>("three-" + side, 1, "api", "x"),
                    (metadata, exception) -> Plugins.SEEN.add("callback " + metadata.partition() + " "
                            + metadata.hasOffset() + " " + exception.getMessage()));
            assertThat(causeOf(future))
                    .isExactlyInstanceOf(TopicAuthorizationException.class)
                    .hasMessage("a registry's no");
            assertThat(Plugins.SEEN)
                    .endsWith(
                            "callback 1 false a registry's no",
                            "first onAcknowledgement TopicAuthorizationException three-" + side + "-1 read-only",
                            "second onAcknowledgement TopicAuthorizationException three-" + side + "-1 read-only");
        }
    }

    @ParameterizedTest
    @EnumSource
    void record_thatIsTooLarge_failsThroughFutureAndCallback(Side side) {
        try (Producer<String, String> producer = strings(side, "max.request.size", 2_000)) {
            Heard heard = new Heard();
            Future<RecordMetadata> future =
                    producer.send(new ProducerRecord<>("three-" + side, 2, null, "x".repeat(3_000)), heard);
            assertThat(future.isDone()).isTrue();
            assertThat(causeOf(future))
                    .isExactlyInstanceOf(RecordTooLargeException.class)
                    .hasMessageContaining("max.request.size")
                    .hasMessageContaining("30"); // the size, about
            assertThat(heard.calls).isEqualTo(1);
            assertThat(heard.exception.get()).isInstanceOf(RecordTooLargeException.class);
            assertThat(heard.metadata.get().partition()).isEqualTo(2);
            assertThat(heard.metadata.get().offset()).isEqualTo(-1);
            assertThat(heard.metadata.get().timestamp()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void topicOrPartition_thatIsNotThere_failsThroughFutureAndCallback(Side side) throws Exception {
        try (Producer<String, String> producer = strings(side, "max.block.ms", 300)) {
            // Of a topic that there is it must know; on a slow machine that takes longer than it waits for those that
            // there are not.
            Await.until(
                    () -> "a topic that is there",
                    Duration.ofSeconds(TIMEOUT_SECONDS),
                    () -> catchThrowable(() -> producer.partitionsFor("three-" + side)) == null);
            Heard heard = new Heard();
            assertThat(causeOf(producer.send(new ProducerRecord<>("nowhere", "x"), heard)))
                    .isExactlyInstanceOf(TimeoutException.class)
                    .hasMessageContaining("Topic nowhere not present in metadata after 300 ms");
            assertThat(heard.exception.get()).isInstanceOf(TimeoutException.class);
            assertThat(heard.metadata.get().topic()).isEqualTo("nowhere");
            assertThat(heard.metadata.get().partition()).isEqualTo(RecordMetadata.UNKNOWN_PARTITION);
            assertThat(causeOf(producer.send(new ProducerRecord<>("three-" + side, 7, null, "x"), heard)))
                    .isExactlyInstanceOf(TimeoutException.class)
                    .hasMessageContaining("Partition 7 of topic three-" + side)
                    .hasMessageContaining("300 ms");
            assertThat(heard.metadata.get().partition()).isEqualTo(7);
            assertThatThrownBy(() -> producer.partitionsFor("nowhere")).isExactlyInstanceOf(TimeoutException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void topicName_thatIsNone_fails(Side side) {
        try (Producer<String, String> producer = strings(side, "max.block.ms", 60_000)) {
            assertThat(causeOf(producer.send(new ProducerRecord<>("not a topic!", "x"))))
                    .isExactlyInstanceOf(InvalidTopicException.class)
                    .hasMessageContaining("not a topic!");
            assertThatThrownBy(() -> producer.partitionsFor("not a topic!"))
                    .isExactlyInstanceOf(InvalidTopicException.class);
            assertThatThrownBy(() -> producer.partitionsFor(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> producer.send(null)).isInstanceOf(NullPointerException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void interrupt_endsASendThatWaits(Side side) {
        try (Producer<String, String> producer = strings(side, "max.block.ms", 60_000)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("nowhere", "x")))
                    .isExactlyInstanceOf(InterruptException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void partitionsFor_tellsAllOfATopic(Side side) {
        try (Producer<String, String> producer = strings(side)) {
            assertThat(producer.partitionsFor("three-" + side)).hasSize(3).allSatisfy(partition -> {
                assertThat(partition.leader().id()).isZero();
                assertThat(partition.leader().port()).isPositive();
                assertThat(partition.replicas()).hasSize(1);
                assertThat(partition.inSyncReplicas()).hasSize(1);
                assertThat(partition.offlineReplicas()).isEmpty();
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void transactionalCalls_withoutAnId_areMisuse(Side side) {
        try (Producer<String, String> producer = strings(side)) {
            assertThatThrownBy(producer::initTransactions).isExactlyInstanceOf(IllegalStateException.class);
            assertThatThrownBy(producer::beginTransaction).isExactlyInstanceOf(IllegalStateException.class);
            assertThatThrownBy(producer::commitTransaction).isExactlyInstanceOf(IllegalStateException.class);
            assertThatThrownBy(producer::abortTransaction).isExactlyInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> producer.sendOffsetsToTransaction(Map.of(), null))
                    .isExactlyInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> producer.clientInstanceId(Duration.ofSeconds(1)))
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("enable.metrics.push");
        }
    }

    @ParameterizedTest
    @EnumSource
    void serializersGiven_areNotConfigured_butClosed(Side side) throws Exception {
        Map<String, Object> configs = Side.configs(kafka.bootstrapServers());
        try (Producer<String, ByteBuffer> producer = side.create(
                configs, new Plugins.Text(), new org.apache.kafka.common.serialization.ByteBufferSerializer())) {
            get(producer.send(new ProducerRecord<>("three-" + side, "k", ByteBuffer.wrap(new byte[5]))));
        }
        assertThat(Plugins.SEEN).containsExactly("given serialize k", "given close");
    }
}
