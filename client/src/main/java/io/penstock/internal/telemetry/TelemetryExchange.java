package io.penstock.internal.telemetry;

import io.penstock.internal.loop.LoopDuty;
import io.penstock.internal.loop.Mailbox;
import io.penstock.internal.loop.Timer;
import io.penstock.internal.loop.Timers;
import io.penstock.internal.network.Connection;
import io.penstock.internal.network.Connections;
import io.penstock.internal.network.OutboundRequest;
import io.penstock.internal.network.RequestFrame;
import io.penstock.internal.network.ResponseHandler;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.WireReader;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.GetTelemetrySubscriptionsRequest;
import io.penstock.wire.message.GetTelemetrySubscriptionsResponse;
import io.penstock.wire.message.PushTelemetryRequest;
import io.penstock.wire.message.PushTelemetryResponse;
import io.penstock.wire.message.Request;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a broker which metrics it wants, and pushes them, over and over (KIP-714).
 *
 * <pre>
 * ask --> no broker knows the request, or it wants nothing: ask again after the interval
 *     --> it wants some: wait (the first time half to one and a half intervals, so that clients spread) --> make --> push --> wait
 * push refused for an outdated subscription --> ask;  for a reason that stays --> never again
 * </pre>
 *
 * <p>Loop only, but for {@link #clientInstanceId}. It never holds up a record: at most one small request is under way, on the broker
 * that has least to do, and what it carries is made elsewhere.
 */
public final class TelemetryExchange implements LoopDuty {

    private static final Logger LOG = LoggerFactory.getLogger(TelemetryExchange.class);
    private static final UUID NONE = new UUID(0, 0);
    private static final long NO_CONNECTION_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** When a broker does not say. Kafka's own. */
    private static final long DEFAULT_INTERVAL_MILLIS = TimeUnit.MINUTES.toMillis(5);

    /** How long close() waits for the last push to be taken. */
    private static final long LAST_PUSH_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final TelemetryRooms rooms;
    private final Connections connections;
    private final Timers timers;
    private final Mailbox mailbox;
    private final RandomGenerator random;
    private final Executor worker;
    private final CompletableFuture<UUID> instanceId = new CompletableFuture<>();
    private State state = State.ASK;
    private @Nullable Subscription subscription;
    private boolean isAnyReady;
    private boolean hasPushed;
    private boolean hasPushedLast;
    private boolean closing;

    private enum State {
        ASK,
        ASKED,
        WAIT,
        PUSH,
        MAKING,
        PUSHED,
        OVER
    }

    private final Timer pause = new Timer() {
        @Override
        protected void onTimer(long nowNanos) {
            if (closing) {
                state = State.OVER; // the last push has had its time
            } else if (state == State.WAIT) {
                state = subscription != null && subscription.wantsAnything() ? State.PUSH : State.ASK;
            }
        }
    };

    public TelemetryExchange(
            TelemetryRooms rooms,
            Connections connections,
            Timers timers,
            Mailbox mailbox,
            RandomGenerator random,
            Executor worker) {
        this.rooms = rooms;
        this.connections = connections;
        this.timers = timers;
        this.mailbox = mailbox;
        this.random = random;
        this.worker = worker;
    }

    /** Completes when a broker has given one. Any thread. */
    public CompletableFuture<UUID> clientInstanceId() {
        return instanceId;
    }

    /** A connection is ready: before the first, there is nobody to ask. */
    public void onReady() {
        isAnyReady = true;
    }

    @Override
    public boolean run(long nowNanos) {
        if (state == State.ASK && isAnyReady && !closing && !pause.isScheduled()) {
            ask(nowNanos);
        } else if (state == State.PUSH) {
            make();
        }
        return false;
    }

    private void ask(long nowNanos) {
        Connection connection = connections.leastLoaded(nowNanos);
        if (connection == null) {
            timers.schedule(pause, nowNanos + NO_CONNECTION_PAUSE_NANOS);
            return;
        }
        short version = version(connection, ApiKey.GET_TELEMETRY_SUBSCRIPTIONS);
        if (version < 0) {
            pauseFor(DEFAULT_INTERVAL_MILLIS, nowNanos); // a broker that collects nothing; another may
            return;
        }
        state = State.ASKED;
        send(
                new GetTelemetrySubscriptionsRequest().clientInstanceId(instanceId.getNow(NONE)),
                connection,
                version,
                new Answer(connection) {
                    @Override
                    int take(WireReader body, long now) {
                        GetTelemetrySubscriptionsResponse response = new GetTelemetrySubscriptionsResponse();
                        response.read(body, version);
                        onSubscription(response, now);
                        return response.throttleTimeMs();
                    }
                },
                nowNanos);
    }

    private void onSubscription(GetTelemetrySubscriptionsResponse response, long nowNanos) {
        ErrorCode error = ErrorCode.forCode(response.errorCode());
        if (error != ErrorCode.NONE) {
            onRefused("the question for a subscription", error, nowNanos);
            return;
        }
        Subscription taken = Subscription.of(response);
        subscription = taken;
        instanceId.complete(response.clientInstanceId());
        if (hasPushed || !taken.wantsAnything()) {
            pauseFor(taken.intervalMillis(), nowNanos);
        } else {
            pauseFor((long) (taken.intervalMillis() * (0.5 + random.nextDouble())), nowNanos);
        }
    }

    /** Off the loop: with many topics, there is much to collect. */
    private void make() {
        Subscription current = subscription;
        if (current == null) {
            state = State.ASK;
            return;
        }
        state = State.MAKING;
        worker.execute(() -> {
            try {
                PayloadSource.Push push = rooms.payload().make(current);
                mailbox.post(now -> onMade(current, push, now));
            } catch (RuntimeException e) {
                LOG.warn("The metrics for the brokers could not be collected", e);
                mailbox.post(now -> onMade(current, null, now));
            }
        });
    }

    private void onMade(Subscription current, PayloadSource.@Nullable Push push, long nowNanos) {
        hasPushedLast = closing;
        if (state == State.MAKING && (push == null || !push(current, push, nowNanos))) {
            pauseFor(current.intervalMillis(), nowNanos);
        }
    }

    private boolean push(Subscription current, PayloadSource.Push push, long nowNanos) {
        Connection connection = connections.leastLoaded(nowNanos);
        short version = connection == null ? -1 : version(connection, ApiKey.PUSH_TELEMETRY);
        if (connection == null || version < 0 || push.bytes().remaining() > current.maxBytes()) {
            return false;
        }
        state = State.PUSHED;
        hasPushed = true;
        send(
                new PushTelemetryRequest()
                        .clientInstanceId(instanceId.getNow(NONE))
                        .subscriptionId(current.id())
                        .terminating(closing)
                        .compressionType((byte) push.compression().id())
                        .metrics(push.bytes()),
                connection,
                version,
                new Answer(connection) {
                    @Override
                    int take(WireReader body, long now) {
                        PushTelemetryResponse response = new PushTelemetryResponse();
                        response.read(body, version);
                        onPushed(current, ErrorCode.forCode(response.errorCode()), now);
                        return response.throttleTimeMs();
                    }
                },
                nowNanos);
        return true;
    }

    private void onPushed(Subscription current, ErrorCode error, long nowNanos) {
        switch (error) {
            case NONE, TELEMETRY_TOO_LARGE, THROTTLING_QUOTA_EXCEEDED -> pauseFor(current.intervalMillis(), nowNanos);
            case UNKNOWN_SUBSCRIPTION_ID, UNSUPPORTED_COMPRESSION_TYPE -> state = closing ? State.OVER : State.ASK;
            default -> onRefused("metrics", error, nowNanos);
        }
    }

    private void onRefused(String what, ErrorCode error, long nowNanos) {
        if (error.retriable() || error == ErrorCode.THROTTLING_QUOTA_EXCEEDED) {
            pauseFor(DEFAULT_INTERVAL_MILLIS, nowNanos);
            return;
        }
        LOG.warn("The brokers refuse {} of this producer: {}. No more are pushed.", what, error);
        state = State.OVER;
    }

    private void pauseFor(long millis, long nowNanos) {
        if (closing) {
            endOrPushLast();
            return;
        }
        state = subscription == null ? State.ASK : State.WAIT;
        timers.schedule(pause, nowNanos + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /**
     * Pushes a last time, now that all records are complete; to be asked in each turn of the closing loop.
     *
     * @return whether there is nothing to wait for any more
     */
    public boolean finish(long nowNanos) {
        if (!closing) {
            closing = true;
            timers.cancel(pause);
            if (state == State.MAKING || state == State.PUSHED) {
                timers.schedule(pause, nowNanos + LAST_PUSH_NANOS);
            } else if (state == State.WAIT || state == State.PUSH) {
                timers.schedule(pause, nowNanos + LAST_PUSH_NANOS);
                endOrPushLast();
            } else {
                state = State.OVER;
            }
        }
        return state == State.OVER;
    }

    private void endOrPushLast() {
        Subscription last = subscription;
        if (hasPushedLast || last == null || !last.wantsAnything()) {
            state = State.OVER;
        } else {
            make();
        }
    }

    private static short version(Connection connection, ApiKey key) {
        return connection.versions().highest(key, key.highestStableVersion());
    }

    private void send(Request request, Connection connection, short version, Answer answer, long nowNanos) {
        int correlationId = connections.nextCorrelationId();
        connection.send(
                new OutboundRequest(
                        request.apiKey(),
                        version,
                        correlationId,
                        RequestFrame.encode(request, version, rooms.clientId(), correlationId),
                        rooms.requestTimeoutNanos(),
                        true,
                        answer),
                nowNanos);
    }

    private abstract class Answer implements ResponseHandler {

        private final Connection connection;

        Answer(Connection connection) {
            this.connection = connection;
        }

        /** @return for how many milliseconds the broker wants to be left alone */
        abstract int take(WireReader body, long nowNanos);

        @Override
        public void onResponse(WireReader body, long nowNanos) {
            int throttleMillis = take(body, nowNanos);
            if (throttleMillis > 0) {
                connection.throttleUntil(nowNanos + TimeUnit.MILLISECONDS.toNanos(throttleMillis));
            }
        }

        @Override
        public void onLost(Throwable cause, boolean mayHaveArrived, long nowNanos) {
            Subscription current = subscription;
            pauseFor(current == null ? rooms.retryMillis() : current.intervalMillis(), nowNanos);
        }
    }
}
