package io.penstock.internal.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.wire.WireFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameReaderTest {

    private final FrameReader reader = new FrameReader();
    private final List<byte[]> frames = new ArrayList<>();

    @Test
    void feed_whenFramesAreWhole_handsOnEach() throws IOException {
        feed(Frames.join(frame(5), frame(4), frame(7)));
        assertThat(frames).containsExactly(body(5), body(4), body(7));
        assertThat(reader.isMidFrame()).isFalse();
        assertThat(reader.heldBytes()).as("whole frames are not copied").isZero();
    }

    @Test
    void feed_oneByteAtATime_handsOnTheSame() throws IOException {
        for (byte b : Frames.join(frame(5), frame(1_000), frame(4))) {
            feed(new byte[] {b});
        }
        assertThat(frames).containsExactly(body(5), body(1_000), body(4));
    }

    @Test
    void feed_inPiecesOfAnySize_handsOnTheSame() throws IOException {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            FrameReader fresh = new FrameReader();
            List<byte[]> sent = new ArrayList<>();
            byte[] all = {};
            for (int i = 0; i < 20; i++) {
                int size = 4 + random.nextInt(random.nextBoolean() ? 20 : 5_000);
                sent.add(body(size));
                all = Frames.join(all, frame(size));
            }
            List<byte[]> got = new ArrayList<>();
            int at = 0;
            while (at < all.length) {
                int count = Math.min(all.length - at, 1 + random.nextInt(random.nextBoolean() ? 8 : 4_000));
                fresh.feed(ByteBuffer.wrap(all, at, count).slice(), frame -> got.add(copy(frame)));
                at += count;
            }
            assertThat(got).as("seed %d", seed).hasSameSizeAs(sent);
            for (int i = 0; i < got.size(); i++) {
                assertThat(got.get(i)).as("seed %d", seed).isEqualTo(sent.get(i));
            }
        }
    }

    /** Prevents a size prefix from costing memory: 100 MiB announced, few bytes sent. */
    @Test
    void feed_whenAHugeFrameIsAnnounced_holdsNoMoreThanWhatCame() throws IOException {
        reader.limitTo(FrameReader.MAX_FRAME_BYTES);
        feed(ByteBuffer.allocate(4).putInt(FrameReader.MAX_FRAME_BYTES).array());
        assertThat(reader.heldBytes()).isZero();
        int sent = 0;
        while (sent < 100_000) {
            feed(new byte[777]);
            sent += 777;
            assertThat(reader.heldBytes()).isLessThanOrEqualTo(Math.max(2 * sent, FrameReader.FIRST_PIECE_BYTES));
        }
        assertThat(reader.progress()).isEqualTo(sent + " of " + FrameReader.MAX_FRAME_BYTES + " bytes");
    }

    @Test
    void feed_afterALargeFrame_letsItsBufferGo() throws IOException {
        byte[] large = frame(FrameReader.KEPT_BYTES + 1);
        feedInTwo(large);
        assertThat(frames).hasSize(1);
        assertThat(reader.heldBytes()).isZero();

        feedInTwo(frame(100));
        assertThat(reader.heldBytes()).as("a small one is kept").isBetween(100, FrameReader.KEPT_BYTES);
        reader.release();
        assertThat(reader.heldBytes()).isZero();
    }

    @Test
    void feed_whenTheSinkHasEnough_stops() throws IOException {
        ByteBuffer chunk = ByteBuffer.wrap(Frames.join(frame(5), frame(6)));
        reader.feed(chunk, frame -> {
            frames.add(copy(frame));
            return false;
        });
        assertThat(frames).containsExactly(body(5));
    }

    @ParameterizedTest
    @CsvSource({"-1", "0", "3", "1048577", "2147483647", "-2147483648"})
    void feed_whenTheSizeIsAbsurd_namesIt(int size) {
        byte[] bytes = ByteBuffer.allocate(8).putInt(size).array();
        assertThatThrownBy(() -> feed(bytes))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining(size + " bytes");
        FrameReader trickled = new FrameReader();
        assertThatThrownBy(() -> {
                    for (byte b : bytes) {
                        trickled.feed(ByteBuffer.wrap(new byte[] {b}), frame -> true);
                    }
                })
                .isInstanceOf(WireFormatException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 400 Bad Request, an HTTP server answered \"HTTP/1.1 400 Bad Request\"",
        "SSH-2.0-OpenSSH_9.2, an SSH server answered \"SSH-2.0-OpenSSH_9.2\"",
        "220 mail.example.org ESMTP, it answered \"220 mail.example.org ESMTP\"",
        "-ERR wrong number of arguments, it answered \"-ERR wrong number of arguments\""
    })
    void feed_whenAnotherProtocolAnswers_saysWhich(String answer, String expected) {
        assertThatThrownBy(() -> feed((answer + "\r\nmore").getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining(expected)
                .hasMessageContaining("not a Kafka broker");
    }

    @Test
    void feed_whenATlsListenerAnswers_saysSo() {
        byte[] alert = {0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x50};
        assertThatThrownBy(() -> feed(alert))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("TLS")
                .hasMessageContaining("security.protocol");
    }

    private void feed(byte[] bytes) throws IOException {
        reader.feed(ByteBuffer.wrap(bytes), frame -> frames.add(copy(frame)));
    }

    private void feedInTwo(byte[] bytes) throws IOException {
        reader.feed(ByteBuffer.wrap(bytes, 0, 10).slice(), frame -> frames.add(copy(frame)));
        reader.feed(ByteBuffer.wrap(bytes, 10, bytes.length - 10).slice(), frame -> frames.add(copy(frame)));
    }

    private static byte[] copy(ByteBuffer frame) {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    private static byte[] body(int size) {
        byte[] body = new byte[size];
        for (int i = 0; i < size; i++) {
            body[i] = (byte) (size + i);
        }
        return body;
    }

    private static byte[] frame(int size) {
        return ByteBuffer.allocate(4 + size).putInt(size).put(body(size)).array();
    }
}
