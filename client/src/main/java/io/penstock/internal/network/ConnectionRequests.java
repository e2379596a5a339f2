package io.penstock.internal.network;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of one connection, from when they are sent to when they have ended: waiting to be written, or for a response.
 *
 * <p>Loop only. Each request's handler is told once how it ended, and is never the end of the loop. Bounded by the sender, which bounds
 * the requests in flight.
 */
final class ConnectionRequests {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final FrameWriter writer;
    private final ConnectionMeter meter;
    private final InFlight inFlight = new InFlight();
    private int count;

    ConnectionRequests(FrameWriter writer, ConnectionMeter meter) {
        this.writer = writer;
        this.meter = meter;
    }

    /** Those sent and not ended. */
    int count() {
        return count;
    }

    /** The one whose time counts: it has waited longest. */
    @Nullable
    OutboundRequest oldest() {
        OutboundRequest oldest = inFlight.oldest();
        return oldest != null ? oldest : writer.oldest();
    }

    void add(OutboundRequest request, long nowNanos) {
        request.sentAt(nowNanos);
        count++;
        meter.onRequest(request.sizeBytes(), nowNanos);
        writer.add(request);
        if (request.expectsResponse()) {
            inFlight.add(request);
        }
    }

    /** Writes what the link takes; true when all is written. */
    boolean writeTo(Link to) throws IOException {
        return writer.writeTo(to);
    }

    long writtenBytes() {
        return writer.writtenBytes();
    }

    /** The one that this answer is for, which has ended with it. */
    OutboundRequest answered(int correlationId, long nowNanos) {
        OutboundRequest request = inFlight.answered(correlationId);
        count--;
        meter.onResponse(request.key(), nowNanos - request.sentAtNanos(), nowNanos);
        meter.onRequestEnded();
        return request;
    }

    /** Its answer was none: it has not ended after all. */
    void putBack(OutboundRequest request) {
        count++;
        inFlight.putBack(request);
        meter.onAnswerUnusable();
    }

    /** Tells the oldest that has ended with its writing, as it expects no response; false when there is none. */
    boolean tellFinished(long nowNanos) {
        OutboundRequest request = writer.pollFinished();
        if (request == null) {
            return false;
        }
        count--;
        meter.onRequestEnded();
        try {
            request.handler().onWritten(nowNanos);
        } catch (Throwable e) {
            LOG.error("Handling a written {} failed; this is a bug, please report it.", request.key(), e);
        }
        return true;
    }

    /** Nothing more is written: frames are let go, and all that has not ended is in flight. */
    void endWriting() {
        for (OutboundRequest r = writer.pollFinished(); r != null; r = writer.pollFinished()) {
            inFlight.add(r); // written into a link that could not pass it on
        }
        for (OutboundRequest r = writer.pollUnwritten(); r != null; r = writer.pollUnwritten()) {
            if (!r.expectsResponse()) {
                inFlight.add(r);
            }
        }
    }

    /** Tells all in flight, oldest first. */
    void tellAllLost(Throwable cause, long nowNanos) {
        for (OutboundRequest r = inFlight.poll(); r != null; r = inFlight.poll()) {
            tellLost(r, cause, nowNanos);
        }
    }

    private void tellLost(OutboundRequest request, Throwable cause, long nowNanos) {
        count--;
        meter.onRequestEnded();
        request.dropFrame();
        try {
            request.handler().onLost(cause, request.isStarted(), nowNanos);
        } catch (Throwable e) {
            LOG.error("Handling a lost {} failed; this is a bug, please report it.", request.key(), e);
        }
    }
}
