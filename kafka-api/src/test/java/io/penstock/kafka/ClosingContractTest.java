package io.penstock.kafka;

import static io.penstock.kafka.Awaited.TIMEOUT_SECONDS;
import static io.penstock.kafka.Awaited.causeOf;
import static io.penstock.kafka.Awaited.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.testkit.fake.FakeCluster;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How both producers end, and what they do afterwards and inside callbacks, in the same way. */
class ClosingContractTest {

    private static FakeCluster cluster;

    @BeforeAll
    static void startCluster() {
        cluster = FakeCluster.builder().topic("t", 3).start();
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void forget() {
        Plugins.SEEN.clear();
    }

    private static Producer<String, String> strings(Side side, Object... keysAndValues) {
        return side.strings(cluster.bootstrapServers(), keysAndValues);
    }

    /** A serializer that hears of the cluster and cannot be closed. */
    public static class Stubborn extends Plugins.Text implements ClusterResourceListener {
        @Override
        public void onUpdate(ClusterResource resource) {
            Plugins.SEEN.add("cluster " + resource.clusterId());
        }

        @Override
        public void close() {
            super.close();
            throw new IllegalStateException("a serializer that stays");
        }
    }

    @ParameterizedTest
    @EnumSource
    void close_refusesWhatComesAfter(Side side) {
        Producer<String, String> producer = strings(side);
        assertThatThrownBy(() -> producer.close(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
        producer.close();
        producer.close();
        producer.close(Duration.ZERO);
        producer.flush();
        Heard heard = new Heard();
        assertThatThrownBy(() -> producer.send(new ProducerRecord<>("t", "x"), heard))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(heard.calls).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void close_withoutTime_failsWhatIsNotSent(Side side) {
        Producer<String, String> producer = strings(side, "linger.ms", 60_000);
        Heard heard = new Heard();
        Future<RecordMetadata> future = producer.send(new ProducerRecord<>("t", 0, null, "x"), heard);
        producer.close(Duration.ZERO);
        assertThat(causeOf(future)).isExactlyInstanceOf(KafkaException.class);
        assertThat(heard.exception.get()).isExactlyInstanceOf(KafkaException.class);
        assertThat(heard.metadata.get().partition()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void close_withTime_sendsWhatIsBuffered(Side side) throws Exception {
        Producer<String, String> producer = strings(side, "linger.ms", 60_000);
        Future<RecordMetadata> future = producer.send(new ProducerRecord<>("t", "x"));
        producer.close();
        assertThat(future.isDone()).isTrue();
        assertThat(get(future).hasOffset()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void callback_mayNotFlush_mayCloseAndSend_andWhatItThrowsGoesNoFurther(Side side) throws Exception {
        Producer<String, String> producer = strings(side);
        CompletableFuture<Throwable> flushed = new CompletableFuture<>();
        get(producer.send(
                new ProducerRecord<>("t", "x"),
                (metadata, exception) -> flushed.complete(catchThrowable(producer::flush))));
        assertThat(flushed.get(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isExactlyInstanceOf(KafkaException.class);
        assertThat(get(producer.send(new ProducerRecord<>("t", "x"), (metadata, exception) -> {
                            throw new IllegalStateException("on purpose");
                        }))
                        .hasOffset())
                .isTrue();
        CompletableFuture<Future<RecordMetadata>> inner = new CompletableFuture<>();
        producer.send(
                new ProducerRecord<>("t", "x"),
                (metadata, exception) -> inner.complete(producer.send(new ProducerRecord<>("t", "y"))));
        assertThat(get(inner.get(TIMEOUT_SECONDS, TimeUnit.SECONDS)).hasOffset())
                .isTrue();
        producer.close();
    }

    @ParameterizedTest
    @EnumSource
    void close_whenASerializerThrows_closesTheRest_andThenThrowsTheFirst(Side side) throws Exception {
        Producer<String, String> producer = Plugins.producer(
                side, cluster.bootstrapServers(), "key.serializer", Stubborn.class, "value.serializer", Stubborn.class);
        get(producer.send(new ProducerRecord<>("t", "k", "v")));
        assertThatThrownBy(() -> producer.close(Duration.ofSeconds(TIMEOUT_SECONDS)))
                .isExactlyInstanceOf(KafkaException.class)
                .hasMessage("Failed to close kafka producer")
                .hasRootCauseMessage("a serializer that stays");
        assertThat(Plugins.SEEN)
                .contains("cluster " + cluster.clusterId())
                .contains("first close", "second close", "key close", "value close", "partitioner close");
    }

    @ParameterizedTest
    @EnumSource
    void metrics_afterClose_areThereStill(Side side) throws Exception {
        Producer<String, String> producer = strings(side, "client.id", "gone");
        get(producer.send(new ProducerRecord<>("t", "v")));
        producer.close();
        assertThat(producer.metrics().keySet())
                .extracting(MetricName::name)
                .contains("record-send-total", "request-latency-avg");
    }

    @ParameterizedTest
    @EnumSource
    void nulls_areRefusedAtTheCall(Side side) {
        try (Producer<String, String> producer = strings(side)) {
            assertThatThrownBy(() -> producer.send(null, (metadata, exception) -> {}))
                    .isExactlyInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> producer.partitionsFor(null)).isExactlyInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> producer.close(null)).isExactlyInstanceOf(NullPointerException.class);
        }
        Map<String, Object> nothing = null;
        assertThatThrownBy(() -> side.create(nothing, new StringSerializer(), new StringSerializer()))
                .isExactlyInstanceOf(NullPointerException.class);
    }
}
