package io.penstock.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.testkit.TestAuthority;
import io.penstock.testkit.TestIdentity;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TLS at the fake cluster: Kafka's own client gets in and is kept out as at a real one. */
@Timeout(180)
class FakeTlsTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestIdentity BROKERS = AUTHORITY.identity("broker", "localhost", "127.0.0.1");

    @Test
    void largeRecords_arriveWhole() throws Exception {
        String value = "x".repeat(700_000);
        try (FakeCluster cluster =
                        FakeCluster.builder().topic("t", 1).tls(BROKERS).start();
                KafkaProducer<String, String> producer = producer(cluster, Map.of())) {
            producer.send(new ProducerRecord<>("t", value)).get();
            producer.send(new ProducerRecord<>("t", "small")).get();

            assertThat(cluster.records("t")).extracting(StoredRecord::valueText).containsExactly(value, "small");
        }
    }

    @Test
    void clientCertificate_isAskedFor() throws Exception {
        TestIdentity client = AUTHORITY.identity("client");
        try (FakeCluster cluster = FakeCluster.builder()
                        .topic("t", 1)
                        .tls(BROKERS, AUTHORITY)
                        .start();
                KafkaProducer<String, String> stranger = producer(cluster, Map.of());
                KafkaProducer<String, String> known = producer(
                        cluster,
                        Map.of(
                                "ssl.keystore.type", "PEM",
                                "ssl.keystore.key", client.pemKey(),
                                "ssl.keystore.certificate.chain", client.pemChain()))) {
            known.send(new ProducerRecord<>("t", "in")).get();
            assertThatThrownBy(() ->
                            stranger.send(new ProducerRecord<>("t", "out")).get())
                    .hasCauseInstanceOf(SslAuthenticationException.class);
            assertThat(cluster.records("t")).hasSize(1);
        }
    }

    private static KafkaProducer<String, String> producer(FakeCluster cluster, Map<String, Object> more) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", cluster.bootstrapServers());
        configs.put("security.protocol", "SSL");
        configs.put("ssl.truststore.type", "PEM");
        configs.put("ssl.truststore.certificates", AUTHORITY.pem());
        configs.putAll(more);
        return new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer());
    }
}
