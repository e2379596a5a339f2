package io.penstock.wire.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.common.utils.internals.ByteUtils;
import org.junit.jupiter.api.Test;

class VarintsTest {

    private static final long SEED = 20260401;

    private final ByteBuffer ours = ByteBuffer.allocateDirect(32);
    private final ByteBuffer apache = ByteBuffer.allocate(32);

    @Test
    void putVarint_edgesAndSeeds_sameBytesAndSizeAsApache() {
        ints().forEach(value -> {
            apache.clear();
            ByteUtils.writeVarint(value, apache);
            int next = Varints.putVarint(ours, 3, value);
            assertSame("varint " + value, next, Varints.sizeOfVarint(value));
            assertThat(Varints.readVarint(ours.duplicate().position(3))).isEqualTo(value);
        });
    }

    @Test
    void putUnsigned_edgesAndSeeds_sameBytesAndSizeAsApache() {
        ints().forEach(value -> {
            apache.clear();
            ByteUtils.writeUnsignedVarint(value, apache);
            int next = Varints.putUnsigned(ours, 3, value);
            assertSame("unsigned " + value, next, Varints.sizeOfUnsigned(value));
            assertThat(Varints.readUnsigned(ours.duplicate().position(3))).isEqualTo(value);
        });
    }

    @Test
    void putVarlong_edgesAndSeeds_sameBytesAndSizeAsApache() {
        LongStream edges = LongStream.concat(
                LongStream.of(0, Long.MIN_VALUE, Long.MAX_VALUE),
                IntStream.range(0, 64).boxed().flatMapToLong(bit -> LongStream.rangeClosed(-2, 2)
                        .flatMap(by -> LongStream.of((1L << bit) + by, -(1L << bit) + by))));
        Random random = new Random(SEED);
        LongStream seeded = LongStream.generate(() -> random.nextLong() >>> random.nextInt(64))
                .limit(20_000);
        LongStream.concat(edges, seeded).forEach(value -> {
            apache.clear();
            ByteUtils.writeVarlong(value, apache);
            int next = Varints.putVarlong(ours, 3, value);
            assertSame("varlong " + value, next, Varints.sizeOfVarlong(value));
            assertThat(Varints.readVarlong(ours.duplicate().position(3))).isEqualTo(value);
        });
    }

    @Test
    void read_pastTheLimit_fails() {
        for (int cut = 0; cut < 5; cut++) {
            Varints.putVarint(ours, 0, Integer.MIN_VALUE);
            ByteBuffer shorter = ours.duplicate().limit(cut);
            assertThatThrownBy(() -> Varints.readVarint(shorter)).isInstanceOf(WireFormatException.class);
            assertThatThrownBy(() -> Varints.readVarlong(shorter.duplicate().position(0)))
                    .isInstanceOf(WireFormatException.class);
        }
    }

    @Test
    void read_tooLongOrTooLarge_fails() {
        assertThatThrownBy(() -> Varints.readUnsigned(bytes(0xff, 0xff, 0xff, 0xff, 0xff, 0x01)))
                .isInstanceOf(WireFormatException.class);
        assertThatThrownBy(() -> Varints.readUnsigned(bytes(0xff, 0xff, 0xff, 0xff, 0x10)))
                .isInstanceOf(WireFormatException.class);
        byte[] eleven = new byte[11];
        Arrays.fill(eleven, (byte) 0xff);
        assertThatThrownBy(() -> Varints.readVarlong(ByteBuffer.wrap(eleven))).isInstanceOf(WireFormatException.class);
        eleven[9] = 2;
        assertThatThrownBy(() -> Varints.readVarlong(ByteBuffer.wrap(eleven))).isInstanceOf(WireFormatException.class);
    }

    @Test
    void read_paddedForm_fails() {
        assertThatThrownBy(() -> Varints.readVarint(bytes(0x80, 0x00)))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("padded to 2 bytes");
        assertThatThrownBy(() -> Varints.readVarlong(bytes(0x81, 0x80, 0x00))).isInstanceOf(WireFormatException.class);
    }

    private IntStream ints() {
        IntStream edges = IntStream.range(0, 32).flatMap(bit -> IntStream.rangeClosed(-2, 2)
                .flatMap(by -> IntStream.of((1 << bit) + by, -(1 << bit) + by)));
        Random random = new Random(SEED);
        IntStream seeded = IntStream.generate(() -> random.nextInt() >>> random.nextInt(32))
                .limit(20_000);
        return IntStream.concat(IntStream.concat(edges, IntStream.of(Integer.MIN_VALUE, Integer.MAX_VALUE)), seeded);
    }

    private void assertSame(String what, int next, int size) {
        apache.flip();
        assertThat(size).as(what).isEqualTo(apache.remaining());
        assertThat(ours.duplicate().limit(next).position(3)).as(what).isEqualTo(apache);
        assertThat(ours.position()).isZero();
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length);
        for (int value : values) {
            buffer.put((byte) value);
        }
        return buffer.flip();
    }
}
