package io.penstock.testkit.tls;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.SslAuthenticationException;
import io.penstock.errors.TimeoutException;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.DiscardingBroker;
import io.penstock.testkit.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** Peers that do not keep to TLS, and listeners of the wrong kind; each costs its connection and says what it was. */
class HostileTlsTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final char[] PASSWORD = {};

    /** What a peer does with one connection; it is closed afterwards. */
    private interface Manners {
        void treat(Socket client) throws IOException, GeneralSecurityException;
    }

    @Test
    void send_toPeerThatNeverAnswersTheHandshake_timesOut() throws Exception {
        assertTimesOut(
                client -> client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream()),
                "did not answer the TLS handshake",
                "socket.connection.setup.timeout.ms");
    }

    @Test
    void send_toPeerThatStallsInTheHandshake_timesOut() throws Exception {
        assertTimesOut(
                client -> {
                    client.getOutputStream().write(new byte[] {22, 3, 3, 0, 90, 2, 0});
                    client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
                },
                "did not finish the TLS handshake",
                "socket.connection.setup.timeout.ms");
    }

    @Test
    void send_toPeerThatClosesAtOnce_saysThatItMayBePlaintext() throws Exception {
        assertTimesOut(client -> client.getInputStream().read(), "the TLS handshake", "connection");
    }

    @Test
    void send_toPeerThatIsNotTls_failsFast() throws Exception {
        assertFails(
                client -> {
                    client.getInputStream().read(new byte[1 << 14]);
                    client.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                },
                SslAuthenticationException.class,
                "is not TLS but \"HTTP/1.1 400 Bad Request\"",
                "security.protocol");
    }

    @Test
    void send_toPeerThatSpeaksPlainKafka_failsFast() throws Exception {
        assertFails(
                client -> {
                    client.getInputStream().read(new byte[1 << 14]);
                    client.getOutputStream().write(new byte[] {0, 0, 0, 8, 0, 0, 0, 1, 0, 35, 0, 0});
                },
                SslAuthenticationException.class,
                "is not TLS",
                "PLAINTEXT");
    }

    @Test
    void send_whenTheConnectionIsCutWithoutCloseNotify_saysSo() throws Exception {
        assertTimesOut(
                client -> {
                    SSLSocket tls = handshaken(client);
                    tls.getInputStream().read(new byte[1 << 14]);
                },
                "close_notify");
    }

    @Test
    void send_whenTheConnectionIsCutInTheMiddleOfAFrame_saysHowFarItCame() throws Exception {
        assertTimesOut(
                client -> {
                    SSLSocket tls = handshaken(client);
                    tls.getInputStream().read(new byte[1 << 14]);
                    tls.getOutputStream().write(new byte[] {0, 0, 1, 0, 0, 0});
                    tls.getOutputStream().flush();
                },
                "close_notify",
                "in the middle of a response",
                "2 of 256 bytes");
    }

    @Test
    void send_overPlaintextToTlsListener_saysWhatToSet() throws Exception {
        try (Peer peer = new Peer(client -> handshaken(client));
                KafkaProducer<String, String> producer =
                        producer(peer.port(), Map.of("security.protocol", "PLAINTEXT"))) {
            assertThatThrownBy(() -> send(producer))
                    .cause()
                    .hasMessageContainingAll("looks like TLS", "security.protocol");
        }
    }

    @Test
    void send_overTlsToPlaintextBroker_names() throws Exception {
        try (DiscardingBroker broker = DiscardingBroker.start();
                KafkaProducer<String, String> producer =
                        producer(Integer.parseInt(broker.bootstrapServers().split(":")[1]), Map.of())) {
            assertThatThrownBy(() -> send(producer))
                    .cause()
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContainingAll("TLS handshake", "socket.connection.setup.timeout.ms");
        }
    }

    private static void assertTimesOut(Manners manners, String... words) throws IOException {
        assertFails(manners, TimeoutException.class, words);
    }

    private static void assertFails(Manners manners, Class<? extends Throwable> kind, String... words)
            throws IOException {
        try (Peer peer = new Peer(manners);
                KafkaProducer<String, String> producer = producer(peer.port(), Map.of())) {
            assertThatThrownBy(() -> send(producer)).cause().isInstanceOf(kind).hasMessageContainingAll(words);
        }
    }

    private static void send(KafkaProducer<String, String> producer) throws Exception {
        producer.send(new ProducerRecord<>("t", "v")).get(60, TimeUnit.SECONDS);
    }

    private static KafkaProducer<String, String> producer(int port, Map<String, Object> more) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", "localhost:" + port);
        configs.put("security.protocol", "SSL");
        configs.put("ssl.truststore.type", "PEM");
        configs.put("ssl.truststore.certificates", AUTHORITY.pem());
        configs.put("socket.connection.setup.timeout.ms", "1500");
        configs.put("socket.connection.setup.timeout.max.ms", "1500");
        configs.put("max.block.ms", "6000");
        configs.put("reconnect.backoff.max.ms", "200");
        configs.putAll(more);
        return new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer());
    }

    /** The server's side of TLS over this socket, which a close of the socket ends without close_notify. */
    private static SSLSocket handshaken(Socket client) throws IOException, GeneralSecurityException {
        var identity = AUTHORITY.identity("broker", "localhost");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("a", identity.key(), PASSWORD, identity.chain().toArray(new Certificate[0]));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(client, null, false);
        tls.setUseClientMode(false);
        tls.startHandshake();
        return tls;
    }

    /** Listens on loopback and treats every client the same, one after the other on a thread each. */
    private static final class Peer implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
        private final Manners manners;

        Peer(Manners manners) throws IOException {
            this.manners = manners;
            start(this::accept);
        }

        int port() {
            return server.getLocalPort();
        }

        private void accept() {
            try {
                while (true) {
                    Socket client = server.accept();
                    start(() -> serve(client));
                }
            } catch (IOException e) {
                // closed
            }
        }

        private void serve(Socket client) {
            try (client) {
                manners.treat(client);
            } catch (IOException | GeneralSecurityException e) {
                // the client has gone, or found out
            }
        }

        private static void start(Runnable body) {
            Thread thread = new Thread(body, "hostile-peer");
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
