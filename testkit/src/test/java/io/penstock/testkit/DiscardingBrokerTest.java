package io.penstock.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import io.penstock.serialization.ByteArraySerializer;
import io.penstock.serialization.StringSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What benchmarks are run against must acknowledge everything, whoever sends. */
class DiscardingBrokerTest {

    private static final int COUNT = 10_000;

    @Test
    void bothProducers_areAcknowledged() throws Exception {
        try (DiscardingBroker broker = DiscardingBroker.start()) {
            acknowledgesBoth(broker, Map.of("bootstrap.servers", broker.bootstrapServers()));
        }
    }

    @Test
    void bothProducers_areAcknowledgedWithTls() throws Exception {
        TestAuthority authority = TestAuthority.create("authority");
        try (DiscardingBroker broker = DiscardingBroker.start(authority)) {
            acknowledgesBoth(
                    broker,
                    Map.of(
                            "bootstrap.servers",
                            broker.bootstrapServers(),
                            "security.protocol",
                            "SSL",
                            "ssl.truststore.type",
                            "PEM",
                            "ssl.truststore.certificates",
                            authority.pem()));
        }
    }

    /** More than the buffer for what was decrypted begins with. */
    @Test
    void oneLargeRecord_withTls_isTakenWhole() throws Exception {
        TestAuthority authority = TestAuthority.create("authority");
        int size = 6 * 1024 * 1024;
        try (DiscardingBroker broker = DiscardingBroker.start(authority);
                var producer = new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                broker.bootstrapServers(),
                                "max.request.size",
                                2 * size,
                                "security.protocol",
                                "SSL",
                                "ssl.truststore.type",
                                "PEM",
                                "ssl.truststore.certificates",
                                authority.pem()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("topic", new byte[size])).get(60, TimeUnit.SECONDS);
            assertThat(broker.discardedBytes()).isGreaterThan(size);
        }
    }

    private static void acknowledgesBoth(DiscardingBroker broker, Map<String, Object> config) throws Exception {
        List<CompletableFuture<RecordMetadata>> futures = new ArrayList<>();
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < COUNT; i++) {
                futures.add(producer.send(new ProducerRecord<>("topic-16", "value " + i)));
            }
            for (CompletableFuture<RecordMetadata> future : futures) {
                assertThat(future.get(60, TimeUnit.SECONDS).partition()).isBetween(0, 15);
            }
            assertThat(producer.partitionsFor("topic-16")).hasSize(16);
        }
        long ours = broker.discardedBytes();
        assertThat(ours).isGreaterThan(COUNT * 10L);
        try (var apache = new org.apache.kafka.clients.producer.KafkaProducer<>(
                config,
                new org.apache.kafka.common.serialization.StringSerializer(),
                new org.apache.kafka.common.serialization.StringSerializer())) {
            assertThat(apache.send(new org.apache.kafka.clients.producer.ProducerRecord<>("topic-16", "v"))
                            .get(60, TimeUnit.SECONDS)
                            .topic())
                    .isEqualTo("topic-16");
        }
        assertThat(broker.discardedBytes()).isGreaterThan(ours);
    }
}
