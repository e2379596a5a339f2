package io.penstock.internal.network;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes frames from a {@link FrameReader}. */
interface FrameSink {

    /**
     * One frame, without its size prefix: position to limit. Valid only during the call; the bytes are overwritten after.
     *
     * @return false when no more frames are wanted because the connection is closed
     */
    boolean onFrame(ByteBuffer frame) throws IOException;
}
