package io.penstock.testkit.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.errors.SaslAuthenticationException;
import io.penstock.errors.SslAuthenticationException;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.BrokerListener;
import io.penstock.testkit.EmbeddedKafka;
import io.penstock.testkit.SecurityProtocol;
import io.penstock.testkit.TestAuthority;
import io.penstock.testkit.TestIdentity;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real broker that wants TLS and SASL on one connection, with sessions that end while records flow; and what its metrics say of it. */
class SaslOverTlsIT {

    private static final int TIMEOUT_SECONDS = 60;
    private static final String MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule";
    private static final TestAuthority AUTHORITY = TestAuthority.create("penstock test authority");
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startBroker() throws Exception {
        TestIdentity broker = AUTHORITY.identity("broker", "localhost", "127.0.0.1");
        Map<String, String> configs = new HashMap<>();
        configs.put("sasl.enabled.mechanisms", "PLAIN");
        configs.put("plain.sasl.jaas.config", MODULE + " required user_alice=\"right\";");
        configs.put("plain.connections.max.reauth.ms", "1500");
        configs.put("ssl.keystore.type", "PEM");
        configs.put("ssl.keystore.key", broker.pemKey());
        configs.put("ssl.keystore.certificate.chain", broker.pemChain());
        kafka = EmbeddedKafka.builder()
                .config("connection.failed.authentication.delay.ms", "10")
                .listener(new BrokerListener("BOTH", SecurityProtocol.SASL_SSL, configs))
                .start();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void send_acrossSessionsThatEnd_losesNothing() throws Exception {
        long began = System.nanoTime();
        int sent = 0;
        try (var producer = producer("right", AUTHORITY)) {
            Future<RecordMetadata> last;
            do {
                last = producer.send(new ProducerRecord<>("both", 0, null, "v" + sent));
                assertThat(last.get(TIMEOUT_SECONDS, TimeUnit.SECONDS).offset()).isEqualTo(sent);
                sent++;
                // A session that the broker ends for being late is followed by one on a new connection.
                assertThat(System.nanoTime() - began)
                        .as("time for a renewal")
                        .isLessThan(TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS));
            } while (System.nanoTime() - began < TimeUnit.SECONDS.toNanos(4)
                    || metric(producer, "successful-reauthentication-total") == 0);
            assertThat(metric(producer, "successful-authentication-total")).isPositive();
            assertThat(metric(producer, "reauthentication-latency-max")).isPositive();
            assertThat(metric(producer, "failed-authentication-total")).isZero();
        }
        assertThat(sent).isGreaterThan(1);
    }

    @Test
    void send_withAWrongPassword_isRefusedBySasl() {
        try (var producer = producer("wrong", AUTHORITY)) {
            assertThat(refusal(producer))
                    .isInstanceOf(SaslAuthenticationException.class)
                    .hasMessageContaining("PLAIN")
                    .hasMessageNotContaining("wrong\"");
            assertThat(metric(producer, "failed-authentication-total")).isPositive();
            assertThat(metric(producer, "successful-authentication-total")).isZero();
        }
    }

    @Test
    void send_toABrokerOfAnotherAuthority_isRefusedBeforeThePasswordIsSent() {
        try (var producer = producer("right", TestAuthority.create("another authority"))) {
            assertThat(refusal(producer)).isInstanceOf(SslAuthenticationException.class);
            assertThat(metric(producer, "failed-authentication-total")).isPositive();
        }
    }

    private static Throwable refusal(KafkaProducer<String, String> producer) {
        Throwable thrown = catchThrowable(
                () -> producer.send(new ProducerRecord<>("refused", "v")).get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
        return thrown instanceof ExecutionException ? thrown.getCause() : thrown;
    }

    private static double metric(KafkaProducer<?, ?> producer, String name) {
        return producer.metrics().entrySet().stream()
                .filter(each -> each.getKey().name().equals(name))
                .mapToDouble(each -> (double) each.getValue().metricValue())
                .sum();
    }

    private static KafkaProducer<String, String> producer(String password, TestAuthority trusted) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", kafka.bootstrapServers("BOTH"));
        configs.put("security.protocol", "SASL_SSL");
        configs.put("sasl.mechanism", "PLAIN");
        configs.put("sasl.jaas.config", MODULE + " required username=\"alice\" password=\"" + password + "\";");
        configs.put("ssl.truststore.type", "PEM");
        configs.put("ssl.truststore.certificates", trusted.pem());
        configs.put("linger.ms", 0);
        return new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer());
    }
}
