package io.penstock.internal.network;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One stream of bytes to a peer; nothing here blocks. Loop only.
 *
 * <p>Readiness to read is reported for as long as there is something to read; readiness to write only while it is
 * wanted.
 */
public interface Link {

    /**
     * Writes from these buffers in their order as much as the peer takes now, moves their positions, and says how many
     * bytes that was; 0 when it takes none. When it throws, some of the bytes may have gone out.
     */
    long write(ByteBuffer[] sources, int offset, int length) throws IOException;

    /** Reads what is there into the buffer: the number of bytes, 0 when there are none now, -1 at the end. */
    int read(ByteBuffer target) throws IOException;

    /** Whether bytes that {@link #write} took wait here for the peer to take more; they count as written, but may yet be lost. */
    default boolean holdsWritten() {
        return false;
    }

    /** Whether {@link LinkListener#onReadable()} is to be called, as it is unless said otherwise. A link may ignore it. */
    default void wantRead(boolean on) {}

    /** While it is being made: what has happened so far, for a message that it took too long; empty for nothing to tell. */
    default String progress() {
        return "";
    }

    /** Whether {@link LinkListener#onWritable()} is to be called when the peer takes bytes again. */
    void wantWrite(boolean on);

    /** Closes it; its listener hears nothing more. Idempotent. */
    void close();
}
