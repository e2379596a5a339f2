package io.penstock.internal.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.penstock.internal.network.ConnectionException.Reason;
import io.penstock.wire.WireFormatException;
import io.penstock.wire.WireReader;
import io.penstock.wire.WireWriter;
import io.penstock.wire.message.MetadataResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A broker whose bytes are damaged anywhere, from the first of its handshake on, and arrive in pieces of any size.
 *
 * <p>Whatever comes: no exception leaves the connection, each request ends at most once and all of them when it closes, the reason
 * names the broker and is one of the network's, and no more memory is taken than the bytes are worth. Two hundred streams a seed;
 * {@code -Dpenstock.hostile.seed=N} runs one seed.
 */
class HostileStreamTest {
    private static final int STREAMS = 100;
    private static final int REQUESTS = 4;
    private static final long ALLOWED_BYTES_PER_BYTE = 64;
    private static final long ALLOWED_BYTES_FOR_ANY_STREAM = 256 * 1024;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private boolean measuring;
    private int closings;
    private int answers;

    static LongStream seeds() {
        Long one = Long.getLong("penstock.hostile.seed");
        return one != null ? LongStream.of(one) : LongStream.rangeClosed(1, 10);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damagedStream_costsItsConnectionAtMost(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < STREAMS; i++) {
            stream(random); // loads and links what words refusals
        }
        measuring = true;
        for (int i = 0; i < STREAMS; i++) {
            stream(random);
        }
        // Else it would not be these that were tried.
        assertThat(closings).isGreaterThan(STREAMS / 10);
        assertThat(answers).isGreaterThan(STREAMS / 10);
    }

    private void stream(Random random) {
        NetworkFixture net = new NetworkFixture();
        net.connections.endpoint(1, "one", 9092);
        net.connections.ready(1, net.now());
        VirtualLink link = net.transport.last();
        link.connected();
        Frames.Received asked = Frames.requests(link.takeWritten()).get(0);
        byte[] handshake = Frames.apiVersions(
                asked.correlationId(), Frames.everything(), asked.header().requestApiVersion());
        boolean damagesHandshake = random.nextInt(4) == 0;
        feed(link, damagesHandshake ? damage(handshake, random) : handshake, random);
        if (net.opened.isEmpty() || link.closed) {
            assertWellClosed(net, List.of());
            return;
        }
        List<Decoding> handlers = new ArrayList<>();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < REQUESTS; i++) {
            Decoding handler = new Decoding();
            OutboundRequest request = net.request(new RecordingHandler());
            handlers.add(handler);
            net.opened.get(0).send(decoded(net, request, handler), net.now());
            stream.writeBytes(metadata(request.correlationId(), random));
        }
        net.connections.run(net.now());
        feed(link, damage(stream.toByteArray(), random), random);
        answers += handlers.stream().mapToInt(each -> each.responses).sum();
        assertThat(handlers)
                .allSatisfy(each -> assertThat(each.responses + each.losses).isLessThanOrEqualTo(1));
        if (link.closed) {
            assertWellClosed(net, handlers);
        }
    }

    private static OutboundRequest decoded(NetworkFixture net, OutboundRequest like, Decoding handler) {
        ByteBuffer header = ByteBuffer.allocate(16);
        header.putInt(12)
                .putShort(like.key().id())
                .putShort((short) 1)
                .putInt(like.correlationId())
                .putInt(-65536)
                .flip();
        return new OutboundRequest(
                like.key(),
                (short) 1,
                like.correlationId(),
                new ByteBuffer[] {header},
                Long.MAX_VALUE / 4,
                true,
                handler);
    }

    private static byte[] metadata(int correlationId, Random random) {
        MetadataResponse answer = new MetadataResponse();
        List<MetadataResponse.MetadataResponseBroker> brokers = new ArrayList<>();
        for (int i = random.nextInt(30); i >= 0; i--) {
            brokers.add(new MetadataResponse.MetadataResponseBroker()
                    .nodeId(i)
                    .host("host-" + i)
                    .port(9092));
        }
        WireWriter out = new WireWriter();
        answer.brokers(brokers).write(out, (short) 1);
        ByteBuffer body = out.toContiguous();
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return Frames.response(correlationId, bytes);
    }

    private void feed(VirtualLink link, byte[] bytes, Random random) {
        int at = 0;
        while (at < bytes.length && !link.closed) {
            int size = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 8 : 600));
            byte[] piece = Arrays.copyOfRange(bytes, at, at + size);
            at += size;
            long before = threads.getCurrentThreadAllocatedBytes();
            link.receive(piece);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            if (measuring) {
                assertThat(allocated)
                        .as("bytes allocated for %s", size)
                        .isLessThan(ALLOWED_BYTES_FOR_ANY_STREAM + ALLOWED_BYTES_PER_BYTE * bytes.length);
            }
        }
        if (!link.closed && random.nextBoolean()) {
            link.end();
        }
    }

    private static byte[] damage(byte[] bytes, Random random) {
        byte[] damaged = bytes.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(6)) {
                case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> damaged[at] = (byte) random.nextInt();
                case 2 -> {
                    int place = random.nextInt(Math.max(1, damaged.length - 3));
                    if (place + 4 <= damaged.length) {
                        ByteBuffer.wrap(damaged).putInt(place, random.nextBoolean() ? -1 : random.nextInt());
                    }
                }
                case 3 ->
                    damaged = Frames.join(
                            Arrays.copyOf(damaged, at),
                            new byte[1 + random.nextInt(9)],
                            Arrays.copyOfRange(damaged, at, damaged.length));
                case 4 ->
                    damaged = Frames.join(
                            Arrays.copyOf(damaged, at),
                            Arrays.copyOfRange(
                                    damaged, Math.min(damaged.length, at + 1 + random.nextInt(9)), damaged.length));
                default -> damaged = Arrays.copyOf(damaged, Math.max(1, at));
            }
            if (damaged.length == 0) {
                return new byte[] {0};
            }
        }
        return damaged;
    }

    private void assertWellClosed(NetworkFixture net, List<Decoding> handlers) {
        if (net.closings.isEmpty()) {
            return; // the handshake goes on
        }
        closings++;
        ConnectionException failure = net.lastFailure();
        assertThat(failure).hasMessageStartingWith("Broker 1 at one:9092: ");
        assertThat(failure.reason())
                .isIn(Reason.MALFORMED, Reason.NOT_KAFKA, Reason.LOST, Reason.HANDSHAKE_FAILED, Reason.WRONG_BROKER);
        if (failure.getCause() != null) { // anything else is a bug of ours that was caught
            assertThat(failure.getCause()).isInstanceOfAny(WireFormatException.class, IOException.class);
        }
        assertThat(handlers)
                .allSatisfy(each -> assertThat(each.responses + each.losses).isEqualTo(1));
    }

    /** Reads its answer as the engine would, and remembers how often it was called. */
    private static final class Decoding implements ResponseHandler {
        private int responses;
        private int losses;

        @Override
        public void onResponse(WireReader body, long nowNanos) {
            new MetadataResponse().read(body, (short) 1);
            responses++;
        }

        @Override
        public void onLost(Throwable cause, boolean mayHaveArrived, long nowNanos) {
            losses++;
        }

        @Override
        public void onWritten(long nowNanos) {}
    }
}
