package io.penstock.internal.network;

import io.penstock.wire.WireFormatException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The requests of one connection that wait for a response, oldest first. Loop only; bounded by the sender. */
final class InFlight {

    private final ArrayDeque<OutboundRequest> queue = new ArrayDeque<>();

    void add(OutboundRequest request) {
        queue.addLast(request);
    }

    /** Back to the front: its response could not be used. */
    void putBack(OutboundRequest request) {
        queue.addFirst(request);
    }

    @Nullable
    OutboundRequest oldest() {
        return queue.peekFirst();
    }

    @Nullable
    OutboundRequest poll() {
        return queue.pollFirst();
    }

    /** Takes the request that a response with this correlation id answers: brokers answer in order. */
    OutboundRequest answered(int correlationId) {
        OutboundRequest oldest = queue.peekFirst();
        if (oldest == null) {
            throw new WireFormatException("a response (correlation id " + correlationId + ") that nobody asked for");
        }
        if (oldest.correlationId() != correlationId) {
            throw new WireFormatException("a response with correlation id " + correlationId + " where that of "
                    + oldest.key() + ", " + oldest.correlationId() + ", was due");
        }
        if (!oldest.isWritten()) {
            throw new WireFormatException("a response to " + oldest.key() + " (correlation id " + correlationId
                    + ") before the request was wholly sent");
        }
        return queue.removeFirst();
    }
}
