package io.penstock.internal.network;

import io.penstock.internal.loop.Clock;
import io.penstock.internal.loop.Timer;
import io.penstock.internal.loop.Timers;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When something is due on one connection: its setup or its oldest request, the end of a throttle, its closing when idle.
 *
 * <p>Loop only; three timers whatever is in flight. They are set lazily: an answer in time does not move a timer, which
 * finds out when it fires that it is early and sets itself again.
 */
final class ConnectionTimers {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionTimers.class);

    /** Some times what brokers ask for: their quotas look back eleven seconds unless they are told otherwise. */
    private static final long MAX_THROTTLE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Connection connection;
    private final Clock clock;
    private final Timers timers;
    private final long longestThrottleNanos;
    private final long maxIdleNanos;
    private final Timer deadline = new Deadline();
    private final Timer throttleEnd = new ThrottleEnd();
    private final Timer idle = new Idle();

    private boolean inSetup = true;
    private boolean throttled;
    private long throttledUntilNanos;
    private long usedAtNanos;

    ConnectionTimers(Connection connection, ConnectionContext context) {
        this.connection = connection;
        this.clock = context.clock();
        this.timers = context.timers();
        this.longestThrottleNanos = Math.max(MAX_THROTTLE_NANOS, context.requestTimeoutNanos());
        this.maxIdleNanos = context.maxIdleNanos();
    }

    void onSetup(long deadlineNanos) {
        timers.schedule(deadline, deadlineNanos);
    }

    void onReady(long nowNanos) {
        inSetup = false;
        usedAtNanos = nowNanos;
        timers.cancel(deadline);
        if (maxIdleNanos >= 0) {
            timers.schedule(idle, nowNanos + maxIdleNanos);
        }
    }

    void onSent(OutboundRequest request) {
        usedAtNanos = request.sentAtNanos();
        bringForward(request);
    }

    void onAnswered(@Nullable OutboundRequest nextOldest, long nowNanos) {
        usedAtNanos = nowNanos;
        if (nextOldest != null && !inSetup && !connection.isClosed()) {
            bringForward(nextOldest);
        }
    }

    /** Not for longer than it may be: beyond, it rather is a mistake in a number, which would silence the producer for up to 24 days. */
    void throttleUntil(long askedNanos) {
        long now = clock.nanoTime();
        long untilNanos = askedNanos;
        if (askedNanos - now > longestThrottleNanos) {
            LOG.warn(
                    "{} asks to be sent nothing for {} ms (its throttle time); it is left alone for {} ms only."
                            + " Check the broker's quotas.",
                    connection.describe(),
                    TimeUnit.NANOSECONDS.toMillis(askedNanos - now),
                    TimeUnit.NANOSECONDS.toMillis(longestThrottleNanos));
            untilNanos = now + longestThrottleNanos;
        }
        if (!throttled || untilNanos - throttledUntilNanos > 0) {
            throttled = true;
            throttledUntilNanos = untilNanos;
            timers.schedule(throttleEnd, untilNanos);
        }
    }

    boolean isThrottled(long nowNanos) {
        return throttled && throttledUntilNanos - nowNanos > 0;
    }

    void cancelAll() {
        timers.cancel(deadline);
        timers.cancel(throttleEnd);
        timers.cancel(idle);
    }

    private void bringForward(OutboundRequest request) {
        long due = dueNanos(request);
        if (!deadline.isScheduled() || due - deadline.deadlineNanos() < 0) {
            timers.schedule(deadline, due);
        }
    }

    /** A broker that throttles us reads nothing of ours until the throttle ends: the time of a request begins then. */
    private long dueNanos(OutboundRequest request) {
        boolean delayed = throttled && throttledUntilNanos - request.sentAtNanos() > 0;
        return (delayed ? throttledUntilNanos : request.sentAtNanos()) + request.timeoutNanos();
    }

    private final class Deadline extends Timer {

        @Override
        protected void onTimer(long nowNanos) {
            if (inSetup) {
                connection.onSetupTimeout(nowNanos);
                return;
            }
            OutboundRequest oldest = connection.oldest();
            if (oldest == null) {
                return;
            }
            long due = dueNanos(oldest);
            if (due - nowNanos > 0) {
                timers.schedule(this, due);
            } else {
                connection.onRequestTimeout(oldest, nowNanos);
            }
        }
    }

    private final class ThrottleEnd extends Timer {

        @Override
        protected void onTimer(long nowNanos) {
            connection.offerCapacity(nowNanos);
        }
    }

    private final class Idle extends Timer {

        @Override
        protected void onTimer(long nowNanos) {
            long due = connection.inFlightCount() > 0 ? nowNanos + maxIdleNanos : usedAtNanos + maxIdleNanos;
            if (due - nowNanos > 0) {
                timers.schedule(this, due);
            } else {
                connection.onIdle(nowNanos);
            }
        }
    }
}
