package io.penstock.internal.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.internal.network.ConnectionException.Reason;
import io.penstock.internal.network.ScriptedServer.Peer;
import io.penstock.internal.network.ScriptedServer.Script;
import io.penstock.wire.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a peer sends costs its own connection and nothing else, and the message says who and what. */
class HostilePeerTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("duringTheHandshake")
    void duringTheHandshake_costsTheConnectionOnly(String name, Script script, Reason reason, String message)
            throws Exception {
        try (ScriptedServer bad = new ScriptedServer(script);
                LoopbackFixture net = new LoopbackFixture()) {
            net.connect(1, "localhost", bad.port());
            ConnectionException failure = net.failure(1);
            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure)
                    .hasMessageStartingWith("Broker 1 at localhost:" + bad.port() + ": ")
                    .hasMessageContaining(message);
            assertThat(failure.nodeId()).isEqualTo(1);
            assertThatAnotherBrokerServes(net);
        }
    }

    static Stream<Arguments> duringTheHandshake() {
        return Stream.of(
                Arguments.of("an HTTP server", answering("HTTP/1.1 400 Bad Request\r\n\r\n"), Reason.NOT_KAFKA, "HTTP"),
                Arguments.of("an SSH server", answering("SSH-2.0-OpenSSH_9.2\r\n"), Reason.NOT_KAFKA, "SSH"),
                Arguments.of(
                        "a TLS listener",
                        answering(new byte[] {0x15, 3, 3, 0, 2, 2, 0x28}),
                        Reason.NOT_KAFKA,
                        "security.protocol"),
                Arguments.of("a negative size", answering(size(-5)), Reason.NOT_KAFKA, "-5 bytes"),
                Arguments.of("a huge size", answering(size(0x06400001)), Reason.NOT_KAFKA, "104857601 bytes"),
                Arguments.of("noise", answering(noise(500)), Reason.NOT_KAFKA, "not a Kafka broker"),
                Arguments.of("an end at once", (Script) Peer::next, Reason.NOT_KAFKA, "without answering ApiVersions"),
                Arguments.of(
                        "a reset at once",
                        (Script) peer -> {
                            peer.next();
                            peer.reset();
                        },
                        Reason.NOT_KAFKA,
                        "without answering ApiVersions"),
                Arguments.of(
                        "half an answer",
                        (Script) peer -> {
                            byte[] answer = handshakeAnswer(peer);
                            peer.send(Arrays.copyOf(answer, answer.length / 2));
                        },
                        Reason.LOST,
                        "in the middle of a response"),
                Arguments.of(
                        "a wrong correlation id",
                        (Script) peer -> {
                            peer.send(Frames.response(peer.next().correlationId() + 7, new byte[40]));
                            peer.waitForEnd();
                        },
                        Reason.NOT_KAFKA,
                        "correlation id"),
                Arguments.of(
                        "an answer that is too short",
                        (Script) peer -> {
                            peer.send(Frames.response(peer.next().correlationId(), (byte) 0, (byte) 0));
                            peer.waitForEnd();
                        },
                        Reason.NOT_KAFKA,
                        "API_VERSIONS"),
                Arguments.of(
                        "versions refused for ever",
                        (Script) peer -> {
                            while (true) {
                                peer.send(Frames.apiVersions(
                                        peer.next().correlationId(), Frames.error(ErrorCode.UNSUPPORTED_VERSION), 0));
                            }
                        },
                        Reason.HANDSHAKE_FAILED,
                        "refused version 0"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("onAReadyConnection")
    void onAReadyConnection_costsTheConnectionOnly(String name, Script script, Reason reason, String message)
            throws Exception {
        try (ScriptedServer bad = new ScriptedServer(peer -> {
                    peer.shakeHands();
                    script.run(peer);
                });
                LoopbackFixture net = new LoopbackFixture()) {
            Connection connection = net.ready(1, bad);
            net.send(connection, 10, true);
            assertThat(net.await("lost", 1).detail()).isEqualTo(true);
            ConnectionException failure = net.failure(1);
            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure)
                    .hasMessageStartingWith("Broker 1 at localhost:" + bad.port() + ": ")
                    .hasMessageContaining(message);
            assertThatAnotherBrokerServes(net);
        }
    }

    static Stream<Arguments> onAReadyConnection() {
        return Stream.of(
                Arguments.of("an end (SASL wanted)", (Script) Peer::next, Reason.LOST, "SASL"),
                Arguments.of(
                        "half a response",
                        (Script) peer -> {
                            byte[] answer = Frames.response(peer.next().correlationId(), new byte[1_000]);
                            peer.send(Arrays.copyOf(answer, 600));
                        },
                        Reason.LOST,
                        "596 of 1004 bytes"),
                Arguments.of(
                        "half a size",
                        (Script) peer -> {
                            peer.next();
                            peer.send(new byte[] {0, 0});
                        },
                        Reason.LOST,
                        "2 of the 4 bytes of a size"),
                Arguments.of(
                        "a wrong correlation id",
                        (Script) peer -> {
                            peer.send(Frames.response(peer.next().correlationId() - 1));
                            peer.waitForEnd();
                        },
                        Reason.MALFORMED,
                        "correlation id"),
                Arguments.of("a negative size", answering(size(-1)), Reason.MALFORMED, "-1 bytes"),
                Arguments.of("a huge size", answering(size(Integer.MAX_VALUE)), Reason.MALFORMED, "2147483647 bytes"),
                Arguments.of("noise", answering(noise(10_000)), Reason.MALFORMED, "bytes"));
    }

    @Test
    void responsesThatNobodyAskedFor_closeTheConnection() throws Exception {
        try (ScriptedServer bad = new ScriptedServer(peer -> {
                    peer.shakeHands();
                    peer.send(Frames.response(99));
                    peer.waitForEnd();
                });
                LoopbackFixture net = new LoopbackFixture()) {
            net.ready(1, bad);
            assertThat(net.failure(1)).hasMessageContaining("nobody asked for");
            assertThatAnotherBrokerServes(net);
        }
    }

    @Test
    void aSlowTrickle_isServedAllTheSame() throws Exception {
        try (ScriptedServer slow = new ScriptedServer(peer -> {
                    peer.trickle(handshakeAnswer(peer));
                    while (true) {
                        peer.trickle(Frames.response(peer.next().correlationId(), (byte) 1, (byte) 2, (byte) 3));
                    }
                });
                LoopbackFixture net = new LoopbackFixture()) {
            Connection connection = net.ready(1, slow);
            for (int i = 0; i < 5; i++) {
                net.send(connection, 10, true);
                assertThat((byte[]) net.await("response", 1).detail()).containsExactly(1, 2, 3);
            }
        }
    }

    @Test
    void aPortWhereNobodyListens_isToldWithTheCause() throws Exception {
        int port;
        try (ScriptedServer gone = new ScriptedServer(peer -> {})) {
            port = gone.port();
        }
        try (LoopbackFixture net = new LoopbackFixture()) {
            net.connect(1, "127.0.0.1", port);
            ConnectionException failure = net.failure(1);
            assertThat(failure.reason()).isEqualTo(Reason.CONNECT_FAILED);
            assertThat(failure).hasMessageContaining("refused").hasMessageContaining("127.0.0.1:" + port);
        }
    }

    @Test
    void aNameThatNobodyKnows_isToldByName() throws Exception {
        // Longer than a label may be: refused by the resolver itself, so that no name server is waited for.
        String name = "x".repeat(70) + ".invalid";
        try (LoopbackFixture net = new LoopbackFixture()) {
            net.connect(1, name, 9092);
            ConnectionException failure = net.failure(1);
            assertThat(failure.reason()).isEqualTo(Reason.UNKNOWN_HOST);
            assertThat(failure).hasMessageContaining("'" + name + "'");
        }
    }

    private static void assertThatAnotherBrokerServes(LoopbackFixture net) throws Exception {
        try (ScriptedServer good = new ScriptedServer(peer -> {
            peer.shakeHands();
            peer.send(Frames.response(peer.next().correlationId(), (byte) 42));
            peer.waitForEnd();
        })) {
            Connection connection = net.ready(2, good);
            net.send(connection, 10, true);
            assertThat((byte[]) net.await("response", 2).detail()).containsExactly(42);
        }
    }

    private static byte[] handshakeAnswer(Peer peer) throws Exception {
        Frames.Received asked = peer.next();
        return Frames.apiVersions(
                asked.correlationId(), Frames.everything(), asked.header().requestApiVersion());
    }

    private static Script answering(String text) {
        return answering(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Waits for the first request, answers this, and waits for the client to hang up. */
    private static Script answering(byte[] bytes) {
        return peer -> {
            peer.next();
            peer.send(bytes);
            peer.waitForEnd();
        };
    }

    private static byte[] size(int size) {
        return ByteBuffer.allocate(12).putInt(size).array();
    }

    /** Begins with a byte that no size begins with. */
    private static byte[] noise(int count) {
        byte[] bytes = new byte[count];
        new Random(3).nextBytes(bytes);
        bytes[0] = (byte) 0x91;
        return bytes;
    }
}
