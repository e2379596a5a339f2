package io.penstock.internal.network;

import io.penstock.internal.loop.Clock;
import io.penstock.internal.loop.Timers;

/** What all connections of one loop have in common. */
record ConnectionContext(
        Transport transport,
        Clock clock,
        Timers timers,
        LoopBuffers buffers,
        ConnectionOwner owner,
        ConnectionMeters meters,
        long requestTimeoutNanos,
        long maxIdleNanos) {}
