package io.penstock.internal.network;

import io.penstock.internal.loop.Timer;
import io.penstock.internal.network.ConnectionException.Reason;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authenticates a ready connection anew before its session ends, which the broker would close it for (KIP-368).
 *
 * <p>Loop only. It begins after 85 to 95 % of the session, as Kafka's client does. While the first message is made, requests go on; from
 * {@link #takeOver} to {@link #stepDone} the connection takes none, and answers to those sent before still come. When this side cannot
 * make its message (a token server that is down), the session's rest is used to try again. From the session's end on the connection takes
 * no request in any case, for the broker would close it: the process may have been paused, or the first message may take its time.
 */
final class SessionRenewal extends ConnectionSetup {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final double EARLIEST_SHARE = 0.85;
    private static final double JITTER_SHARE = 0.1;

    /** Brokers refuse to authenticate a connection twice within a second. */
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1_050);

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Timer due = new Due();
    private final Timer end = new End();
    private final Timer deadline = new Deadline();

    private SetupStep step = SetupStep.NONE;
    private boolean exclusive;
    private boolean over;
    private boolean underWay;
    private long begunNanos;
    private long sessionEndNanos;

    SessionRenewal(Connection connection, ConnectionContext context) {
        super(connection, context);
    }

    /** The session that begins now ends after this; another one has to begin before. */
    void schedule(long lifetimeMs, long nowNanos) {
        long lifetimeNanos = Math.min(TimeUnit.MILLISECONDS.toNanos(lifetimeMs), Long.MAX_VALUE / 4);
        double share = EARLIEST_SHARE + JITTER_SHARE * context.random().nextDouble();
        sessionEndNanos = nowNanos + lifetimeNanos;
        long wait = Math.max((long) (lifetimeNanos * share), Math.min(SHORTEST_NANOS, lifetimeNanos));
        context.timers().schedule(due, nowNanos + wait);
        context.timers().schedule(end, sessionEndNanos);
    }

    /** Whether what is asked and answered now is this alone. */
    boolean isExclusive() {
        return exclusive;
    }

    /** Whether the connection has to stay silent but for this. */
    boolean isSilent() {
        return exclusive || over;
    }

    void cancel() {
        context.timers().cancel(due);
        context.timers().cancel(end);
        context.timers().cancel(deadline);
        step.abandon();
        step = SetupStep.NONE;
    }

    @Override
    public void takeOver(long nowNanos) {
        exclusive = true;
        context.timers().cancel(end);
        context.timers().schedule(deadline, nowNanos + timeoutNanos());
    }

    @Override
    public void negotiated(NegotiatedVersions versions) {}

    @Override
    public void sessionEnds(long lifetimeMs, long nowNanos) {
        schedule(lifetimeMs, nowNanos);
    }

    @Override
    public void stepDone(long nowNanos) {
        exclusive = false;
        over = false;
        underWay = false;
        step = SetupStep.NONE;
        context.timers().cancel(deadline);
        connection.onRenewed(nowNanos - begunNanos, nowNanos);
    }

    @Override
    public void fail(Reason reason, String whatAndWhatToDo, long nowNanos) {
        if (!exclusive && sessionEndNanos - nowNanos > RETRY_NANOS) {
            LOG.warn("{} {}; it is tried again before the session ends", connection, whatAndWhatToDo);
            underWay = false;
            step.abandon();
            context.timers().schedule(due, nowNanos + RETRY_NANOS);
            return;
        }
        connection.fail(reason, whatAndWhatToDo, null, nowNanos);
    }

    private final class Due extends Timer {

        @Override
        protected void onTimer(long nowNanos) {
            if (!underWay && connection.isReady()) {
                underWay = true;
                begunNanos = nowNanos;
                step = context.sasl().newStep(connection.endpoint());
                step.begin(SessionRenewal.this, nowNanos);
            }
        }
    }

    private final class End extends Timer {

        @Override
        protected void onTimer(long nowNanos) {
            over = true;
            context.timers().schedule(deadline, nowNanos + timeoutNanos());
        }
    }

    private final class Deadline extends Timer {

        @Override
        protected void onTimer(long nowNanos) {
            connection.fail(
                    Reason.SETUP_TIMEOUT,
                    "was to be authenticated anew, but " + step.waitingFor() + " within "
                            + TimeUnit.NANOSECONDS.toMillis(timeoutNanos()) + " ms",
                    null,
                    nowNanos);
        }
    }
}
