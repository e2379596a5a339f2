package io.penstock.internal.network;

import io.penstock.internal.loop.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What a connection's link and its frame reader tell, with the time at which they do. Loop only. */
record ConnectionEvents(Connection connection, Clock clock) implements LinkListener, FrameSink {

    @Override
    public void onConnected() {
        connection.onConnected(clock.nanoTime());
    }

    @Override
    public void onConnectFailed(IOException cause) {
        connection.onConnectFailed(cause, clock.nanoTime());
    }

    @Override
    public void onReadable() {
        connection.read(clock.nanoTime());
    }

    @Override
    public void onWritable() {
        connection.flush(clock.nanoTime());
    }

    @Override
    public boolean onFrame(ByteBuffer frame) {
        return connection.take(frame, clock.nanoTime());
    }
}
