package io.penstock.internal.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.internal.network.Link;
import io.penstock.internal.network.VirtualLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes over a TLS link that stands: writing, reading, closing. */
class TlsLinkTest extends TlsLinkScenario {

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
}
