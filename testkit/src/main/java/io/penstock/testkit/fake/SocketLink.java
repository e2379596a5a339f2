package io.penstock.testkit.fake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One accepted connection.
 *
 * <p>Used by the host's thread alone: brokers write from there too, as continuations are tasks of the host.
 */
final class SocketLink implements FakeHost.Link {

    private final SocketChannel channel;
    private final SelectionKey key;
    // Bounded by what the brokers answer to a client that does not read: a request at a time, and they wait for none.
    private final Deque<ByteBuffer> unwritten = new ArrayDeque<>();
    private FakeHost.@Nullable Peer peer;
    private boolean closing;
    private boolean closed;

    SocketLink(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
        key.attach(this);
    }

    void peer(FakeHost.Peer brokerSide) {
        peer = brokerSide;
    }

    boolean isClosed() {
        return closed;
    }

    void onReady(ByteBuffer readBuffer) {
        try {
            if (key.isWritable()) {
                flush();
            }
            if (!closed && key.isReadable()) {
                read(readBuffer);
            }
        } catch (IOException e) {
            // The client went; what it sees of it is its own affair.
            closeNow();
        }
    }

    @Override
    public void write(ByteBuffer[] bytes) {
        if (closed || closing) {
            return;
        }
        for (ByteBuffer buffer : bytes) {
            unwritten.add(buffer);
        }
        try {
            flush();
        } catch (IOException e) {
            closeNow();
        }
    }

    @Override
    public void close() {
        closing = true;
        if (unwritten.isEmpty()) {
            closeNow();
        }
    }

    void closeNow() {
        if (closed) {
            return;
        }
        closed = true;
        unwritten.clear();
        try {
            channel.close();
        } catch (IOException e) {
            // Closed is what it was to be.
        }
        if (peer != null) {
            peer.onClosed();
        }
    }

    private void read(ByteBuffer readBuffer) throws IOException {
        readBuffer.clear();
        int count = channel.read(readBuffer);
        if (count < 0) {
            closeNow();
        } else if (peer != null && !closing) {
            peer.onBytes(readBuffer.flip());
        }
    }

    private void flush() throws IOException {
        while (!unwritten.isEmpty()) {
            channel.write(unwritten.getFirst());
            if (unwritten.getFirst().hasRemaining()) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
            unwritten.removeFirst();
        }
        key.interestOps(SelectionKey.OP_READ);
        if (closing) {
            closeNow();
        }
    }
}
