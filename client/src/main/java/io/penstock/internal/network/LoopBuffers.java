package io.penstock.internal.network;

import java.nio.ByteBuffer;

/** What the connections of one loop share because only one of them reads or writes at a time. Loop only. */
final class LoopBuffers {

    private static final int READ_BYTES = 64 << 10;

    /** Where reads land; frames are decoded from here when they are whole. */
    final ByteBuffer read = ByteBuffer.allocateDirect(READ_BYTES);

    /** What one gathering write takes; all null between writes. */
    final ByteBuffer[] gather = new ByteBuffer[FrameWriter.GATHER_COUNT];
}
