package io.penstock.internal.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.wire.message.ApiKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameWriterTest {

    private final ByteBuffer[] gather = new ByteBuffer[FrameWriter.GATHER_COUNT];
    private final FrameWriter writer = new FrameWriter(gather);
    private final VirtualLink link = new VirtualLink(new InetSocketAddress(0), new SilentListener());

    @Test
    void writeTo_whenSeveralRequestsWait_writesThemInOneCall() throws IOException {
        writer.add(request(true, 10, 20));
        writer.add(request(true, 30));
        writer.add(request(false, 5));

        assertThat(writer.writeTo(link)).isTrue();

        assertThat(link.writeCalls).isEqualTo(1);
        assertThat(link.written.size()).isEqualTo(65);
        assertThat(writer.isEmpty()).isTrue();
        assertThat(writer.pollFinished()).isNotNull();
        assertThat(writer.pollFinished()).isNull();
    }

    @Test
    void writeTo_whenWritten_holdsNoBuffer() throws IOException {
        OutboundRequest request = request(true, 10, 20);
        writer.add(request);
        writer.writeTo(link);

        assertThat(gather).containsOnlyNulls();
        assertThat(request.frame()).isEmpty();
        assertThat(request.isWritten()).isTrue();
    }

    @Test
    void writeTo_whenTheLinkBlocks_goesOnWhereItStopped() throws IOException {
        OutboundRequest first = request(true, 10, 10);
        OutboundRequest second = request(true, 10);
        writer.add(first);
        writer.add(second);

        link.capacity = 15;
        assertThat(writer.writeTo(link)).isFalse();
        assertThat(first.isStarted()).isTrue();
        assertThat(first.remainingBytes()).isEqualTo(5);
        assertThat(second.isStarted()).isFalse();
        link.capacity = 5;
        assertThat(writer.writeTo(link)).isFalse();
        assertThat(first.isWritten()).isTrue();
        assertThat(second.isStarted()).as("no byte of it was taken").isFalse();
        link.capacity = Long.MAX_VALUE;
        assertThat(writer.writeTo(link)).isTrue();

        assertThat(link.written.size()).isEqualTo(30);
    }

    @Test
    void writeTo_whenThereAreMoreBuffersThanOneCallTakes_makesSeveral() throws IOException {
        int[] sizes = new int[FrameWriter.GATHER_COUNT * 2 + 3];
        Arrays.fill(sizes, 2);
        writer.add(request(true, sizes));
        assertThat(writer.writeTo(link)).isTrue();
        assertThat(link.writeCalls).isEqualTo(3);
        assertThat(link.written.size()).isEqualTo(sizes.length * 2);
    }

    @Test
    void writeTo_whenABufferIsLargerThanOneCallTakes_writesAllOfIt() throws IOException {
        OutboundRequest request = request(true, 7, FrameWriter.GATHER_BYTES * 2 + 1, 9);
        ByteBuffer large = request.frame()[1];
        int limit = large.limit();
        writer.add(request);
        assertThat(writer.writeTo(link)).isTrue();
        assertThat(link.writeCalls).isEqualTo(3);
        assertThat(link.written.size()).isEqualTo(7 + FrameWriter.GATHER_BYTES * 2 + 1 + 9);
        assertThat(large.limit()).isEqualTo(limit);
    }

    /** Prevents a request from passing for unwritten when an error hides how much of it went out. */
    @Test
    void writeTo_whenTheLinkThrows_countsWhatWasGatheredAsStarted() {
        OutboundRequest first = request(true, 10);
        writer.add(first);
        link.writeFailure = new IOException("meant");
        assertThatThrownBy(() -> writer.writeTo(link)).hasMessage("meant");
        assertThat(first.isStarted()).isTrue();
        assertThat(gather).containsOnlyNulls();
    }

    @Test
    void pollUnwritten_dropsTheFrames() {
        OutboundRequest request = request(true, 10);
        writer.add(request);
        assertThat(writer.pollUnwritten()).isSameAs(request);
        assertThat(writer.pollUnwritten()).isNull();
        assertThat(request.frame()).isEmpty();
        assertThat(request.isWritten()).isFalse();
    }

    @Test
    void writeTo_withAnyCapacities_writesTheSameBytes() throws IOException {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            FrameWriter fresh = new FrameWriter(gather);
            VirtualLink to = new VirtualLink(new InetSocketAddress(0), new SilentListener());
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            List<OutboundRequest> all = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                int[] sizes = random.ints(1 + random.nextInt(6), 0, 50).toArray();
                sizes[0]++;
                OutboundRequest request = request(random.nextBoolean(), sizes);
                for (ByteBuffer buffer : request.frame()) {
                    for (int at = buffer.position(); at < buffer.limit(); at++) {
                        buffer.put(at, (byte) random.nextInt());
                        expected.write(buffer.get(at));
                    }
                }
                all.add(request);
                fresh.add(request);
            }
            boolean done = false;
            while (!done) {
                to.capacity = random.nextInt(40);
                done = fresh.writeTo(to);
            }
            assertThat(to.written.toByteArray()).as("seed %d", seed).isEqualTo(expected.toByteArray());
            assertThat(all).as("seed %d", seed).allMatch(OutboundRequest::isWritten);
        }
    }

    private static OutboundRequest request(boolean expectsResponse, int... sizes) {
        ByteBuffer[] frame = new ByteBuffer[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            frame[i] = i % 2 == 0 ? ByteBuffer.allocate(sizes[i]) : ByteBuffer.allocateDirect(sizes[i]);
        }
        return new OutboundRequest(ApiKey.PRODUCE, (short) 9, 1, frame, 1_000, expectsResponse, new RecordingHandler());
    }

    private static final class SilentListener implements LinkListener {

        @Override
        public void onConnected() {}

        @Override
        public void onConnectFailed(IOException cause) {}

        @Override
        public void onReadable() {}

        @Override
        public void onWritable() {}
    }
}
