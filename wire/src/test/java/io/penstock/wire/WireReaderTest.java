package io.penstock.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WireReaderTest {

    @Test
    void primitives_comeBackAsWritten() {
        UUID id = new UUID(Long.MIN_VALUE, 5);
        WireWriter writer = new WireWriter(1);
        writer.writeByte(-3);
        writer.writeBoolean(true);
        writer.writeShort(Short.MIN_VALUE);
        writer.writeUnsignedShort(65_535);
        writer.writeInt(Integer.MIN_VALUE);
        writer.writeUnsignedInt(4_294_967_295L);
        writer.writeLong(Long.MIN_VALUE);
        writer.writeDouble(-0.5);
        writer.writeUuid(id);

        WireReader reader = new WireReader(writer.toContiguous());

        assertThat(reader.readByte()).isEqualTo((byte) -3);
        assertThat(reader.readBoolean()).isTrue();
        assertThat(reader.readShort()).isEqualTo(Short.MIN_VALUE);
        assertThat(reader.readUnsignedShort()).isEqualTo(65_535);
        assertThat(reader.readInt()).isEqualTo(Integer.MIN_VALUE);
        assertThat(reader.readUnsignedInt()).isEqualTo(4_294_967_295L);
        assertThat(reader.readLong()).isEqualTo(Long.MIN_VALUE);
        assertThat(reader.readDouble()).isEqualTo(-0.5);
        assertThat(reader.readUuid()).isEqualTo(id);
        assertThat(reader.remaining()).isZero();
    }

    @Test
    void reader_staysBetweenPositionAndLimit_andLeavesTheBufferAsItWas() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}).position(1).limit(3);
        WireReader reader = new WireReader(buffer);

        assertThat(reader.readShort()).isEqualTo((short) 0x0102);
        assertThatThrownBy(reader::readByte)
                .isInstanceOf(WireFormatException.class)
                .hasMessage("needs 1 bytes and 0 are left, at byte 2 of a frame of 2");
        assertThat(buffer.position()).isEqualTo(1);
    }

    @Test
    void readSlice_sharesTheFramesMemory() {
        byte[] frame = {1, 2, 3};
        WireReader reader = new WireReader(ByteBuffer.wrap(frame));
        ByteBuffer slice = reader.readSlice(2);
        frame[1] = 7;

        assertThat(slice).isEqualTo(ByteBuffer.wrap(new byte[] {1, 7}));
        assertThat(reader.readByte()).isEqualTo((byte) 3);
    }

    @Test
    void readString_ofBytesThatAreNotUtf8_replacesThem() {
        assertThat(reader(0, 2, 'a', 0xff).readString(false)).isEqualTo("a\ufffd");
    }

    @Test
    void lengths_thatTheFrameCannotHold_areRefusedBeforeAnythingIsAllocated() {
        refused(r -> r.readString(false), 0x7f, 0xff, 'a');
        refused(r -> r.readString(false), 0xff, 0xfe);
        refused(r -> r.readString(true), 0x80, 0x80, 0x80, 0x80, 0x08);
        refused(r -> r.readBytes(false), 0x7f, 0xff, 0xff, 0xff, 1);
        refused(r -> r.readBytes(true), 0xff, 0xff, 0xff, 0xff, 0x0f);
        refused(r -> r.readSlice(-1));
        refused(r -> r.skip(1));
        refused(r -> r.readArrayLength(false, 4), 0, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7);
        refused(r -> r.readArrayLength(false, 4), 0x80, 0, 0, 0);
        refused(r -> r.readArrayLength(true, 1), 0xff, 0xff, 0xff, 0xff, 0x0f);
        refused(WireReader::beginTag, 2, 1);
    }

    @Test
    void null_whereThereMustBeAValue_isRefused() {
        refused(r -> r.readString(false), 0xff, 0xff);
        refused(r -> r.readString(true), 0);
        refused(r -> r.readBytes(false), 0xff, 0xff, 0xff, 0xff);
        refused(r -> r.readSegments(true), 0);
        refused(r -> r.readArrayLength(true, 1), 0);
    }

    @Test
    void null_whereItMayBe_isRead() {
        assertThat(reader(0xff, 0xff).readNullableString(false)).isNull();
        assertThat(reader(0).readNullableString(true)).isNull();
        assertThat(reader(0).readNullableBytes(true)).isNull();
        assertThat(reader(0).readNullableSlice(true)).isNull();
        assertThat(reader(0xff, 0xff, 0xff, 0xff).readNullableSegments(false)).isNull();
        assertThat(reader(0).readNullableArrayLength(true, 1)).isEqualTo(-1);
    }

    @Test
    void varints_thatDoNotEndInTime_areRefused() {
        refused(WireReader::readUnsignedVarint, 0xff, 0xff, 0xff, 0xff, 0x1f);
        refused(WireReader::readUnsignedVarint, 0xff, 0xff, 0xff, 0xff, 0xff, 0);
        refused(WireReader::readVarlong, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02);
        refused(WireReader::readVarint, 0xff);
    }

    private static void refused(Consumer<WireReader> read, int... bytes) {
        assertThatThrownBy(() -> read.accept(reader(bytes))).isInstanceOf(WireFormatException.class);
    }

    private static WireReader reader(int... bytes) {
        ByteBuffer frame = ByteBuffer.allocate(bytes.length);
        for (int value : bytes) {
            frame.put((byte) value);
        }
        return new WireReader(frame.flip());
    }
}
