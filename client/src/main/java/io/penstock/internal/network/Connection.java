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
    private final ConnectionEvents events;
    private final FrameReader reader = new FrameReader();
    private final ConnectionRequests requests;
    private final ConnectionFailures failures;
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
    private boolean received;
    private boolean answered;
    private boolean unflushed;
    private boolean wantsWrite;

    Connection(int nodeId, HostPort endpoint, ConnectionContext context, SetupStep... steps) {
        this.nodeId = nodeId;
        this.endpoint = endpoint;
        this.context = context;
        this.events = new ConnectionEvents(this, context.clock());
        this.failures = new ConnectionFailures(nodeId, endpoint);
        this.meter = context.meters().of(nodeId);
        this.requests = new ConnectionRequests(new FrameWriter(context.buffers().gather), meter);
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
        return state == ConnectionState.READY && retirement == null && !renewal.isSilent();
    }

    /** Requests sent and not ended: waiting to be written, or for a response. */
    public int inFlightCount() {
        return requests.count();
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

    /**
     * The broker asks not to be sent anything until then (KIP-219); the sender obeys by asking {@link #isThrottled}. For a minute, or
     * {@code request.timeout.ms} if that is longer.
     */
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
        requests.endWriting();
        boolean report = context.owner().onClosing(this, reason, wasReady, nowNanos);
        requests.tellAllLost(reason, nowNanos);
        if (report) {
            context.owner().onClosed(this, reason, wasReady, nowNanos);
        }
    }

    @Override
    public String toString() {
        return ConnectionException.describe(nodeId, endpoint) + " (" + state + ", " + requests.count() + " in flight)";
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
        long before = requests.writtenBytes();
        try {
            boolean wrote = requests.writeTo(to) && !to.holdsWritten();
            if (wrote == wantsWrite) {
                wantsWrite = !wrote;
                to.wantWrite(wantsWrite);
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        meter.onWritten(requests.writtenBytes() - before, nowNanos);
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
        return requests.oldest();
    }

    void submit(OutboundRequest request, long nowNanos) {
        requests.add(request, nowNanos);
    }

    void negotiated(NegotiatedVersions spoken) {
        versions = spoken;
    }

    void onConnected(long nowNanos) {
        moveTo(ConnectionState.NEGOTIATING);
        meter.onConnected(nowNanos);
        timers.onSetup(nowNanos + context.requestTimeoutNanos());
        setup.begin(nowNanos);
    }

    void onConnectFailed(IOException cause, long nowNanos) {
        close(failures.connectFailed(cause), nowNanos);
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
        offerCapacity(nowNanos);
    }

    void onSetupTimeout(long nowNanos) {
        Throwable failure = openFailure;
        if (failure != null) {
            close(failures.connectFailed(failure), nowNanos);
        } else if (state == ConnectionState.CONNECTING) {
            close(failures.connectTimeout(link == null ? "" : link.progress()), nowNanos);
        } else {
            close(failures.setupTimeout(setup.waitingFor(), context.requestTimeoutNanos()), nowNanos);
        }
    }

    void onRequestTimeout(OutboundRequest late, long nowNanos) {
        close(failures.requestTimeout(late, requests.count()), nowNanos);
    }

    /** Says that requests may be sent, if so. */
    void offerCapacity(long nowNanos) {
        if (isReady()) {
            context.owner().onCapacity(this, nowNanos);
        }
    }

    void onIdle(long nowNanos) {
        close(failures.idle(), nowNanos);
    }

    void fail(Reason reason, String whatAndWhatToDo, @Nullable Throwable cause, long nowNanos) {
        close(failures.of(reason, whatAndWhatToDo, cause), nowNanos);
    }

    private void moveTo(ConnectionState next) {
        state = state.to(next);
    }

    /** Takes what has come, as far as this turn goes. */
    void read(long nowNanos) {
        Link from = link;
        if (from == null) {
            return;
        }
        try {
            ByteBuffer chunk = context.buffers().read;
            for (int i = 0; i < READS_PER_TURN && state != ConnectionState.CLOSED; i++) {
                int count = from.read(chunk.clear());
                if (count < 0) {
                    close(lost(null), nowNanos);
                    return;
                }
                received |= count > 0;
                meter.onRead(count, nowNanos);
                reader.feed(chunk.flip(), events);
                if (count < chunk.capacity()) {
                    return;
                }
            }
        } catch (WireFormatException e) {
            close(failures.senseless(setupDone(), LinkEnd.why(e), e), nowNanos);
        } catch (IOException e) {
            close(lost(e), nowNanos);
        } catch (Throwable e) {
            // Out of a listener: where the next frame begins is no longer certain.
            LOG.error("Handling what {} sent failed; this is a bug, please report it.", this, e);
            close(lost(e), nowNanos);
        }
    }

    /** One response; false when no more are wanted. */
    boolean take(ByteBuffer frame, long nowNanos) {
        WireReader body = WireReader.moving(frame);
        OutboundRequest request = requests.answered(body.readInt(), nowNanos);
        boolean ofSetup = !setupDone();
        boolean ofRenewal = renewal.isExclusive();
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
            if (!renewal.isSilent()) {
                context.owner().onCapacity(this, nowNanos);
            }
            closeWhenDrained(nowNanos);
        }
        return state != ConnectionState.CLOSED;
    }

    /** A response that its handler could not use: the request ends as lost, with the connection. */
    private void refuse(OutboundRequest request, Throwable failure, long nowNanos) {
        if (!(failure instanceof WireFormatException)) {
            LOG.error("Handling a response to {} failed; this is a bug, please report it.", request.key(), failure);
        }
        ConnectionException cause = failures.unusable(setupDone(), request, failure);
        requests.putBack(request);
        if (state == ConnectionState.CLOSED) {
            requests.tellAllLost(cause, nowNanos);
        } else {
            close(cause, nowNanos);
        }
    }

    private void tellFinished(long nowNanos) {
        if (link != null && link.holdsWritten()) {
            return; // what ends with its writing has not left this machine yet
        }
        while (requests.tellFinished(nowNanos)) {
            offerCapacity(nowNanos);
        }
        if (state == ConnectionState.READY) {
            closeWhenDrained(nowNanos);
        }
    }

    private void closeWhenDrained(long nowNanos) {
        Throwable reason = retirement;
        if (reason != null && requests.count() == 0) {
            close(reason, nowNanos);
        }
    }

    private boolean setupDone() {
        return state == ConnectionState.READY || answered;
    }

    private ConnectionException lost(@Nullable Throwable cause) {
        boolean known = context.sasl().areUsed() || context.owner().hasAnswered();
        LinkEnd.Progress progress = LinkEnd.Progress.of(state == ConnectionState.READY, known);
        boolean unheard = state == ConnectionState.NEGOTIATING && !received;
        return failures.lost(unheard, progress, reader, requests, cause);
    }
}
