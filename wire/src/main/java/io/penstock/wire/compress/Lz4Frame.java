package io.penstock.wire.compress;

/**
 * Constants of the LZ4 frame format, all numbers little-endian.
 *
 * <pre>
 *   int32 magic | FLG | BD | [int64 content size] | [int32 dictionary id] | header checksum
 *   { int32 size, top bit: stored as is | bytes | [int32 block checksum] } ... | int32 0 | [int32 content checksum]
 *
 *   FLG  76 version 01 | 5 blocks independent | 4 block checksum | 3 content size | 2 content checksum | 1 0 | 0 dictionary id
 *   BD   654 block maximum: 4 64 KiB, 5 256 KiB, 6 1 MiB, 7 4 MiB
 * </pre>
 *
 * @see <a href="https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md">LZ4 frame format</a>
 */
final class Lz4Frame {

    static final int MAGIC = 0x184d2204;

    static final int FLG_VERSION_MASK = 0xc0;
    static final int FLG_VERSION = 0x40;
    static final int FLG_INDEPENDENT = 0x20;
    static final int FLG_BLOCK_CHECKSUM = 0x10;
    static final int FLG_CONTENT_SIZE = 0x08;
    static final int FLG_CONTENT_CHECKSUM = 0x04;
    static final int FLG_RESERVED = 0x02;
    static final int FLG_DICTIONARY = 0x01;

    static final int BD_64_KIB = 0x40;
    static final int BD_RESERVED_MASK = 0x8f;

    static final int STORED_BIT = 0x80000000;
    static final int END_MARK = 0;

    private Lz4Frame() {}

    /** The most bytes a block holds by its BD byte, or -1 when that is not one of the four. */
    static int blockMaxBytes(int bd) {
        int code = bd >> 4 & 7;
        return code < 4 ? -1 : 1 << (8 + 2 * code);
    }
}
