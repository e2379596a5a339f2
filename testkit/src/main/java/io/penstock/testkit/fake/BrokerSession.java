package io.penstock.testkit.fake;

import io.penstock.wire.WireFormatException;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.Request;
import io.penstock.wire.message.RequestHeader;
import io.penstock.wire.message.Response;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker's side of one connection: bytes in, bytes out, one request at a time.
 *
 * <p>Everything happens under the cluster's lock, when the host brings bytes or a time comes that was asked for. As in a real
 * broker, a request is not looked at before the one in front of it is answered. What does not read as a request closes the
 * connection.
 */
final class BrokerSession implements FakeHost.Peer {

    private static final int MAX_WAITING_FRAMES = 1_000;

    private final ClusterModel cluster;
    private final ApiHandlers handlers;
    private final FakeBroker broker;
    private final long number;
    private final FakeHost.Link link;
    private final Frames frames = new Frames();
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
    private final SaslSession sasl;
    private boolean busy;
    private boolean closed;

    /** Apart, so that the first answer does not wait for a search of the class path for logging. */
    private static final class Log {
        static final Logger LOG = LoggerFactory.getLogger(BrokerSession.class);
    }

    BrokerSession(ClusterModel cluster, ApiHandlers handlers, FakeBroker broker, long number, FakeHost.Link link) {
        this.cluster = cluster;
        this.handlers = handlers;
        this.broker = broker;
        this.number = number;
        this.link = link;
        this.sasl = new SaslSession(cluster.sasl().isRequired());
    }

    @Override
    public void onBytes(ByteBuffer in) {
        cluster.lock().lock();
        try {
            take(in);
            serveWaiting();
        } finally {
            cluster.lock().unlock();
        }
    }

    @Override
    public void onClosed() {
        cluster.lock().lock();
        try {
            closed = true;
            waiting.clear();
        } finally {
            cluster.lock().unlock();
        }
    }

    private void take(ByteBuffer in) {
        try {
            for (ByteBuffer frame = frames.next(in); frame != null; frame = frames.next(in)) {
                waiting.add(frame);
            }
        } catch (IllegalArgumentException e) {
            malformed(e.getMessage());
        }
        if (waiting.size() > MAX_WAITING_FRAMES) {
            close("more than " + MAX_WAITING_FRAMES + " requests wait");
        }
    }

    private void serveWaiting() {
        while (!busy && !closed && !waiting.isEmpty()) {
            serve(waiting.remove());
        }
    }

    private void serve(ByteBuffer frame) {
        if (!broker.isUp()) {
            close("broker " + broker.id() + " is down");
            return;
        }
        int sizeBytes = frame.remaining();
        RequestHeader header;
        ApiHandler<Request, Response> handler;
        Request request;
        try {
            header = RequestCodec.readHeader(frame);
            handler = handlers.find(header.requestApiKey());
            if (handler == null) {
                malformed("nobody serves request " + header.requestApiKey());
                return;
            }
            if (!sasl.admits(handler.key(), cluster.host().nanoTime())) {
                close(handler.key().label() + " may not come before authentication");
                return;
            }
            if (!speaks(handler, header)) {
                return;
            }
            request = RequestCodec.readBody(frame, handler.key(), header.requestApiVersion());
        } catch (WireFormatException | IllegalArgumentException e) {
            malformed(e.getMessage());
            return;
        }
        start(handler, request, SeenRequests.of(request, header, sizeBytes, broker, number, cluster));
    }

    /** Refuses versions: ApiVersions by the oldest form of its answer, others by closing. */
    private boolean speaks(ApiHandler<Request, Response> handler, RequestHeader header) {
        short version = header.requestApiVersion();
        if (version >= handler.lowest() && version <= handlers.highest(handler, broker)) {
            return true;
        }
        if (handler.key() == ApiKey.API_VERSIONS) {
            Response answer = handlers.apiVersions().unsupported(broker);
            link.write(RequestCodec.write(answer, header.correlationId(), (short) 0));
        } else {
            malformed(handler.key().label() + " version " + version + " is not served");
        }
        return false;
    }

    private void start(ApiHandler<Request, Response> handler, Request request, SeenRequest seen) {
        cluster.requests().add(seen);
        FaultPlan faults = cluster.faults().meet(seen);
        cluster.changed().signalAll();
        busy = true;
        faults.runActions();
        RequestContext context = new RequestContext(cluster, broker, seen, faults, sasl);
        if (faults.has(Fault.Kind.DROP_BEFORE)) {
            close("so the script says");
        } else if (!faults.has(Fault.Kind.SILENCE)) {
            pause(Fault.Kind.HOLD, Fault.Kind.DELAY, faults, () -> carryOut(handler, request, context));
        }
    }

    /** Also when the client has gone meanwhile: what a broker has taken from the socket, it does. */
    private void carryOut(ApiHandler<Request, Response> handler, Request request, RequestContext context) {
        if (!broker.isUp()) {
            close("broker " + broker.id() + " is down");
            return;
        }
        FaultPlan faults = context.faults();
        Fault instead = faults.firstForAll(Fault.Kind.ERROR_INSTEAD);
        Fault after = faults.firstForAll(Fault.Kind.ERROR_AFTER);
        Response answer =
                instead == null ? handler.handle(request, context) : handler.refuse(request, instead.error(), context);
        if (after != null) {
            answer = handler.refuse(request, after.error(), context);
        }
        cluster.changed().signalAll();
        if (context.mustClose() || faults.has(Fault.Kind.DROP_AFTER)) {
            close("after the request was carried out");
        } else if (!faults.has(Fault.Kind.SILENCE_AFTER)) {
            Response toSend = answer;
            pause(Fault.Kind.HOLD_ANSWER, Fault.Kind.DELAY_ANSWER, faults, () -> answer(handler, toSend, context));
        }
    }

    private void answer(ApiHandler<Request, Response> handler, @Nullable Response answer, RequestContext context) {
        if (answer != null) {
            int throttleMs = context.throttleMs();
            if (throttleMs > 0) {
                handler.throttle(answer, throttleMs, context.version());
            }
            Fault dripping = context.faults().first(Fault.Kind.DRIP);
            if (dripping != null) {
                drip(AnswerFaults.drip(answer, context, link), dripping.nanos(), context);
                return;
            }
            AnswerFaults.send(answer, context, link);
        }
        afterAnswer(context);
    }

    private void drip(Drip drip, long pauseNanos, RequestContext context) {
        if (closed) {
            return;
        }
        if (drip.writeNext()) {
            cluster.host().schedule(pauseNanos, () -> resume(() -> drip(drip, pauseNanos, context)));
        } else {
            afterAnswer(context);
        }
    }

    private void afterAnswer(RequestContext context) {
        if (context.faults().has(Fault.Kind.STALL_HALFWAY)) {
            return;
        }
        busy = false;
        if (context.silenceNanos() > 0) {
            busy = true;
            cluster.host().schedule(context.silenceNanos(), () -> resume(() -> busy = false));
        }
        if (context.mustClose() || context.closesAfterAnswer()) {
            close(context.mustClose() ? "after half an answer" : "authentication failed");
        }
    }

    /** Goes on at once, or when a fault is released, or some time later. */
    private void pause(Fault.Kind hold, Fault.Kind delay, FaultPlan faults, Runnable next) {
        Fault holding = faults.first(hold);
        Fault delaying = faults.first(delay);
        if (holding != null) {
            holding.hold(() -> cluster.host().schedule(0, () -> resume(next)));
        } else if (delaying != null) {
            cluster.host().schedule(delaying.nanos(), () -> resume(next));
        } else {
            next.run();
        }
    }

    private void resume(Runnable next) {
        cluster.lock().lock();
        try {
            next.run();
            serveWaiting();
        } finally {
            cluster.lock().unlock();
        }
    }

    private void malformed(@Nullable String why) {
        cluster.tellMalformed("A request came that cannot be served: " + why);
        close(why);
    }

    private void close(@Nullable String reason) {
        Log.LOG.debug("Broker {} closes connection {}: {}", broker.id(), number, reason);
        closed = true;
        waiting.clear();
        link.close();
    }
}
