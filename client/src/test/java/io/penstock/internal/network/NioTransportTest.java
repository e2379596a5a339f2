package io.penstock.internal.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.internal.loop.SystemClock;
import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NioTransportTest {

    /** For one poll of many that is not held up by a machine that has other things to do. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Prevents a selector that is asked for 0 ms (for ever) when a fraction of one is left. */
    @Test
    void toMillis_roundsUp() {
        assertThat(NioTransport.toMillis(1)).isEqualTo(1);
        assertThat(NioTransport.toMillis(1_000_000)).isEqualTo(1);
        assertThat(NioTransport.toMillis(1_000_001)).isEqualTo(2);
        assertThat(NioTransport.toMillis(Long.MAX_VALUE - 1)).isPositive();
        assertThat(NioTransport.toMillis(Long.MAX_VALUE)).isZero();
    }

    /** Prevents: whoever wants to wait for a fraction of a millisecond waits for a whole one, as long as selectors do. */
    @Test
    void poll_forLessThanAMillisecond_takesLess() throws Exception {
        try (NioTransport transport = new NioTransport(-1, -1)) {
            long shortest = Long.MAX_VALUE;
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (shortest > 900_000 && System.nanoTime() - deadline < 0) {
                long began = System.nanoTime();
                transport.poll(300_000);
                shortest = Math.min(shortest, System.nanoTime() - began);
            }
            assertThat(shortest).isBetween(300_000L, 900_000L);
        }
    }

    @Test
    void poll_forLessThanAMillisecond_returnsWhenItWasWoken() throws Exception {
        try (NioTransport transport = new NioTransport(-1, -1)) {
            long shortest = Long.MAX_VALUE;
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (shortest > 800_000 && System.nanoTime() - deadline < 0) {
                transport.wakeup();
                long began = System.nanoTime();
                transport.poll(999_999);
                shortest = Math.min(shortest, System.nanoTime() - began);
            }
            assertThat(shortest).isLessThan(800_000);
        }
    }

    @Test
    void aRequestLargerThanAllBuffers_arrivesWholeWhileThePeerDawdles() throws Exception {
        int bodyBytes = 9 << 20;
        CountDownLatch mayRead = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.shakeHands();
                    mayRead.await();
                    DataInputStream in = new DataInputStream(peer.socket.getInputStream());
                    byte[] frame = new byte[in.readInt()];
                    in.readFully(frame);
                    boolean whole = frame.length == 10 + bodyBytes;
                    for (int i = 0; i < bodyBytes && whole; i++) {
                        whole = frame[10 + i] == (byte) i;
                    }
                    int correlationId = ByteBuffer.wrap(frame).getInt(4);
                    peer.send(Frames.response(correlationId, (byte) (whole ? 1 : 0)));
                    peer.waitForEnd();
                });
                LoopbackFixture net = new LoopbackFixture(16 << 10, 16 << 10)) {
            Connection connection = net.ready(1, server);
            net.send(connection, bodyBytes, true);
            CountDownLatch later = new CountDownLatch(1);
            net.mailbox.post(now -> later.countDown());
            assertThat(later.await(60, TimeUnit.SECONDS))
                    .as("a blocked write does not block the loop")
                    .isTrue();
            mayRead.countDown();
            assertThat((byte[]) net.await("response", 1).detail()).containsExactly(1);
        }
    }

    @Test
    void aRequestWithoutAResponse_endsWhenItIsWritten() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.shakeHands();
                    peer.waitForEnd();
                });
                LoopbackFixture net = new LoopbackFixture()) {
            net.send(net.ready(1, server), 100, false);
            net.await("written", 1);
        }
    }

    @Test
    void manyRequests_areAnsweredInOrder() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.shakeHands();
                    for (int i = 0; ; i++) {
                        int correlationId = peer.next().correlationId();
                        peer.send(Frames.response(correlationId, (byte) i));
                    }
                });
                LoopbackFixture net = new LoopbackFixture()) {
            Connection connection = net.ready(1, server);
            for (int i = 0; i < 1_000; i++) {
                net.send(connection, 20, true);
            }
            for (int i = 0; i < 1_000; i++) {
                assertThat((byte[]) net.await("response", 1).detail()).containsExactly((byte) i);
            }
        }
    }

    @Test
    void theEndOfTheServer_isNoticedWithoutSending() throws Exception {
        LoopbackFixture net = new LoopbackFixture();
        try (net) {
            ScriptedServer server = new ScriptedServer(peer -> {
                peer.shakeHands();
                peer.waitForEnd();
            });
            net.ready(1, server);
            server.close();
            net.await("closed", 1);
        }
    }

    @Test
    void resolver_looksUpOffTheLoopAndAnswersOnIt() throws Exception {
        try (LoopbackFixture net = new LoopbackFixture()) {
            CountDownLatch answered = new CountDownLatch(1);
            boolean[] onLoop = {false};
            SystemHostResolver resolver = new SystemHostResolver(net.mailbox, SystemClock.INSTANCE, "resolver");
            assertThat(resolver.threadCount())
                    .as("no thread before it is needed")
                    .isZero();
            HostResolver.HostListener listener = new HostResolver.HostListener() {
                @Override
                public void onResolved(List<InetAddress> addresses, long nowNanos) {
                    onLoop[0] = net.agent.inLoop();
                    answered.countDown();
                }

                @Override
                public void onUnknownHost(UnknownHostException cause, long nowNanos) {
                    answered.countDown();
                }
            };
            net.mailbox.post(now -> resolver.resolve("127.0.0.1", false, listener));
            assertThat(answered.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(onLoop[0]).isTrue();
            assertThat(resolver.threadCount()).as("none for a literal address").isZero();
            resolver.close();
        }
    }

    @Test
    void literalAddress_knowsAddressesFromNames() {
        assertThat(LiteralAddress.parse("192.168.0.255")).isNotNull();
        assertThat(LiteralAddress.parse("::1")).isNotNull();
        assertThat(LiteralAddress.parse("[fe80::1]")).isNotNull();
        assertThat(LiteralAddress.parse("300.1.1.1")).isNull();
        assertThat(LiteralAddress.parse("127.1")).isNull();
        assertThat(LiteralAddress.parse("localhost")).isNull();
        assertThat(LiteralAddress.parse("a:b")).isNull();
        assertThat(LiteralAddress.parse("")).isNull();
    }
}
