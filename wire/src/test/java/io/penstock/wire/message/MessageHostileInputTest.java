package io.penstock.wire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.penstock.wire.WireFormatException;
import io.penstock.wire.WireReader;
import io.penstock.wire.WireWriter;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that no honest peer sends cost a {@link WireFormatException} and no more memory than they are worth. */
class MessageHostileInputTest {

    private static final int ROUNDS = 6;
    private static final int MAX_PREFIXES = 200;
    private static final int DAMAGES = 150;

    /** A value of one byte on the wire may be an object of some words; an exception has its stack trace. */
    private static final long ALLOWED_BYTES_PER_FRAME_BYTE = 64;

    private static final long ALLOWED_BYTES_FOR_ANY_FRAME = 64 * 1024;

    private static final int[] BOMBS = {Integer.MAX_VALUE, Integer.MIN_VALUE, -2, 0x7fff_fff0, 0x00ff_ffff};

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<MessageCase> cases() {
        return MessageCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void truncated_isAlwaysRefused(MessageCase message) {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = message.seed(round);
            byte[] bytes = bytes(message, seed);
            int step = Math.max(1, bytes.length / MAX_PREFIXES);
            for (int size = 0; size < bytes.length; size += step) {
                ByteBuffer prefix = ByteBuffer.wrap(bytes, 0, size);
                assertThat(refusal(message, prefix, seed))
                        .as("%s of %s bytes, %s", size, bytes.length, message.describe(seed))
                        .isNotNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void damaged_isReadOrRefused_withinBounds(MessageCase message) {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = message.seed(round);
            byte[] bytes = bytes(message, seed);
            Random random = new Random(seed);
            for (int i = 0; i < DAMAGES && bytes.length > 0; i++) {
                byte[] damaged = bytes.clone();
                damage(damaged, random);
                refusal(message, ByteBuffer.wrap(damaged), seed);
            }
        }
    }

    private static byte[] bytes(MessageCase message, long seed) {
        Message ours = FieldBinder.fill(message.ours().get(), FieldTree.random(message.schema(), new Random(seed)));
        ByteBuffer buffer = MessageCase.write(ours, message.version());
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static void damage(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
            case 0 -> bytes[at] = (byte) 0xff;
            case 1 -> {
                if (at + 5 <= bytes.length) {
                    ByteBuffer.wrap(bytes).putInt(at, -1).put(at + 4, (byte) 0x0f);
                }
            }
            case 2 -> {
                if (at + Integer.BYTES <= bytes.length) {
                    ByteBuffer.wrap(bytes).putInt(at, BOMBS[random.nextInt(BOMBS.length)]);
                }
            }
            default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        }
    }

    /** The exception that reading ends in, or null; fails on any other exception and on too much memory. */
    private WireFormatException refusal(MessageCase message, ByteBuffer frame, long seed) {
        long limit = ALLOWED_BYTES_FOR_ANY_FRAME + ALLOWED_BYTES_PER_FRAME_BYTE * frame.limit();
        long before = threads.getCurrentThreadAllocatedBytes();
        WireFormatException refusal = read(message, frame, seed);
        if (threads.getCurrentThreadAllocatedBytes() - before > limit) {
            // The first refusal of its kind also links the code that words it; what counts is what each one costs.
            before = threads.getCurrentThreadAllocatedBytes();
            refusal = read(message, frame, seed);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes allocated for a frame of %s, %s", frame.limit(), message.describe(seed))
                    .isLessThan(limit);
        }
        return refusal;
    }

    private static WireFormatException read(MessageCase message, ByteBuffer frame, long seed) {
        try {
            message.ours().get().read(new WireReader(frame), message.version());
            return null;
        } catch (WireFormatException e) {
            return e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError(message.describe(seed), e);
        }
    }

    @Test
    void taggedFields_moreThanTenThousand_areRefused() {
        assertThat(tagged(WireReader.MAX_TAGGED_FIELD_COUNT).remaining()).isZero();
        assertThatThrownBy(() -> tagged(WireReader.MAX_TAGGED_FIELD_COUNT + 1))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("10001 tagged fields");
    }

    private static WireReader tagged(int count) {
        WireWriter writer = new WireWriter();
        writer.writeInt(7);
        writer.writeUnsignedVarint(count);
        for (int tag = 0; tag < count; tag++) {
            writer.writeUnsignedVarint(tag);
            writer.writeUnsignedVarint(0);
        }
        WireReader reader = new WireReader(writer.toContiguous());
        new ResponseHeader().read(reader, (short) 1);
        return reader;
    }

    @Test
    void taggedField_thatIsShorterThanItSays_isRefused() {
        WireWriter writer = new WireWriter();
        writer.writeShort(0);
        writer.writeUnsignedVarint(1);
        writer.writeInt(0);
        writer.writeUnsignedVarint(1);
        writer.writeUnsignedVarint(1);
        writer.writeUnsignedVarint(9);
        writer.writeLong(3);
        writer.writeByte(0);
        WireReader reader = new WireReader(writer.toContiguous());

        assertThatThrownBy(() -> new ApiVersionsResponse().read(reader, (short) 3))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("should have ended");
    }
}
