package io.penstock.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.errors.SslAuthenticationException;
import io.penstock.errors.TimeoutException;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.DiscardingBroker;
import io.penstock.testkit.TestAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers that do not keep to TLS, and listeners of the wrong kind; each costs its connection and says what it was. */
class HostileTlsTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final char[] PASSWORD = {};

    /** With peers that do nothing. */
    private static final Map<String, Object> IMPATIENT =
            Map.of("socket.connection.setup.timeout.ms", "1500", "socket.connection.setup.timeout.max.ms", "1500");

    /** What a peer does with one connection; it is closed afterwards. */
    private interface Manners {
        void treat(Socket client) throws IOException, GeneralSecurityException;
    }

    /** To whom records are sent, and how, until one fails of what is expected. */
    private interface Meeting {
        void send(Sending sending) throws Exception;
    }

    /** What is done with a producer. */
    private interface Sending {
        void by(KafkaProducer<String, String> producer) throws Exception;
    }

    /**
     * Where the record fails only when its {@code max.block.ms} are over: all of them wait at the same time, so on a slow machine some
     * do not come as far as the mishap by then, and send another.
     */
    private enum Slow {
        NEVER_ANSWERS(
                sending -> sendTo(
                        client -> client.getInputStream().transferTo(OutputStream.nullOutputStream()),
                        IMPATIENT,
                        sending),
                "did not answer the TLS handshake",
                "socket.connection.setup.timeout.ms"),
        STALLS_IN_THE_HANDSHAKE(
                sending -> sendTo(
                        client -> {
                            client.getOutputStream().write(new byte[] {22, 3, 3, 0, 90, 2, 0});
                            client.getInputStream().transferTo(OutputStream.nullOutputStream());
                        },
                        IMPATIENT,
                        sending),
                "did not finish the TLS handshake",
                "socket.connection.setup.timeout.ms"),
        /** It may speak plaintext. */
        CLOSES_AT_ONCE(
                sending -> sendTo(client -> client.getInputStream().read(), Map.of(), sending),
                "the TLS handshake",
                "connection"),
        CUT_WITHOUT_CLOSE_NOTIFY(
                sending -> sendTo(
                        client -> handshaken(client).getInputStream().read(new byte[1 << 14]), Map.of(), sending),
                "close_notify"),
        CUT_IN_THE_MIDDLE_OF_A_FRAME(
                sending -> sendTo(
                        client -> {
                            SSLSocket tls = handshaken(client);
                            tls.getInputStream().read(new byte[1 << 14]);
                            tls.getOutputStream().write(new byte[] {0, 0, 1, 0, 0, 0});
                            tls.getOutputStream().flush();
                        },
                        Map.of(),
                        sending),
                "close_notify",
                "in the middle of a response",
                "2 of 256 bytes"),
        PLAINTEXT_TO_TLS_LISTENER(
                sending -> sendTo(HostileTlsTest::handshaken, Map.of("security.protocol", "PLAINTEXT"), sending),
                "looks like TLS",
                "security.protocol"),
        TLS_TO_PLAINTEXT_BROKER(
                sending -> {
                    try (DiscardingBroker broker = DiscardingBroker.start()) {
                        sendTo(Integer.parseInt(broker.bootstrapServers().split(":")[1]), IMPATIENT, sending);
                    }
                },
                "TLS handshake",
                "socket.connection.setup.timeout.ms");

        private final Meeting meeting;
        private final String[] words;

        Slow(Meeting meeting, String... words) {
            this.meeting = meeting;
            this.words = words;
        }
    }

    /** What became of each. */
    private static final Map<Slow, CompletableFuture<Void>> ENDS = new EnumMap<>(Slow.class);

    @BeforeAll
    static void sendToAll() {
        for (Slow slow : Slow.values()) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            ENDS.put(slow, end);
            Peer.start(() -> {
                try {
                    slow.meeting.send(producer -> failsOf(producer, slow.words));
                    end.complete(null);
                } catch (Throwable e) {
                    end.completeExceptionally(e);
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Slow.class)
    void send_whenTheHandshakeComesToNothing_timesOutAndSaysWhy(Slow slow) {
        assertThat(ENDS.get(slow)).succeedsWithin(Duration.ofMinutes(2));
    }

    @Test
    void send_toPeerThatIsNotTls_failsFast() {
        assertFailsFast(
                client -> {
                    client.getInputStream().read(new byte[1 << 14]);
                    client.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                },
                "is not TLS but \"HTTP/1.1 400 Bad Request\"",
                "security.protocol");
    }

    @Test
    void send_toPeerThatSpeaksPlainKafka_failsFast() {
        assertFailsFast(
                client -> {
                    client.getInputStream().read(new byte[1 << 14]);
                    client.getOutputStream().write(new byte[] {0, 0, 0, 8, 0, 0, 0, 1, 0, 35, 0, 0});
                },
                "is not TLS",
                "PLAINTEXT");
    }

    private static void assertFailsFast(Manners manners, String... words) {
        assertThatThrownBy(() -> sendTo(manners, Map.of("max.block.ms", "60000"), HostileTlsTest::send))
                .cause()
                .isInstanceOf(SslAuthenticationException.class)
                .hasMessageContainingAll(words);
    }

    private static void failsOf(KafkaProducer<String, String> producer, String... words) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        Throwable failure;
        do {
            failure = catchThrowable(() -> send(producer)).getCause();
            assertThat(failure).isInstanceOf(TimeoutException.class);
        } while (!Arrays.stream(words).allMatch(failure.getMessage()::contains) && System.nanoTime() - deadline < 0);
        assertThat(failure).hasMessageContainingAll(words);
    }

    private static void sendTo(Manners manners, Map<String, Object> more, Sending sending) throws Exception {
        try (Peer peer = new Peer(manners)) {
            sendTo(peer.port(), more, sending);
        }
    }

    private static void sendTo(int port, Map<String, Object> more, Sending sending) throws Exception {
        try (KafkaProducer<String, String> producer = producer(port, more)) {
            sending.by(producer);
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
        configs.put("max.block.ms", "5000");
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
