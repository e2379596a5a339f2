package io.penstock.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.TestAuthority;
import io.penstock.testkit.TestIdentity;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What producer and server agree on, as the server sees it; the server would take any suite of the JVM's. */
@Timeout(180)
class CipherSuitesTest {

    private static final int ANSWER_MILLIS = 30_000;
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestIdentity BROKER = AUTHORITY.identity("broker", "localhost");

    /** A setting that is read and ignored shows in at least one of two suites of the same version. */
    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLS_AES_128_GCM_SHA256",
        "TLSv1.3, TLS_AES_256_GCM_SHA384",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
    })
    void handshake_withOneCipherSuiteSet_usesThatOne(String protocol, String suite) throws Exception {
        SSLSession agreed = handshake(Map.of("ssl.cipher.suites", suite, "ssl.enabled.protocols", protocol));

        assertThat(agreed.getCipherSuite()).isEqualTo(suite);
        assertThat(agreed.getProtocol()).isEqualTo(protocol);
    }

    /** The server's side of a connection that a producer makes with these settings. */
    private static SSLSession handshake(Map<String, Object> more) throws Exception {
        try (SSLServerSocket server = (SSLServerSocket) TlsServerContext.of(BROKER.key(), BROKER.chain(), List.of())
                        .getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getByName("localhost"));
                KafkaProducer<String, String> producer = producer(server.getLocalPort(), more)) {
            server.setSoTimeout(ANSWER_MILLIS);
            producer.sendAsync(new ProducerRecord<>("t", "v"));
            try (SSLSocket client = (SSLSocket) server.accept()) {
                client.setSoTimeout(ANSWER_MILLIS);
                client.startHandshake();
                return client.getSession();
            } finally {
                producer.close(Duration.ZERO);
            }
        }
    }

    private static KafkaProducer<String, String> producer(int port, Map<String, Object> more) {
        Map<String, Object> configs = new HashMap<>(more);
        configs.put("bootstrap.servers", "localhost:" + port);
        configs.put("security.protocol", "SSL");
        configs.put("ssl.truststore.type", "PEM");
        configs.put("ssl.truststore.certificates", AUTHORITY.pem());
        return new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer());
    }
}
