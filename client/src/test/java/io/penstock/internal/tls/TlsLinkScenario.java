package io.penstock.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.internal.config.ProducerSettings;
import io.penstock.internal.loop.Mailbox;
import io.penstock.internal.network.Link;
import io.penstock.internal.network.LinkListener;
import io.penstock.internal.network.VirtualLink;
import io.penstock.internal.network.VirtualTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One TLS link over a virtual one, stepped by the test, with the JDK's own engine as the other side. */
abstract class TlsLinkScenario implements LinkListener {

    private static final byte[] BROKER_ADDRESS = {10, 0, 0, 1};
    static final int MANY_TURNS = 10_000;

    @TempDir
    static Path dir;

    static Path keys;

    private final Mailbox mailbox = new Mailbox();
    final ArrayDeque<Runnable> elsewhere = new ArrayDeque<>();
    final VirtualTransport below = new VirtualTransport();
    final List<String> heard = new ArrayList<>();
    final ByteBuffer target = ByteBuffer.allocateDirect(64 << 10);
    TlsTransport transport;
    IOException failure = new IOException("none");

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = TlsServer.newKeyStore(dir.resolve("keys.p12"), "dns:broker.example,dns:broker,ip:10.0.0.1");
    }

    @BeforeEach
    void start() {
        ProducerSettings settings = ProducerSettings.from(
                Map.of(
                        "bootstrap.servers", "broker:9093",
                        "security.protocol", "SSL",
                        "ssl.truststore.type", "PKCS12",
                        "ssl.truststore.location", keys.toString(),
                        "ssl.truststore.password", TlsServer.PASSWORD),
                true,
                true);
        transport = new TlsTransport(below, mailbox, elsewhere::add, EngineSources.from(settings.tls()));
    }

    @Override
    public void onConnected() {
        heard.add("connected");
    }

    @Override
    public void onConnectFailed(IOException cause) {
        heard.add("failed");
        failure = cause;
    }

    @Override
    public void onReadable() {
        heard.add("readable");
    }

    @Override
    public void onWritable() {
        heard.add("writable");
    }

    Link connect(String host) throws IOException {
        return transport.connect(new InetSocketAddress(InetAddress.getByAddress(host, BROKER_ADDRESS), 9093), this);
    }

    /** What runs elsewhere, and what comes back of it. */
    void work() {
        for (Runnable task = elsewhere.poll(); task != null; task = elsewhere.poll()) {
            task.run();
            mailbox.drain(0, 100);
        }
    }

    /** Back and forth until nobody has anything to say. */
    void talk(VirtualLink wire, TlsServer server) throws IOException {
        for (int turn = 0; turn < MANY_TURNS; turn++) {
            work();
            byte[] said = wire.takeWritten();
            byte[] answer = server.exchange(said);
            if (answer.length > 0) {
                wire.receive(answer);
            }
            if (said.length == 0 && answer.length == 0 && elsewhere.isEmpty()) {
                return;
            }
        }
        throw new AssertionError("the two do not come to an end");
    }

    TlsServer open(Link link, String... protocols) throws Exception {
        assertThat(link).isNotNull();
        TlsServer server = new TlsServer(keys, protocols.length == 0 ? new String[] {"TLSv1.3"} : protocols);
        below.last().connected();
        talk(below.last(), server);
        assertThat(heard).first().isEqualTo("connected");
        while (!below.last().inbound.isEmpty()) {
            assertThat(readAll(link)).as("tickets for sessions carry no bytes").isEmpty();
        }
        heard.clear();
        return server;
    }

    byte[] readAll(Link link) throws IOException {
        target.clear();
        int count = link.read(target);
        byte[] bytes = new byte[Math.max(0, count)];
        target.flip().get(bytes);
        return bytes;
    }

    static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}
