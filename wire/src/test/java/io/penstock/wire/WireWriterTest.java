package io.penstock.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.junit.jupiter.api.Test;

class WireWriterTest {

    private static final int ROUNDS = 2_000;

    @Test
    void varints_areApaches() {
        Random random = new Random(7);
        for (int round = 0; round < ROUNDS; round++) {
            int small = random.nextInt() >> random.nextInt(32);
            long large = random.nextLong() >> random.nextInt(64);
            ByteBufferAccessor expected = new ByteBufferAccessor(ByteBuffer.allocate(20));
            expected.writeUnsignedVarint(small);
            expected.writeVarint(small);
            expected.writeVarlong(large);
            WireWriter writer = new WireWriter();
            writer.writeUnsignedVarint(small);
            writer.writeVarint(small);
            writer.writeVarlong(large);

            assertThat(writer.toContiguous())
                    .as("%s, %s", small, large)
                    .isEqualTo(expected.buffer().flip());
            WireReader reader = new WireReader(writer.toContiguous());
            assertThat(reader.readUnsignedVarint()).isEqualTo(small);
            assertThat(reader.readVarint()).isEqualTo(small);
            assertThat(reader.readVarlong()).isEqualTo(large);
            assertThat(reader.remaining()).isZero();
        }
    }

    @Test
    void writeSegments_copiesNothing_andKeepsTheOrder() {
        byte[] page = {10, 11};
        WireWriter writer = new WireWriter(1);
        writer.writeByte(1);
        writer.writeSegments(Segments.of(ByteBuffer.wrap(page), ByteBuffer.wrap(new byte[] {12})));
        writer.writeByte(2);
        writer.writeSegments(Segments.of());
        writer.writeInt(3);

        ByteBuffer[] buffers = writer.toBuffers();

        assertThat(buffers).hasSize(4);
        assertThat(buffers[1].array()).isSameAs(page);
        assertThat(writer.sizeBytes()).isEqualTo(9);
        assertThat(writer.toContiguous()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 10, 11, 12, 2, 0, 0, 0, 3}));
    }

    @Test
    void patchInt_afterGrowthAndSplices_fillsTheReservedPlace() {
        WireWriter writer = new WireWriter(1);
        int size = writer.reserveInt();
        writer.writeSegments(Segments.of(ByteBuffer.wrap(new byte[] {7})));
        writer.writeLong(5);
        writer.patchInt(size, writer.sizeBytes() - Integer.BYTES);

        assertThat(writer.toContiguous().getInt()).isEqualTo(9);
    }

    @Test
    void clear_forgetsEverything() {
        WireWriter writer = new WireWriter();
        writer.writeInt(1);
        writer.writeSegments(Segments.of(ByteBuffer.wrap(new byte[] {7})));
        writer.clear();

        assertThat(writer.sizeBytes()).isZero();
        assertThat(writer.toContiguous().hasRemaining()).isFalse();
        writer.writeByte(4);
        assertThat(writer.toContiguous()).isEqualTo(ByteBuffer.wrap(new byte[] {4}));
    }

    @Test
    void taggedField_longerThanOneByteOfLengthCanSay_isMovedUp() {
        byte[] content = new byte[300];
        new Random(3).nextBytes(content);
        WireWriter writer = new WireWriter(1);
        int tags = writer.beginTags();
        int tag = writer.beginTag(tags, 200);
        writer.writeRaw(ByteBuffer.wrap(content));
        writer.endTag(tag);

        WireReader reader = new WireReader(writer.toContiguous());
        assertThat(reader.readTagCount()).isEqualTo(1);
        assertThat(reader.readUnsignedVarint()).isEqualTo(200);
        assertThat(reader.beginTag()).isEqualTo(reader.position() + content.length);
        assertThat(reader.readSlice(content.length)).isEqualTo(ByteBuffer.wrap(content));
    }

    @Test
    void taggedField_withSegmentsInIt_isRefused() {
        // Moving the field's bytes up to make room for its size would leave the splice behind.
        WireWriter writer = new WireWriter();
        int tag = writer.beginTag(writer.beginTags(), 0);
        writer.writeSegments(Segments.of(ByteBuffer.wrap(new byte[] {7})));

        assertThatThrownBy(() -> writer.endTag(tag)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void writeString_ofMoreThanTheProtocolAllows_saysSo() {
        assertThatThrownBy(() -> new WireWriter().writeString("x".repeat(32_768), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a string of 32768 bytes")
                .hasMessageContaining("32767");
    }
}
