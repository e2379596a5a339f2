package io.penstock.internal.network;

import io.penstock.wire.message.ApiKey;
import java.util.ArrayList;
import java.util.List;

/** Adds up what a connection's meter is told. */
final class RecordingMeter implements ConnectionMeter {

    int connected;
    int disconnected;
    long readBytes;
    long writtenBytes;
    int requests;
    long requestBytes;
    int ended;
    int unusable;
    final List<ApiKey> answered = new ArrayList<>();
    final List<Long> latencies = new ArrayList<>();

    @Override
    public void onConnected(long nowNanos) {
        connected++;
    }

    @Override
    public void onDisconnected(long nowNanos) {
        disconnected++;
    }

    @Override
    public void onRead(int bytes, long nowNanos) {
        readBytes += bytes;
    }

    @Override
    public void onWritten(long bytes, long nowNanos) {
        writtenBytes += bytes;
    }

    @Override
    public void onRequest(long sizeBytes, long nowNanos) {
        requests++;
        requestBytes += sizeBytes;
    }

    @Override
    public void onResponse(ApiKey key, long latencyNanos, long nowNanos) {
        answered.add(key);
        latencies.add(latencyNanos);
    }

    @Override
    public void onRequestEnded() {
        ended++;
    }

    @Override
    public void onAnswerUnusable() {
        unusable++;
    }

    @Override
    public void onReady(long nowNanos) {}

    @Override
    public void onRefused(boolean renewal, long nowNanos) {}

    @Override
    public void onRenewed(long latencyNanos, long nowNanos) {}
}
