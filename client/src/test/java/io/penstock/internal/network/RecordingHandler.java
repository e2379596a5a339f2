package io.penstock.internal.network;

import io.penstock.wire.WireReader;
import org.jspecify.annotations.Nullable;

/** Remembers what became of one request. */
final class RecordingHandler implements ResponseHandler {

    int responses;
    int losses;
    int writes;
    byte[] body = {};

    @Nullable
    Throwable cause;

    boolean mayHaveArrived;

    @Nullable
    RuntimeException failWith;

    Runnable onResponse = () -> {};

    @Override
    public void onResponse(WireReader reader, long nowNanos) {
        responses++;
        if (failWith != null) {
            throw failWith;
        }
        body = new byte[reader.remaining()];
        reader.readSlice(body.length).get(body);
        onResponse.run();
    }

    @Override
    public void onLost(Throwable reason, boolean arrived, long nowNanos) {
        losses++;
        cause = reason;
        mayHaveArrived = arrived;
    }

    @Override
    public void onWritten(long nowNanos) {
        writes++;
    }

    boolean isUntouched() {
        return responses == 0 && losses == 0 && writes == 0;
    }
}
