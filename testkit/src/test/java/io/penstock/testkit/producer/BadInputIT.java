package io.penstock.testkit.producer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.errors.BootstrapResolutionException;
import io.penstock.errors.BufferExhaustedException;
import io.penstock.errors.InterruptException;
import io.penstock.errors.InvalidTopicException;
import io.penstock.errors.KafkaException;
import io.penstock.errors.RecordOutcome;
import io.penstock.errors.RecordTooLargeException;
import io.penstock.errors.SerializationException;
import io.penstock.errors.TimeoutException;
import io.penstock.producer.Delivery;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerInterceptor;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.EmbeddedKafka;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What users do wrong, and what the world does wrong to them: each a message with the values and what to do. */
class BadInputIT {

    private static final int TIMEOUT_SECONDS = 60;
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.builder().autoCreateTopics(false).start();
        kafka.createTopic("three", 3, Map.of());
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    private static KafkaProducer<String, String> producer(String bootstrap, Object... keysAndValues) {
        Map<String, Object> configs = new HashMap<>(Map.of("bootstrap.servers", bootstrap, "max.block.ms", 60_000));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            configs.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer());
    }

    private static Throwable failureOf(CompletableFuture<?> future) throws Exception {
        try {
            future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            throw new AssertionError("The record was acknowledged");
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    @Test
    void send_toAnUnreachableServer_failsWithinMaxBlockNamingIt() throws Exception {
        int freePort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            freePort = socket.getLocalPort();
        }
        try (var producer = producer("127.0.0.1:" + freePort, "max.block.ms", 1_000)) {
            AtomicReference<Exception> told = new AtomicReference<>();
            Throwable failure = failureOf(producer.send(new ProducerRecord<>("t", "v"), (m, e) -> told.set(e)));
            assertThat(failure)
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("Topic t ")
                    .hasMessageContaining("1000 ms")
                    .hasMessageContaining("127.0.0.1:" + freePort);
            assertThat(((KafkaException) failure).outcome()).isEqualTo(RecordOutcome.NOT_WRITTEN);
            assertThat(told.get()).isSameAs(failure);
        }
    }

    @Test
    void send_toAnUnknownHost_failsSoonNamingIt() throws Exception {
        try (var producer = producer("no-such-host.invalid:9092")) {
            assertThat(failureOf(producer.send(new ProducerRecord<>("t", "v"))))
                    .isInstanceOf(BootstrapResolutionException.class)
                    .hasMessageContaining("no-such-host.invalid:9092");
        }
    }

    @Test
    void send_toAnHttpServer_saysSo() throws Exception {
        assertFailsOf("HTTP", "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
    }

    @Test
    void send_toATlsPort_saysSo() throws Exception {
        assertFailsOf("TLS", new byte[] {0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x46});
    }

    private static void assertFailsOf(String word, byte[] greeting) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answer(server, greeting));
            answering.setDaemon(true);
            answering.start();
            try (var producer = producer("127.0.0.1:" + server.getLocalPort(), "max.block.ms", 1_000)) {
                assertFailsOf(word, producer, new ProducerRecord<>("t", "v"));
            }
        }
    }

    /** Sent again while the machine is too slow for the server's answer to come within {@code max.block.ms}. */
    private static void assertFailsOf(
            String word, KafkaProducer<String, String> producer, ProducerRecord<String, String> record)
            throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        Throwable failure;
        do {
            failure = failureOf(producer.send(record));
            assertThat(failure).isInstanceOf(TimeoutException.class).hasMessageContaining(record.topic());
        } while (!failure.getMessage().contains(word) && System.nanoTime() - deadline < 0);
        assertThat(failure).hasMessageContaining(word);
    }

    private static void answer(ServerSocket server, byte[] greeting) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept();
                    OutputStream out = socket.getOutputStream()) {
                socket.getInputStream().read();
                out.write(greeting);
                out.flush();
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                // the client hung up, or the test is over
            }
        }
    }

    @Test
    void send_toATopicThatDoesNotExist_failsWithinMaxBlock() throws Exception {
        try (var producer = producer(kafka.bootstrapServers(), "max.block.ms", 1_000)) {
            assertFailsOf("Create it", producer, new ProducerRecord<>("absent", "v"));
        }
    }

    @Test
    void send_toAnInvalidTopicName_failsAtOnce() throws Exception {
        try (var producer = producer(kafka.bootstrapServers())) {
            assertThat(failureOf(producer.send(new ProducerRecord<>("not a topic!", "v"))))
                    .isInstanceOf(InvalidTopicException.class)
                    .hasMessageContaining("not a topic!");
        }
    }

    @Test
    void send_toAPartitionThatDoesNotExist_failsWithTheirNumber() throws Exception {
        try (var producer = producer(kafka.bootstrapServers(), "max.block.ms", 1_000)) {
            assertFailsOf(
                    "Partition 7 of topic three is not present in metadata after 1000 ms: the topic has 3 partitions",
                    producer,
                    new ProducerRecord<>("three", 7, "k", "v"));
        }
    }

    @Test
    void send_ofAnOversizedRecord_failsWithBothSizesAndNothingElseIsHeldUp() throws Exception {
        try (var producer = producer(kafka.bootstrapServers(), "max.request.size", 10_000)) {
            assertThat(failureOf(producer.send(new ProducerRecord<>("three", "x".repeat(20_000)))))
                    .isInstanceOf(RecordTooLargeException.class)
                    .hasMessageContaining("max.request.size=10000")
                    .hasMessageContaining("20");
            assertThat(producer.send(new ProducerRecord<>("three", "small"))
                            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                            .hasOffset())
                    .isTrue();
        }
        try (var producer = producer(kafka.bootstrapServers(), "buffer.memory", 65_536)) {
            assertThat(failureOf(producer.send(new ProducerRecord<>("three", "x".repeat(70_000)))))
                    .isInstanceOf(RecordTooLargeException.class)
                    .hasMessageContaining("buffer.memory=65536");
        }
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void send_ofAWrongType_throwsNamingClassAndSerializer() {
        try (KafkaProducer producer = producer(kafka.bootstrapServers())) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord("three", 42)))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("java.lang.Integer")
                    .hasMessageContaining("StringSerializer");
        }
    }

    @Test
    void send_afterClose_throws() {
        var producer = producer(kafka.bootstrapServers());
        producer.close();
        producer.close();
        assertThatThrownBy(() -> producer.send(new ProducerRecord<>("three", "v")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> producer.sendAsync(new ProducerRecord<>("three", "v")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> producer.partitionsFor("three")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void send_byAnInterruptedThread_throwsInterruptException() {
        try (var producer = producer(kafka.bootstrapServers())) {
            Thread.currentThread().interrupt();
            Throwable failure = catchThrowable(() -> producer.send(new ProducerRecord<>("absent", "v")));
            assertThat(Thread.interrupted())
                    .as("the flag is set again, as in Kafka")
                    .isTrue();
            assertThat(failure).isInstanceOf(InterruptException.class).hasMessageContaining("absent");
        }
    }

    @Test
    void flushAndClose_insideACallback_doNotDeadlock() throws Exception {
        var producer = producer(kafka.bootstrapServers());
        CompletableFuture<Throwable> flushed = new CompletableFuture<>();
        CountDownLatch closed = new CountDownLatch(1);
        producer.send(new ProducerRecord<>("three", "v"), (metadata, failure) -> {
            flushed.complete(catchThrowable(producer::flush));
            producer.close();
            closed.countDown();
        });
        assertThat(flushed.get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("callback");
        assertThat(closed.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void sendAsync_withoutACluster_neverBlocksAndFailsWhatWaits() throws Exception {
        int freePort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            freePort = socket.getLocalPort();
        }
        try (var producer = producer("127.0.0.1:" + freePort, "buffer.memory", 160_000, "max.block.ms", 2_000)) {
            List<Delivery> deliveries = new ArrayList<>();
            long began = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                deliveries.add(producer.sendAsync(new ProducerRecord<>("t", "x".repeat(1_000))));
            }
            boolean ended = deliveries.get(0).admitted().isDone();
            assertThat(ended && System.nanoTime() - began < TimeUnit.SECONDS.toNanos(2))
                    .as("ended before its time")
                    .isFalse();
            Throwable full = failureOf(deliveries.get(19).delivered());
            assertThat(full).isInstanceOf(BufferExhaustedException.class).hasMessageContaining("waiting line is full");
            assertThat(failureOf(deliveries.get(0).delivered()))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("127.0.0.1:" + freePort);
            assertThat(failureOf(deliveries.get(0).admitted())).isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void sendAsync_beforeTheTopicIsKnown_keepsTheOrderAndASendBehindIt() throws Exception {
        kafka.createTopic("async", 1, Map.of());
        try (var producer = producer(kafka.bootstrapServers())) {
            List<CompletableFuture<RecordMetadata>> futures = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                ProducerRecord<String, String> record = new ProducerRecord<>("async", "v" + i);
                futures.add(
                        i % 10 == 9
                                ? producer.send(record)
                                : producer.sendAsync(record).delivered());
            }
            for (int i = 0; i < futures.size(); i++) {
                assertThat(futures.get(i).get(TIMEOUT_SECONDS, TimeUnit.SECONDS).offset())
                        .isEqualTo(i);
            }
        }
    }

    /** Sees what the chain does; throws where a user's might. */
    public static final class ThrowingInterceptor implements ProducerInterceptor<String, String> {

        static final ConcurrentLinkedQueue<String> SEEN = new ConcurrentLinkedQueue<>();

        @Override
        public ProducerRecord<String, String> onSend(ProducerRecord<String, String> record) {
            throw new IllegalStateException("an interceptor's own mistake");
        }

        @Override
        public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
            SEEN.add(metadata.topic() + ":"
                    + (exception == null ? "ok" : exception.getClass().getSimpleName()));
            throw new IllegalStateException("an interceptor's own mistake");
        }

        @Override
        public void configure(Map<String, ?> configs) {}

        @Override
        public void close() {}
    }

    @Test
    void interceptors_thatThrow_harmNothingAndHearOfEveryFailure() throws Exception {
        ThrowingInterceptor.SEEN.clear();
        try (var producer = producer(
                kafka.bootstrapServers(),
                "interceptor.classes",
                ThrowingInterceptor.class.getName(),
                "max.request.size",
                5_000)) {
            producer.send(new ProducerRecord<>("three", "v")).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            failureOf(producer.send(new ProducerRecord<>("three", "x".repeat(6_000))));
            failureOf(producer.send(new ProducerRecord<>("not a topic!", "v")));
        }
        assertThat(ThrowingInterceptor.SEEN)
                .as("in no order: a future completes before its callback runs, on another thread than the refusals")
                .containsExactlyInAnyOrder(
                        "three:ok", "three:RecordTooLargeException", "not a topic!:InvalidTopicException");
    }
}
