package io.penstock.internal.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One TCP connection of a {@link NioTransport}. Loop only; after {@link #close} its listener hears nothing. */
final class NioLink implements Link {

    private static final Logger LOG = LoggerFactory.getLogger(NioLink.class);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final LinkListener listener;
    private int readOps = SelectionKey.OP_READ;
    private int writeOps;
    private boolean connected;
    private boolean closed;

    NioLink(SocketChannel channel, SelectionKey key, LinkListener listener) {
        this.channel = channel;
        this.key = key;
        this.listener = listener;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        return length == 1 ? channel.write(sources[offset]) : channel.write(sources, offset, length);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public void wantWrite(boolean on) {
        writeOps = on ? SelectionKey.OP_WRITE : 0;
        setInterest();
    }

    @Override
    public void wantRead(boolean on) {
        readOps = on ? SelectionKey.OP_READ : 0;
        setInterest();
    }

    private void setInterest() {
        if (connected && !closed) {
            key.interestOps(readOps | writeOps);
        }
    }

    @Override
    public void close() {
        closed = true;
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is gone all the same; an error here is one of bytes that nobody waits for.
            LOG.debug("Closing {} failed.", channel, e);
        }
    }

    void onConnected() {
        if (!closed) {
            connected = true;
            setInterest();
            listener.onConnected();
        }
    }

    void onSelected() {
        if (closed) {
            return;
        }
        if (key.isConnectable()) {
            finishConnect();
            return;
        }
        if (key.isWritable()) {
            listener.onWritable();
        }
        if (!closed && key.isReadable()) {
            listener.onReadable();
        }
    }

    private void finishConnect() {
        try {
            if (!channel.finishConnect()) {
                return;
            }
        } catch (IOException e) {
            close();
            listener.onConnectFailed(e);
            return;
        }
        onConnected();
    }
}
