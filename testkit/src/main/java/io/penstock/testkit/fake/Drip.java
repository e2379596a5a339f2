package io.penstock.testkit.fake;

import java.nio.ByteBuffer;

/**
 * An answer that leaves byte by byte, each as a write of its own.
 *
 * <p>A chain of tasks of the host, each under the cluster's lock; it ends with the last byte or the connection.
 */
final class Drip {

    private final ByteBuffer frame;
    private final FakeHost.Link link;

    Drip(ByteBuffer frame, FakeHost.Link link) {
        this.frame = frame;
        this.link = link;
    }

    /** Writes the next byte; whether there are more. */
    boolean writeNext() {
        ByteBuffer one = ByteBuffer.allocate(1).put(frame.get()).flip();
        link.write(new ByteBuffer[] {one});
        return frame.hasRemaining();
    }
}
