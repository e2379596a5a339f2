package io.penstock.wire.compress;

import java.nio.ByteBuffer;

/** What compressors ask of the pages they are given. Stateless; leaves positions and limits alone. */
final class Sources {

    private Sources() {}

    static long totalBytes(ByteBuffer[] source, int from, int count) {
        long total = 0;
        for (int i = from; i < from + count; i++) {
            total += source[i].remaining();
        }
        return total;
    }

    /**
     * All bytes in one direct buffer: the page itself when there is only one, else gathered. A copy runs at tens of GB/s,
     * a codec at less than one, and a codec that sees everything at once needs no buffers of its own.
     */
    static ByteBuffer contiguous(ByteBuffer[] source, int from, int count, DirectScratch scratch) {
        if (count == 1 && source[from].isDirect()) {
            return source[from].duplicate();
        }
        ByteBuffer target = scratch.atLeast(totalBytes(source, from, count));
        int at = 0;
        for (int i = from; i < from + count; i++) {
            ByteBuffer page = source[i];
            target.put(at, page, page.position(), page.remaining());
            at += page.remaining();
        }
        return target.limit(at);
    }
}
