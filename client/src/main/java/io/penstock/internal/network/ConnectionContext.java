package io.penstock.internal.network;

import io.penstock.internal.loop.Clock;
import io.penstock.internal.loop.Timers;
import java.util.random.RandomGenerator;

/** What all connections of one loop have in common. */
record ConnectionContext(
        Transport transport,
        Clock clock,
        Timers timers,
        LoopBuffers buffers,
        ConnectionOwner owner,
        ConnectionMeters meters,
        SaslSteps sasl,
        RandomGenerator random,
        long requestTimeoutNanos,
        long maxIdleNanos) {}
