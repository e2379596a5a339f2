package io.penstock.internal.network;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A link whose other end is the test. */
public final class VirtualLink implements Link {

    public final InetSocketAddress address;
    public final LinkListener listener;
    public final ByteArrayOutputStream written = new ByteArrayOutputStream();
    public final ArrayDeque<byte[]> inbound = new ArrayDeque<>();

    public long capacity = Long.MAX_VALUE;
    public int writeCalls;
    public boolean wantsWrite;
    public boolean closed;
    public boolean ended;

    @Nullable
    public IOException readFailure;

    @Nullable
    public IOException writeFailure;

    private int consumed;

    public VirtualLink(InetSocketAddress address, LinkListener listener) {
        this.address = address;
        this.listener = listener;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        writeCalls++;
        if (writeFailure != null) {
            throw writeFailure;
        }
        long count = 0;
        for (int i = offset; i < offset + length; i++) {
            while (sources[i].hasRemaining() && capacity > 0) {
                written.write(sources[i].get());
                capacity--;
                count++;
            }
        }
        return count;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (inbound.isEmpty()) {
            if (readFailure != null) {
                throw readFailure;
            }
            return ended ? -1 : 0;
        }
        byte[] next = inbound.poll();
        int count = Math.min(next.length, target.remaining());
        target.put(next, 0, count);
        if (count < next.length) {
            inbound.addFirst(Arrays.copyOfRange(next, count, next.length));
        }
        return count;
    }

    @Override
    public void wantWrite(boolean on) {
        wantsWrite = on;
    }

    @Override
    public void close() {
        closed = true;
    }

    public void connected() {
        listener.onConnected();
    }

    public void refuse(String why) {
        listener.onConnectFailed(new ConnectException(why));
    }

    public void receive(byte[] bytes) {
        inbound.add(bytes);
        listener.onReadable();
    }

    public void end() {
        ended = true;
        listener.onReadable();
    }

    public void breakOff(String why) {
        readFailure = new IOException(why);
        listener.onReadable();
    }

    /** What was written since the last call. */
    public byte[] takeWritten() {
        byte[] all = written.toByteArray();
        byte[] fresh = Arrays.copyOfRange(all, consumed, all.length);
        consumed = all.length;
        return fresh;
    }
}
