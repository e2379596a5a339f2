package io.penstock.internal.network;

import io.penstock.internal.loop.Clock;
import io.penstock.internal.loop.Timers;
import java.util.random.RandomGenerator;

/**
 * What connections are made with.
 *
 * @param random the loop's own source
 * @param meters who counts what goes over them
 * @param sasl authenticates them
 */
public record NetworkSeams(
        Transport transport,
        Clock clock,
        Timers timers,
        HostResolver resolver,
        RandomGenerator random,
        ConnectionMeters meters,
        SaslExchanges sasl) {}
