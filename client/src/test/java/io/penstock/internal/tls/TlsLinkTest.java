package io.penstock.internal.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.internal.config.ProducerSettings;
import io.penstock.internal.loop.Mailbox;
import io.penstock.internal.network.Link;
import io.penstock.internal.network.LinkFailure;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.net.ssl.SNIHostName;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS over a virtual link, step by step, with the JDK's own engine as the other side. */
class TlsLinkTest implements LinkListener {

    private static final byte[] BROKER_ADDRESS = {10, 0, 0, 1};
    private static final int MANY_TURNS = 10_000;

    @TempDir
    static Path dir;

    private static Path keys;

    private final Mailbox mailbox = new Mailbox();
    private final ArrayDeque<Runnable> elsewhere = new ArrayDeque<>();
    private final VirtualTransport below = new VirtualTransport();
    private final List<String> heard = new ArrayList<>();
    private final ByteBuffer target = ByteBuffer.allocateDirect(64 << 10);
    private TlsTransport transport;
    private IOException failure = new IOException("none");

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

    private Link connect(String host) throws IOException {
        return transport.connect(new InetSocketAddress(InetAddress.getByAddress(host, BROKER_ADDRESS), 9093), this);
    }

    /** What runs elsewhere, and what comes back of it. */
    private void work() {
        for (Runnable task = elsewhere.poll(); task != null; task = elsewhere.poll()) {
            task.run();
            mailbox.drain(0, 100);
        }
    }

    /** Back and forth until nobody has anything to say. */
    private void talk(VirtualLink wire, TlsServer server) throws IOException {
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

    private TlsServer open(Link link, String... protocols) throws Exception {
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

    private byte[] readAll(Link link) throws IOException {
        target.clear();
        int count = link.read(target);
        byte[] bytes = new byte[Math.max(0, count)];
        target.flip().get(bytes);
        return bytes;
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void connect_toVerifiedHost_carriesBytesBothWays(String protocol) throws Exception {
        Link link = connect("broker.example");
        TlsServer server = open(link, protocol);

        assertThat(link.write(
                        new ByteBuffer[] {
                            ByteBuffer.wrap("pi".getBytes(US_ASCII)), ByteBuffer.wrap("ng".getBytes(US_ASCII))
                        },
                        0,
                        2))
                .isEqualTo(4);
        server.exchange(below.last().takeWritten());
        assertThat(server.plain.toString(US_ASCII)).isEqualTo("ping");
        assertThat(server.engine.getSession().getProtocol()).isEqualTo(protocol);

        below.last().receive(server.say("pong".getBytes(US_ASCII)));
        assertThat(heard).containsExactly("readable");
        assertThat(readAll(link)).asString(US_ASCII).isEqualTo("pong");
    }

    @Test
    void connect_byName_sendsTheName_withOrWithoutDots() throws Exception {
        assertThat(open(connect("broker.example")).namesAskedFor()).containsExactly(new SNIHostName("broker.example"));
        assertThat(open(connect("broker")).namesAskedFor()).containsExactly(new SNIHostName("broker"));
        assertThat(open(connect("broker.example.")).namesAskedFor()).containsExactly(new SNIHostName("broker.example"));
    }

    @Test
    void connect_byAddress_sendsNoName() throws Exception {
        assertThat(open(connect("10.0.0.1")).namesAskedFor()).isEmpty();
    }

    @Test
    void connect_toAnotherHost_failsAndTellsThePeer() throws Exception {
        Link link = connect("other.example");
        TlsServer server = new TlsServer(keys, "TLSv1.3");
        below.last().connected();

        assertThatThrownBy(() -> talk(below.last(), server)).hasMessageContaining("certificate_unknown");
        assertThat(heard).containsExactly("failed");
        assertThat(failure)
                .isInstanceOf(LinkFailure.class)
                .hasMessageContainingAll("\"other.example\"", "broker.example", "10.0.0.1");
        assertThat(below.last().closed).isTrue();
        assertThat(link.write(new ByteBuffer[] {ByteBuffer.allocate(1)}, 0, 1)).isZero();
    }

    @Test
    void handshake_byteByByte_isDone() throws Exception {
        Link link = connect("broker");
        TlsServer server = new TlsServer(keys, "TLSv1.3");
        VirtualLink wire = below.last();
        wire.connected();
        for (int turn = 0; turn < MANY_TURNS && !heard.contains("connected"); turn++) {
            work();
            for (byte each : server.exchange(wire.takeWritten())) {
                wire.receive(new byte[] {each});
                work();
            }
        }

        assertThat(heard).startsWith("connected");
        wire.receive(server.exchange(wire.takeWritten()));
        assertThat(readAll(link)).isEmpty();
        byte[] said = server.say(noise(50_000));
        ByteBuffer all = ByteBuffer.allocate(50_000);
        for (byte each : said) {
            wire.receive(new byte[] {each});
            all.put(readAll(link));
        }
        assertThat(all.array()).isEqualTo(noise(50_000));
    }

    @Test
    void write_whenThePeerTakesLittle_holdsOneBufferAndLosesNothing() throws Exception {
        Link link = connect("broker");
        TlsServer server = open(link);
        VirtualLink wire = below.last();
        byte[] sent = noise(1_000_000);
        ByteBuffer source = ByteBuffer.wrap(sent);
        wire.capacity = 100;

        long taken = link.write(new ByteBuffer[] {source}, 0, 1);

        assertThat(taken).isPositive().isLessThan(TlsBuffers.OUT_BYTES);
        assertThat(link.holdsWritten()).isTrue();
        assertThat(wire.wantsWrite).isTrue();
        assertThat(link.write(new ByteBuffer[] {source}, 0, 1))
                .as("while bytes wait")
                .isZero();
        link.wantWrite(true);
        for (int turn = 0; turn < MANY_TURNS && (source.hasRemaining() || link.holdsWritten()); turn++) {
            wire.capacity = 30_000;
            wire.listener.onWritable();
            link.write(new ByteBuffer[] {source}, 0, 1);
            server.exchange(wire.takeWritten());
        }
        assertThat(server.plain.toByteArray()).isEqualTo(sent);
        link.wantWrite(false);
        assertThat(wire.wantsWrite).isFalse();
    }

    @Test
    void write_ofManySmallBuffers_gathersThemIntoFullRecords() throws Exception {
        Link link = connect("broker");
        TlsServer server = open(link);
        int callsBefore = below.last().writeCalls;
        ByteBuffer[] sources = new ByteBuffer[200];
        Arrays.setAll(sources, i -> ByteBuffer.wrap(noise(500)));

        assertThat(link.write(sources, 0, 200)).isEqualTo(100_000);

        assertThat(below.last().writeCalls - callsBefore).isEqualTo(1);
        byte[] wire = below.last().takeWritten();
        assertThat(wire.length).as("seven records and their frames").isBetween(100_000, 100_000 + 7 * 64);
        server.exchange(wire);
        assertThat(server.plain.size()).isEqualTo(100_000);
    }

    @Test
    void read_whenMoreCameThanFits_isToldOfTheRestWithoutTheSocket() throws Exception {
        Link link = connect("broker");
        TlsServer server = open(link);
        byte[] sent = noise(300_000);
        below.last().receive(server.say(sent));
        ByteBuffer all = ByteBuffer.allocate(sent.length);

        for (int turn = 0; turn < MANY_TURNS && all.hasRemaining(); turn++) {
            if (heard.remove("readable")) {
                all.put(readAll(link));
            }
            if (all.hasRemaining() && !below.last().inbound.isEmpty()) {
                heard.add("readable"); // as a socket goes on to say
            }
            transport.poll(Long.MAX_VALUE);
        }

        assertThat(all.hasRemaining()).isFalse();
        assertThat(all.array()).isEqualTo(sent);
    }

    @Test
    void read_atTheEnd_isTheEndOnlyAfterCloseNotify() throws Exception {
        Link polite = connect("broker");
        TlsServer server = open(polite);
        below.last().receive(server.goodbye());
        assertThat(polite.read(target.clear())).isEqualTo(-1);

        heard.clear();
        Link cut = connect("broker");
        open(cut);
        below.last().end();
        assertThatThrownBy(() -> cut.read(target.clear()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("close_notify");
    }

    @Test
    void read_ofBytesBeforeAFailure_handsThemOnFirst() throws Exception {
        Link link = connect("broker");
        TlsServer server = open(link);
        byte[] good = server.say("good".getBytes(US_ASCII));
        byte[] damaged = server.say("evil".getBytes(US_ASCII));
        damaged[damaged.length - 1]++;
        byte[] both = Arrays.copyOf(good, good.length + damaged.length);
        System.arraycopy(damaged, 0, both, good.length, damaged.length);

        below.last().receive(both);

        assertThat(readAll(link)).asString(US_ASCII).isEqualTo("good");
        heard.clear();
        transport.poll(0);
        assertThat(heard).containsExactly("readable");
        assertThatThrownBy(() -> readAll(link)).isInstanceOf(IOException.class);
    }

    @Test
    void close_saysGoodbye_andIsSilentAfterwards() throws Exception {
        Link link = connect("broker");
        TlsServer server = open(link);

        link.close();
        link.close();

        server.exchange(below.last().takeWritten());
        assertThat(server.closed).as("close_notify came").isTrue();
        assertThat(below.last().closed).isTrue();
        assertThat(link.holdsWritten()).isFalse();
        below.last().listener.onReadable();
        assertThat(heard).isEmpty();
    }

    @Test
    void close_withBytesThatThePeerDoesNotTake_admitsThatTheyAreLost() throws Exception {
        Link link = connect("broker");
        open(link);
        below.last().capacity = 10;
        link.write(new ByteBuffer[] {ByteBuffer.allocate(100)}, 0, 1);

        link.close();

        assertThat(link.holdsWritten()).isTrue();
    }

    @Test
    void tasks_runElsewhere_andTheEngineIsLeftAloneMeanwhile() throws Exception {
        Link link = connect("broker");
        TlsServer server = new TlsServer(keys, "TLSv1.3");
        VirtualLink wire = below.last();
        assertThat(link.progress()).isEmpty();
        wire.connected();
        assertThat(elsewhere).as("the making of the engine").hasSize(1);
        assertThat(wire.takeWritten()).isEmpty();
        assertThat(link.progress()).contains("keys and certificates");
        work();
        assertThat(link.progress()).contains("did not answer the TLS handshake");

        wire.receive(server.exchange(wire.takeWritten()));
        assertThat(elsewhere).as("the check of the certificate").hasSize(1);
        assertThat(link.progress()).contains("checks");
        wire.receive(new byte[100]); // not looked at before the task is done
        link.close();
        work();

        assertThat(wire.closed).isTrue();
        assertThat(heard).isEmpty();
    }

    @Test
    void peer_withoutTls_isRecognised() throws Exception {
        connect("broker");
        below.last().connected();
        work();
        below.last().receive("HTTP/1.1 400 Bad Request\r\n".getBytes(US_ASCII));

        assertThat(failure)
                .hasMessageContaining("is not TLS but \"HTTP/1.1 400 Bad Request\"")
                .hasMessageContaining("security.protocol");
    }

    @Test
    void peer_thatEndsBeforeItAnswers_isALikelyPlaintextListener() throws Exception {
        connect("broker");
        below.last().connected();
        work();
        below.last().end();

        assertThat(failure)
                .hasMessageContaining("without answering the TLS handshake")
                .hasMessageContaining("security.protocol");
    }

    @Test
    void renegotiation_inTls12_isRefused() throws Exception {
        Link link = connect("broker");
        TlsServer server = open(link, "TLSv1.2");
        server.engine.beginHandshake();

        below.last().receive(server.wrap(ByteBuffer.allocate(0)));

        assertThatThrownBy(() -> readAll(link)).hasMessageContaining("renegotiation");
    }

    @Test
    void keyUpdate_inTls13_isAnsweredAndHarmless() throws Exception {
        Link link = connect("broker");
        TlsServer server = open(link);
        server.engine.beginHandshake(); // in TLS 1.3 that is a KeyUpdate

        below.last().receive(server.wrap(ByteBuffer.allocate(0)));
        assertThat(readAll(link)).isEmpty();
        server.exchange(below.last().takeWritten());
        below.last().receive(server.say("after".getBytes(US_ASCII)));
        assertThat(readAll(link)).asString(US_ASCII).isEqualTo("after");
        link.write(new ByteBuffer[] {ByteBuffer.wrap("back".getBytes(US_ASCII))}, 0, 1);
        server.exchange(below.last().takeWritten());

        assertThat(server.plain.toString(US_ASCII)).isEqualTo("back");
    }
}
