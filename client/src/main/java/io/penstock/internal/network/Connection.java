package io.penstock.internal.network;

import io.penstock.internal.config.HostPort;
import io.penstock.internal.network.ConnectionException.Reason;
import io.penstock.wire.WireFormatException;
import io.penstock.wire.WireReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to one broker: made, negotiated, used, closed, and never opened again.
 *
 * <p>Loop only. Responses come in the order of their requests, and each is matched by its correlation id. Whatever goes
 * wrong (a lost link, bytes that make no sense, an answer too late) closes the connection; then each request in flight
 * hears of it, once, oldest first. The sender bounds the number of requests in flight. What is sent is written by
 * {@link #flush}, which {@link Connections} calls once a turn, so that several small requests share a system call.
 */
public final class Connection {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** Reads in a row from one link before the others get their turn. */
    private static final int READS_PER_TURN = 4;

    private final int nodeId;
    private final HostPort endpoint;
    private final ConnectionContext context;
    private final LinkEvents events = new LinkEvents();
    private final FrameReader reader = new FrameReader();
    private final FrameWriter writer;
    private final InFlight inFlight = new InFlight();
    private final ConnectionTimers timers;
    private final SetupSequence setup;
    private final SessionRenewal renewal;
    private final ConnectionMeter meter;

    private ConnectionState state = ConnectionState.CONNECTING;
    private @Nullable Link link;
    private @Nullable Throwable openFailure;
    private @Nullable Throwable retirement;
    private String client = "";
    private NegotiatedVersions versions = NegotiatedVersions.NONE;
    private int inFlightCount;
    private boolean received;
    private boolean answered;
    private boolean unflushed;
    private boolean wantsWrite;

    Connection(int nodeId, HostPort endpoint, ConnectionContext context, SetupStep... steps) {
        this.nodeId = nodeId;
        this.endpoint = endpoint;
        this.context = context;
        this.meter = context.meters().of(nodeId);
        this.writer = new FrameWriter(context.buffers().gather);
        this.timers = new ConnectionTimers(this, context);
        this.setup = new SetupSequence(this, context, steps);
        this.renewal = new SessionRenewal(this, context);
    }

    public int nodeId() {
        return nodeId;
    }

    /** Where the node was said to be; the connection is to one of the addresses of that host. */
    public HostPort endpoint() {
        return endpoint;
    }

    /** The broker, for messages, and as whom it knows this client, if it was told by SASL. */
    public String describe() {
        String broker = ConnectionException.describe(nodeId, endpoint);
        return client.isEmpty() ? broker : broker + ", which knows this client as " + client;
    }

    /** What the broker speaks; {@link NegotiatedVersions#NONE} until it is ready. */
    public NegotiatedVersions versions() {
        return versions;
    }

    /** Whether requests may be sent on it. */
    public boolean isReady() {
        return state == ConnectionState.READY && retirement == null && !renewal.isExclusive();
    }

    /** Requests sent and not ended: waiting to be written, or for a response. */
    public int inFlightCount() {
        return inFlightCount;
    }

    /** Takes a request, to be written at the end of this turn of the loop. */
    public void send(OutboundRequest request, long nowNanos) {
        if (!isReady()) {
            throw new IllegalStateException("Nothing can be sent on " + this + "; ask Connections for a ready one.");
        }
        submit(request, nowNanos);
        timers.onSent(request);
        if (!unflushed && !wantsWrite) {
            unflushed = true;
            context.owner().onUnflushed(this);
        }
    }

    /** The broker asks not to be sent anything until then (KIP-219); the sender obeys by asking {@link #isThrottled}. */
    public void throttleUntil(long untilNanos) {
        if (state != ConnectionState.CLOSED) {
            timers.throttleUntil(untilNanos);
        }
    }

    public boolean isThrottled(long nowNanos) {
        return timers.isThrottled(nowNanos);
    }

    /** Closes it and tells every request in flight why, oldest first; nothing when it is closed already. */
    public void close(Throwable reason, long nowNanos) {
        if (state == ConnectionState.CLOSED) {
            return;
        }
        boolean wasReady = state == ConnectionState.READY;
        if (state != ConnectionState.CONNECTING) {
            meter.onDisconnected(nowNanos);
        }
        if (reason instanceof ConnectionException known && known.reason().isAuthentication()) {
            meter.onRefused(wasReady, nowNanos);
        }
        moveTo(ConnectionState.CLOSED);
        timers.cancelAll();
        setup.abandon();
        renewal.cancel();
        if (link != null) {
            link.close();
        }
        reader.release();
        tellFinished(nowNanos);
        for (OutboundRequest r = writer.pollFinished(); r != null; r = writer.pollFinished()) {
            inFlight.add(r); // written into a link that could not pass it on
        }
        for (OutboundRequest r = writer.pollUnwritten(); r != null; r = writer.pollUnwritten()) {
            if (!r.expectsResponse()) {
                inFlight.add(r);
            }
        }
        boolean report = context.owner().onClosing(this, reason, wasReady, nowNanos);
        for (OutboundRequest r = inFlight.poll(); r != null; r = inFlight.poll()) {
            tellLost(r, reason, nowNanos);
        }
        if (report) {
            context.owner().onClosed(this, reason, wasReady, nowNanos);
        }
    }

    @Override
    public String toString() {
        return ConnectionException.describe(nodeId, endpoint) + " (" + state + ", " + inFlightCount + " in flight)";
    }

    /** Starts connecting; whatever comes of it is told later. */
    void open(InetSocketAddress address, long setupTimeoutNanos, long nowNanos) {
        try {
            link = context.transport().connect(address, events);
            timers.onSetup(nowNanos + setupTimeoutNanos);
        } catch (IOException | RuntimeException e) {
            // The caller may be in the middle of anything, so even what fails at once is told in the next turn.
            openFailure = e;
            timers.onSetup(nowNanos);
        }
    }

    /** Writes what waits, as far as the link takes it. */
    void flush(long nowNanos) {
        unflushed = false;
        Link to = link;
        if (to == null || state == ConnectionState.CONNECTING || state == ConnectionState.CLOSED) {
            return;
        }
        Exception failure = null;
        long before = writer.writtenBytes();
        try {
            boolean wrote = writer.writeTo(to) && !to.holdsWritten();
            if (wrote == wantsWrite) {
                wantsWrite = !wrote;
                to.wantWrite(wantsWrite);
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        meter.onWritten(writer.writtenBytes() - before, nowNanos);
        tellFinished(nowNanos);
        if (failure != null) {
            close(lost(failure), nowNanos);
        }
    }

    /** No more requests; closes it when those in flight have ended. */
    void retire(Throwable reason, long nowNanos) {
        retirement = reason;
        closeWhenDrained(nowNanos);
        if (state == ConnectionState.CONNECTING || state == ConnectionState.NEGOTIATING) {
            close(reason, nowNanos);
        }
    }

    boolean isClosed() {
        return state == ConnectionState.CLOSED;
    }

    /** Whether a request was answered since it was ready: only then is the broker known to serve us. */
    boolean hasAnswered() {
        return answered;
    }

    /** The request whose time counts: the one that has waited longest. */
    @Nullable
    OutboundRequest oldest() {
        OutboundRequest oldest = inFlight.oldest();
        return oldest != null ? oldest : writer.oldest();
    }

    void submit(OutboundRequest request, long nowNanos) {
        request.sentAt(nowNanos);
        inFlightCount++;
        meter.onRequest(request.sizeBytes(), nowNanos);
        writer.add(request);
        if (request.expectsResponse()) {
            inFlight.add(request);
        }
    }

    void negotiated(NegotiatedVersions spoken) {
        versions = spoken;
    }

    void onSetupDone(long nowNanos) {
        moveTo(ConnectionState.READY);
        reader.limitTo(FrameReader.MAX_FRAME_BYTES);
        timers.onReady(nowNanos);
        meter.onReady(nowNanos);
        context.owner().onReady(this, nowNanos);
    }

    void authenticatedAs(String known) {
        client = known;
    }

    /** The broker ends the session then; it is renewed before. */
    void onSession(long lifetimeMs, long nowNanos) {
        renewal.schedule(lifetimeMs, nowNanos);
    }

    /** The next session has begun; requests may be sent again. */
    void onRenewed(long latencyNanos, long nowNanos) {
        meter.onRenewed(latencyNanos, nowNanos);
        if (isReady()) {
            context.owner().onCapacity(this, nowNanos);
        }
    }

    void onSetupTimeout(long nowNanos) {
        Throwable failure = openFailure;
        if (failure != null) {
            close(exception(Reason.CONNECT_FAILED, LinkEnd.connectFailed(failure), failure), nowNanos);
        } else if (state == ConnectionState.CONNECTING) {
            String progress = link == null ? "" : link.progress();
            close(exception(Reason.SETUP_TIMEOUT, LinkEnd.connectTimeout(progress), null), nowNanos);
        } else {
            close(
                    exception(
                            Reason.SETUP_TIMEOUT,
                            LinkEnd.setupTimeout(setup.waitingFor(), context.requestTimeoutNanos()),
                            null),
                    nowNanos);
        }
    }

    void onRequestTimeout(OutboundRequest late, long nowNanos) {
        close(exception(Reason.REQUEST_TIMEOUT, LinkEnd.requestTimeout(late, inFlightCount), null), nowNanos);
    }

    void onThrottleEnd(long nowNanos) {
        if (isReady()) {
            context.owner().onCapacity(this, nowNanos);
        }
    }

    void onIdle(long nowNanos) {
        close(exception(Reason.IDLE, "closed because nothing was sent for connections.max.idle.ms", null), nowNanos);
    }

    void fail(Reason reason, String whatAndWhatToDo, @Nullable Throwable cause, long nowNanos) {
        close(exception(reason, whatAndWhatToDo, cause), nowNanos);
    }

    private void moveTo(ConnectionState next) {
        state = state.to(next);
    }

    private void read(Link from, long nowNanos) {
        ByteBuffer chunk = context.buffers().read;
        try {
            for (int i = 0; i < READS_PER_TURN && state != ConnectionState.CLOSED; i++) {
                chunk.clear();
                int count = from.read(chunk);
                if (count < 0) {
                    close(lost(null), nowNanos);
                    return;
                }
                chunk.flip();
                received |= count > 0;
                meter.onRead(count, nowNanos);
                reader.feed(chunk, events);
                if (count < chunk.capacity()) {
                    return;
                }
            }
        } catch (WireFormatException e) {
            close(exception(setupDone() ? Reason.MALFORMED : Reason.NOT_KAFKA, LinkEnd.why(e), e), nowNanos);
        } catch (IOException e) {
            close(lost(e), nowNanos);
        } catch (Throwable e) {
            // Out of a listener: where the next frame begins is no longer certain.
            LOG.error("Handling what {} sent failed; this is a bug, please report it.", this, e);
            close(lost(e), nowNanos);
        }
    }

    private boolean take(ByteBuffer frame, long nowNanos) {
        WireReader body = new WireReader(frame);
        OutboundRequest request = inFlight.answered(body.readInt());
        boolean ofSetup = !setupDone();
        boolean ofRenewal = renewal.isExclusive();
        inFlightCount--;
        meter.onResponse(request.key(), nowNanos - request.sentAtNanos(), nowNanos);
        meter.onRequestEnded();
        try {
            if (request.key().responseHeaderVersion(request.version()) > 0) {
                body.skipTags();
            }
            request.handler().onResponse(body, nowNanos);
        } catch (Throwable e) {
            refuse(request, e, nowNanos);
            return false;
        }
        if (ofRenewal) {
            closeWhenDrained(nowNanos);
            return state != ConnectionState.CLOSED; // it is no use that would keep an idle connection
        }
        timers.onAnswered(oldest(), nowNanos);
        if (!ofSetup && state == ConnectionState.READY) {
            answered = true;
            context.owner().onAnswered();
            context.owner().onCapacity(this, nowNanos);
            closeWhenDrained(nowNanos);
        }
        return state != ConnectionState.CLOSED;
    }

    /** A response that its handler could not use: the request ends as lost, with the connection. */
    private void refuse(OutboundRequest request, Throwable failure, long nowNanos) {
        if (!(failure instanceof WireFormatException)) {
            LOG.error("Handling a response to {} failed; this is a bug, please report it.", request.key(), failure);
        }
        ConnectionException cause = exception(
                setupDone() ? Reason.MALFORMED : Reason.NOT_KAFKA,
                "its response to " + request.key() + " version " + request.version() + " cannot be used: "
                        + LinkEnd.why(failure),
                failure);
        inFlightCount++;
        meter.onAnswerUnusable();
        if (state == ConnectionState.CLOSED) {
            tellLost(request, cause, nowNanos);
        } else {
            inFlight.putBack(request);
            close(cause, nowNanos);
        }
    }

    private void tellFinished(long nowNanos) {
        if (link != null && link.holdsWritten()) {
            return; // what ends with its writing has not left this machine yet
        }
        for (OutboundRequest r = writer.pollFinished(); r != null; r = writer.pollFinished()) {
            inFlightCount--;
            meter.onRequestEnded();
            try {
                r.handler().onWritten(nowNanos);
            } catch (Throwable e) {
                LOG.error("Handling a written {} failed; this is a bug, please report it.", r.key(), e);
            }
            if (isReady()) {
                context.owner().onCapacity(this, nowNanos);
            }
        }
        if (state == ConnectionState.READY) {
            closeWhenDrained(nowNanos);
        }
    }

    private void tellLost(OutboundRequest request, Throwable cause, long nowNanos) {
        inFlightCount--;
        meter.onRequestEnded();
        request.dropFrame();
        try {
            request.handler().onLost(cause, request.isStarted(), nowNanos);
        } catch (Throwable e) {
            LOG.error("Handling a lost {} failed; this is a bug, please report it.", request.key(), e);
        }
    }

    private void closeWhenDrained(long nowNanos) {
        Throwable reason = retirement;
        if (reason != null && inFlightCount == 0) {
            close(reason, nowNanos);
        }
    }

    private boolean setupDone() {
        return state == ConnectionState.READY || answered;
    }

    private ConnectionException lost(@Nullable Throwable cause) {
        if (cause instanceof LinkFailure failure && failure.isRefused()) {
            return exception(Reason.TLS_REFUSED, LinkEnd.why(failure), failure);
        }
        return state == ConnectionState.NEGOTIATING && !received
                ? exception(Reason.NOT_KAFKA, LinkEnd.beforeAnswer(cause), cause)
                : exception(Reason.LOST, LinkEnd.lost(progress(), reader, oldest(), inFlightCount, cause), cause);
    }

    private LinkEnd.Progress progress() {
        if (state != ConnectionState.READY) {
            return LinkEnd.Progress.SETUP;
        }
        // A listener that requires SASL closes politely on the first request, and has never answered anything but
        // ApiVersions.
        return context.sasl().areUsed() || context.owner().hasAnswered()
                ? LinkEnd.Progress.ESTABLISHED
                : LinkEnd.Progress.NEVER_ANSWERED;
    }

    private ConnectionException exception(Reason reason, String whatAndWhatToDo, @Nullable Throwable cause) {
        return new ConnectionException(reason, nodeId, endpoint, whatAndWhatToDo, cause);
    }

    /** What the transport and the frame reader tell. */
    private final class LinkEvents implements LinkListener, FrameSink {

        @Override
        public void onConnected() {
            long now = context.clock().nanoTime();
            moveTo(ConnectionState.NEGOTIATING);
            meter.onConnected(now);
            timers.onSetup(now + context.requestTimeoutNanos());
            setup.begin(now);
        }

        @Override
        public void onConnectFailed(IOException cause) {
            boolean refused = cause instanceof LinkFailure failure && failure.isRefused();
            Reason reason = refused ? Reason.TLS_REFUSED : Reason.CONNECT_FAILED;
            close(
                    exception(reason, LinkEnd.connectFailed(cause), cause),
                    context.clock().nanoTime());
        }

        @Override
        public void onReadable() {
            if (link != null && !isClosed()) {
                read(link, context.clock().nanoTime());
            }
        }

        @Override
        public void onWritable() {
            flush(context.clock().nanoTime());
        }

        @Override
        public boolean onFrame(ByteBuffer frame) {
            return take(frame, context.clock().nanoTime());
        }
    }
}
