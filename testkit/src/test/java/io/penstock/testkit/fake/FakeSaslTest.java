package io.penstock.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.MetadataRequest;
import io.penstock.wire.message.SaslAuthenticateRequest;
import io.penstock.wire.message.SaslAuthenticateResponse;
import io.penstock.wire.message.SaslHandshakeRequest;
import io.penstock.wire.message.SaslHandshakeResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Authentication at the fake cluster: Kafka's own client gets in and is kept out as at a real one. */
@Timeout(180)
class FakeSaslTest {

    private static final int DELIVERS_MILLIS = 20_000;

    /** Of a record that must not arrive: as long as a record is waited for that has a topic. */
    private static final int GIVES_UP_MILLIS = 3_000;

    private static final SaslOptions ALL = SaslOptions.mechanisms(
                    "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER")
            .withUser("alice", "a,b=c")
            .withTokens(token -> !token.isEmpty());

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER"})
    void goodCredentials_letIn(String mechanism) throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).sasl(ALL).start();
                KafkaProducer<String, String> producer = producer(cluster, mechanism, "a,b=c")) {
            producer.send(new ProducerRecord<>("t", "in")).get();

            assertThat(cluster.records("t")).extracting(StoredRecord::valueText).containsExactly("in");
            assertThat(cluster.sasl().successCount()).isPositive();
            assertThat(cluster.sasl().failureCount()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER"})
    void badCredentials_keepOut(String mechanism) {
        try (FakeCluster cluster = FakeCluster.builder()
                        .topic("t", 1)
                        .sasl(ALL.withTokens(token -> false))
                        .start();
                KafkaProducer<String, String> producer = producer(cluster, mechanism, "wrong")) {
            assertThatThrownBy(() ->
                            producer.send(new ProducerRecord<>("t", "out")).get())
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
            assertThat(cluster.sasl().failureCount()).isPositive();
            assertThat(cluster.records("t")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(SaslLie.class)
    void lyingBroker_isNotTrustedByAGoodClient(SaslLie lie) {
        // Kafka's own client counts as many rounds as it is told to, which would take an hour.
        if (lie == SaslLie.TWO_BILLION_ITERATIONS) {
            return;
        }
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).sasl(ALL).start();
                KafkaProducer<String, String> producer = producer(cluster, "SCRAM-SHA-256", "a,b=c", GIVES_UP_MILLIS)) {
            cluster.sasl().tamper(lie);

            assertThatThrownBy(
                            () -> producer.send(new ProducerRecord<>("t", "x")).get())
                    .isInstanceOf(Exception.class);
            assertThat(cluster.records("t")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256"})
    void shortSessions_areRenewed(String mechanism) throws Exception {
        try (FakeCluster cluster = FakeCluster.builder()
                        .topic("t", 1)
                        .sasl(ALL.withSessionLifetime(Duration.ofMillis(400)))
                        .start();
                KafkaProducer<String, String> producer = producer(cluster, mechanism, "a,b=c")) {
            int sent = 0;
            while (cluster.sasl().successCount() < 5) {
                producer.send(new ProducerRecord<>("t", "v" + sent++)).get();
                Thread.sleep(20);
            }
            assertThat(cluster.records("t")).hasSize(sent);
        }
    }

    @Test
    void requestsBeforeAuthentication_costTheConnection() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().sasl(ALL).start()) {
            try (RawConnection early = new RawConnection(cluster.address(1))) {
                early.write(new MetadataRequest(), (short) 9);
                assertThat(early.isAtEnd()).isTrue();
            }
            try (RawConnection between = new RawConnection(cluster.address(1))) {
                handshake(between, "PLAIN");
                between.write(new MetadataRequest(), (short) 9);
                assertThat(between.isAtEnd()).isTrue();
            }
        }
    }

    @Test
    void refusals_areAnsweredAndThenCloseTheConnection() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder()
                .sasl(SaslOptions.mechanisms("PLAIN").withUser("alice", "secret"))
                .start()) {
            try (RawConnection unknown = new RawConnection(cluster.address(1))) {
                SaslHandshakeResponse answer = handshake(unknown, "GSSAPI");
                assertThat(ErrorCode.forCode(answer.errorCode())).isEqualTo(ErrorCode.UNSUPPORTED_SASL_MECHANISM);
                assertThat(answer.mechanisms()).containsExactly("PLAIN");
                assertThat(unknown.isAtEnd()).isTrue();
            }
            try (RawConnection wrong = new RawConnection(cluster.address(1))) {
                handshake(wrong, "PLAIN");
                SaslAuthenticateResponse answer = authenticate(wrong, "\0alice\0guess");
                assertThat(ErrorCode.forCode(answer.errorCode())).isEqualTo(ErrorCode.SASL_AUTHENTICATION_FAILED);
                assertThat(answer.errorMessage()).doesNotContain("guess").doesNotContain("secret");
                assertThat(wrong.isAtEnd()).isTrue();
            }
        }
    }

    @Test
    void session_endsAndMayNotChangeItsUser() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder()
                .sasl(SaslOptions.mechanisms("PLAIN")
                        .withUser("alice", "1")
                        .withUser("bob", "2")
                        .withSessionLifetime(Duration.ofMillis(50)))
                .start()) {
            try (RawConnection late = new RawConnection(cluster.address(1))) {
                handshake(late, "PLAIN");
                assertThat(authenticate(late, "\0alice\0001").sessionLifetimeMs())
                        .isEqualTo(50);
                Thread.sleep(60);
                late.write(new MetadataRequest(), (short) 9);
                assertThat(late.isAtEnd()).isTrue();
            }
            try (RawConnection other = new RawConnection(cluster.address(1))) {
                handshake(other, "PLAIN");
                authenticate(other, "\0alice\0001");
                handshake(other, "PLAIN");
                assertThat(authenticate(other, "\0alice\0001").errorCode()).isZero();
                handshake(other, "PLAIN");
                assertThat(ErrorCode.forCode(authenticate(other, "\0bob\0002").errorCode()))
                        .isEqualTo(ErrorCode.SASL_AUTHENTICATION_FAILED);
            }
        }
    }

    @Test
    void stalledExchange_isAFaultLikeOthers() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).sasl(ALL).start();
                KafkaProducer<String, String> producer = producer(cluster, "SCRAM-SHA-512", "a,b=c")) {
            Fault stall = cluster.fault(ApiKey.SASL_AUTHENTICATE).neverAnswer();
            Fault drop = cluster.fault(ApiKey.SASL_HANDSHAKE).after(1).dropBefore();

            producer.send(new ProducerRecord<>("t", "in")).get();

            assertThat(stall.hitCount() + drop.hitCount()).isPositive();
        }
    }

    @Test
    void options_nameNoPasswords() {
        assertThat(ALL.toString()).contains("alice").doesNotContain("a,b=c");
        assertThatThrownBy(() -> SaslOptions.mechanisms("GSSAPI")).hasMessageContaining("GSSAPI");
    }

    private static SaslHandshakeResponse handshake(RawConnection raw, String mechanism) {
        return raw.ask(new SaslHandshakeRequest().mechanism(mechanism), new SaslHandshakeResponse(), 1);
    }

    private static SaslAuthenticateResponse authenticate(RawConnection raw, String message) {
        return raw.ask(
                new SaslAuthenticateRequest().authBytes(message.getBytes(StandardCharsets.UTF_8)),
                new SaslAuthenticateResponse(),
                2);
    }

    private static KafkaProducer<String, String> producer(FakeCluster cluster, String mechanism, String password) {
        return producer(cluster, mechanism, password, DELIVERS_MILLIS);
    }

    private static KafkaProducer<String, String> producer(
            FakeCluster cluster, String mechanism, String password, int deliveryMillis) {
        String module =
                switch (mechanism) {
                    case "PLAIN" -> "plain.PlainLoginModule required username=\"alice\" password=\"" + password + "\";";
                    case "OAUTHBEARER" ->
                        "oauthbearer.OAuthBearerLoginModule required" + " unsecuredLoginStringClaim_sub=\"alice\";";
                    default -> "scram.ScramLoginModule required username=\"alice\" password=\"" + password + "\";";
                };
        List<Object> settings = new ArrayList<>(List.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                mechanism,
                "sasl.jaas.config",
                "org.apache.kafka.common.security." + module,
                "max.block.ms",
                3_000,
                "request.timeout.ms",
                1_000,
                "socket.connection.setup.timeout.ms",
                1_000,
                "delivery.timeout.ms",
                deliveryMillis));
        return ApacheProducers.create(cluster, settings.toArray());
    }
}
