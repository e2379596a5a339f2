package io.penstock.internal.exchange;

import io.penstock.wire.compress.CompressionType;

/** What requests are made by. */
public record ExchangeSettings(
        String clientId, int maxInFlightPerConnection, long requestTimeoutNanos, CompressionType compression) {}
