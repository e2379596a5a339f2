package io.penstock.internal.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.internal.network.Link;
import io.penstock.internal.network.LinkFailure;
import io.penstock.internal.network.VirtualLink;
import java.nio.ByteBuffer;
import javax.net.ssl.SNIHostName;
import org.junit.jupiter.api.Test;

/** How a TLS link is agreed on, and again while it is in use: names, certificates, work elsewhere, peers that speak otherwise. */
class TlsHandshakeTest extends TlsLinkScenario {

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
