package io.penstock.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.SslAuthenticationException;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.BrokerListener;
import io.penstock.testkit.EmbeddedKafka;
import io.penstock.testkit.SecurityProtocol;
import io.penstock.testkit.TestAuthority;
import io.penstock.testkit.TestIdentity;
import io.penstock.testkit.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The producer over TLS to a real broker, with every form of keys and every reason to be refused. */
class TlsBrokerIT {
    private static final String PASSWORD = "canary-store-password";
    private static final long PATIENCE_SECONDS = 60;
    private static final TestAuthority AUTHORITY = TestAuthority.create("penstock test authority");
    private static final TestAuthority STRANGER = TestAuthority.create("another authority");
    private static final Instant NOW = Instant.now();

    @TempDir
    static Path dir;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        AUTHORITY.writeTrustStore(dir.resolve("trust.p12"), "PKCS12", PASSWORD);
        AUTHORITY.writeTrustStore(dir.resolve("trust.jks"), "JKS", PASSWORD);
        TestIdentity good = AUTHORITY.identity("broker", "localhost", "127.0.0.1");
        TestIdentity expired =
                AUTHORITY.identity("broker", NOW.minus(Duration.ofDays(2)), NOW.minus(Duration.ofDays(1)), "localhost");
        TestIdentity early =
                AUTHORITY.identity("broker", NOW.plus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(2)), "localhost");
        kafka = EmbeddedKafka.builder()
                .listener(listener("GOOD", good, Map.of()))
                .listener(listener("TWELVE", good, Map.of("ssl.enabled.protocols", "TLSv1.2")))
                .listener(listener("MUTUAL", good, Map.of("ssl.client.auth", "required")))
                .listener(listener(
                        "MUTUAL12", good, Map.of("ssl.client.auth", "required", "ssl.enabled.protocols", "TLSv1.2")))
                .listener(listener("EXPIRED", expired, Map.of()))
                .listener(listener("EARLY", early, Map.of()))
                .listener(listener("ELSEWHERE", AUTHORITY.identity("broker", "kafka.example", "10.1.2.3"), Map.of()))
                .listener(listener("FOREIGN", STRANGER.identity("broker", "localhost"), Map.of()))
                .start();
        kafka.createTopic("tls", 1, Map.of());
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private static BrokerListener listener(String name, TestIdentity identity, Map<String, String> more) {
        Path keys = dir.resolve(name + ".p12");
        identity.writeStore(keys, "PKCS12", PASSWORD);
        Map<String, String> configs = new HashMap<>(more);
        configs.put("ssl.keystore.location", keys.toString());
        configs.put("ssl.keystore.password", PASSWORD);
        configs.put("ssl.keystore.type", "PKCS12");
        configs.put("ssl.truststore.location", dir.resolve("trust.p12").toString());
        configs.put("ssl.truststore.password", PASSWORD);
        configs.put("ssl.truststore.type", "PKCS12");
        return new BrokerListener(name, SecurityProtocol.SSL, configs);
    }

    @ParameterizedTest
    @CsvSource({
        "GOOD, 'TLSv1.2,TLSv1.3', TLSv1.3",
        "GOOD, TLSv1.3, TLSv1.3",
        "GOOD, TLSv1.2, TLSv1.2",
        "TWELVE, 'TLSv1.2,TLSv1.3', TLSv1.3"
    })
    void send_overEachVersionOfTls_arrives(String listener, String enabled, String protocol) throws Exception {
        sendAndRead(listener, Map.of("ssl.enabled.protocols", enabled, "ssl.protocol", protocol));
    }

    @Test
    void send_byAddressInTheCertificate_arrives() throws Exception {
        String byAddress = kafka.bootstrapServers("GOOD").replace("localhost", "127.0.0.1");
        sendAndRead("GOOD", Map.of("bootstrap.servers", byAddress));
    }

    @Test
    void send_withCipherSuites_arrives() throws Exception {
        sendAndRead("GOOD", Map.of("ssl.cipher.suites", "TLS_AES_128_GCM_SHA256"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MUTUAL", "MUTUAL12"})
    void send_withClientCertificate_inEveryFormOfStore_arrives(String listener) throws Exception {
        TestIdentity client = AUTHORITY.identity("client");
        client.writeStore(dir.resolve("client.jks"), "JKS", PASSWORD);
        client.writeStore(dir.resolve("client.p12"), "PKCS12", PASSWORD);
        client.writePem(dir.resolve("client.pem"));
        Files.writeString(dir.resolve("trust.pem"), AUTHORITY.pem(), StandardCharsets.US_ASCII);

        sendAndRead(listener, stores("JKS", "client.jks", "trust.jks"));
        sendAndRead(listener, stores("PKCS12", "client.p12", "trust.p12"));
        sendAndRead(
                listener,
                Map.of(
                        "ssl.keystore.type", "PEM",
                        "ssl.keystore.location", dir.resolve("client.pem").toString(),
                        "ssl.truststore.type", "PEM",
                        "ssl.truststore.location", dir.resolve("trust.pem").toString(),
                        "ssl.truststore.password", ""));
        sendAndRead(
                listener,
                Map.of(
                        "ssl.keystore.type", "PEM",
                        "ssl.keystore.key", client.pemKey().replace('\n', ' '),
                        "ssl.keystore.certificate.chain", client.pemChain(),
                        "ssl.truststore.type", "PEM",
                        "ssl.truststore.certificates", AUTHORITY.pem(),
                        "ssl.truststore.location", "",
                        "ssl.truststore.password", ""));
    }

    private static Map<String, String> stores(String type, String keys, String trust) {
        return Map.of(
                "ssl.keystore.type", type,
                "ssl.keystore.location", dir.resolve(keys).toString(),
                "ssl.keystore.password", PASSWORD,
                "ssl.truststore.type", type,
                "ssl.truststore.location", dir.resolve(trust).toString());
    }

    @Test
    void send_toExpiredCertificate_failsFastAndSaysWhen() {
        assertRefused(
                "EXPIRED",
                Map.of(),
                "localhost:",
                "broker's certificate",
                "CN=broker",
                "expired on " + NOW.minus(Duration.ofDays(1)).toString().substring(0, 10));
    }

    @Test
    void send_toCertificateThatIsNotYetValid_failsFastAndSaysWhen() {
        assertRefused(
                "EARLY",
                Map.of(),
                "CN=broker",
                "is not valid before " + NOW.plus(Duration.ofDays(1)).toString().substring(0, 10),
                "clock");
    }

    @Test
    void send_toAnotherHostsCertificate_failsFastAndNamesThoseInIt() {
        assertRefused("ELSEWHERE", Map.of(), "is not for the host \"localhost\"", "kafka.example", "10.1.2.3");
    }

    @Test
    void send_toAnotherHostsCertificate_withoutVerification_arrives() throws Exception {
        sendAndRead("ELSEWHERE", Map.of("ssl.endpoint.identification.algorithm", ""));
    }

    @Test
    void send_toUntrustedAuthority_failsFastAndNamesIt() {
        assertRefused("FOREIGN", Map.of(), "CN=another authority", "trust store " + dir.resolve("trust.p12"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MUTUAL", "MUTUAL12"})
    void send_withoutTheClientCertificateAskedFor_failsFastAndSaysWhatToSet(String listener) {
        assertRefused(listener, Map.of(), "client certificate", "none is configured", "ssl.keystore.location");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MUTUAL", "MUTUAL12"})
    void send_withCertificateOfAnotherAuthority_failsFastAndSaysSo(String listener) {
        STRANGER.identity("client").writeStore(dir.resolve("stranger.p12"), "PKCS12", PASSWORD);

        assertRefused(
                listener,
                stores("PKCS12", "stranger.p12", "trust.p12"),
                "client certificate",
                "none in the key store comes from an authority");
    }

    @Test
    void send_withoutCommonVersion_failsFastAndNamesTheSettings() {
        assertRefused(
                "TWELVE", Map.of("ssl.enabled.protocols", "TLSv1.3"), "protocol_version", "ssl.enabled.protocols");
    }

    private static void assertRefused(String listener, Map<String, String> more, String... words) {
        try (KafkaProducer<String, String> producer = producer(listener, more)) {
            long began = System.nanoTime();
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("tls", "k", "v"))
                            .get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(SslAuthenticationException.class)
                    .hasMessageContainingAll(words)
                    .message()
                    .doesNotContain(PASSWORD);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
        }
    }

    private static void sendAndRead(String listener, Map<String, String> more) throws Exception {
        long before = count();
        try (KafkaProducer<String, String> producer = producer(listener, more)) {
            producer.send(new ProducerRecord<>("tls", "k", "x".repeat(100_000)))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(count()).isEqualTo(before + 1);
    }

    private static long count() {
        try (TopicReader reader = TopicReader.connect(kafka.bootstrapServers())) {
            return reader.endOffsets("tls")[0];
        }
    }

    private static KafkaProducer<String, String> producer(String listener, Map<String, String> more) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", kafka.bootstrapServers(listener));
        configs.put("security.protocol", "SSL");
        configs.put("max.block.ms", "50000");
        configs.put("ssl.truststore.type", "PKCS12");
        configs.put("ssl.truststore.location", dir.resolve("trust.p12").toString());
        configs.put("ssl.truststore.password", PASSWORD);
        configs.putAll(more);
        configs.values().removeAll(List.of("")); // "" in a test's settings takes one away
        if (more.getOrDefault("ssl.endpoint.identification.algorithm", "x").isEmpty()) {
            configs.put("ssl.endpoint.identification.algorithm", "");
        }
        return new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer());
    }
}
