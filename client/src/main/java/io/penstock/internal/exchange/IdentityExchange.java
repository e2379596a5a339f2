package io.penstock.internal.exchange;

import io.penstock.internal.loop.Backoff;
import io.penstock.internal.loop.LoopDuty;
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
import io.penstock.wire.message.InitProducerIdRequest;
import io.penstock.wire.message.InitProducerIdResponse;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Fetches a producer id when batches wait for one.
 *
 * <p>Loop only. Any broker gives ids; a refusal that will not change by itself is reported, and the next need asks again.
 */
public final class IdentityExchange implements LoopDuty {

    /** Hears of the id, or why there is none. */
    public interface Listener {
        void onIdentity(long producerId, short epoch, long nowNanos);

        void onIdentityRefused(ErrorCode error, String broker, long nowNanos);
    }

    /** From here on the broker answers before it throttles, and trusts the client to keep away (KIP-219). */
    private static final short CLIENT_THROTTLES_VERSION = 1;

    private final Connections connections;
    private final Timers timers;
    private final ExchangeSettings settings;
    private final Backoff backoff;
    private final RandomGenerator random;
    private final Listener listener;
    private boolean needed;
    private boolean underWay;
    private int failures;

    private final Timer retry = new Timer() {
        @Override
        protected void onTimer(long nowNanos) {}
    };

    public IdentityExchange(
            Connections connections,
            Timers timers,
            ExchangeSettings settings,
            Backoff backoff,
            RandomGenerator random,
            Listener listener) {
        this.connections = connections;
        this.timers = timers;
        this.settings = settings;
        this.backoff = backoff;
        this.random = random;
        this.listener = listener;
    }

    /** An id is needed; asks in this turn or as soon as it can. */
    public void need() {
        needed = true;
    }

    @Override
    public boolean run(long nowNanos) {
        if (!needed || underWay || retry.isScheduled()) {
            return false;
        }
        Connection connection = connections.leastLoaded(nowNanos);
        if (connection == null) {
            return false;
        }
        short version =
                connection.versions().highest(ApiKey.INIT_PRODUCER_ID, ApiKey.INIT_PRODUCER_ID.highestStableVersion());
        if (version < 0) {
            needed = false;
            listener.onIdentityRefused(ErrorCode.UNSUPPORTED_VERSION, connection.describe(), nowNanos);
            return false;
        }
        // Without a transactional id the timeout has no meaning; Kafka's own producer sends the largest.
        InitProducerIdRequest request = new InitProducerIdRequest()
                .transactionalId(null)
                .transactionTimeoutMs(Integer.MAX_VALUE)
                .producerId(-1)
                .producerEpoch((short) -1);
        int correlationId = connections.nextCorrelationId();
        underWay = true;
        connection.send(
                new OutboundRequest(
                        ApiKey.INIT_PRODUCER_ID,
                        version,
                        correlationId,
                        RequestFrame.encode(request, version, settings.clientId(), correlationId),
                        settings.requestTimeoutNanos(),
                        true,
                        new Call(version, connection)),
                nowNanos);
        return false;
    }

    private void onFailed(long nowNanos) {
        failures++;
        timers.schedule(retry, nowNanos + backoff.nanos(failures, random));
    }

    private final class Call implements ResponseHandler {

        private final short version;
        private final Connection connection;

        Call(short version, Connection connection) {
            this.version = version;
            this.connection = connection;
        }

        @Override
        public void onResponse(WireReader body, long nowNanos) {
            InitProducerIdResponse response = new InitProducerIdResponse();
            response.read(body, version);
            ErrorCode error = ErrorCode.forCode(response.errorCode());
            underWay = false;
            if (response.throttleTimeMs() > 0 && version >= CLIENT_THROTTLES_VERSION) {
                connection.throttleUntil(nowNanos + TimeUnit.MILLISECONDS.toNanos(response.throttleTimeMs()));
            }
            if (error == ErrorCode.NONE) {
                needed = false;
                failures = 0;
                listener.onIdentity(response.producerId(), response.producerEpoch(), nowNanos);
            } else if (error.retriable()) {
                onFailed(nowNanos);
            } else {
                needed = false;
                listener.onIdentityRefused(error, connection.describe(), nowNanos);
            }
        }

        @Override
        public void onLost(Throwable cause, boolean mayHaveArrived, long nowNanos) {
            underWay = false;
            onFailed(nowNanos);
        }
    }
}
