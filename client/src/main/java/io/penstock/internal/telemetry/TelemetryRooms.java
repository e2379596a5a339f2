package io.penstock.internal.telemetry;

/**
 * What {@link TelemetryExchange} pushes, and by which settings.
 *
 * @param retryMillis before a subscription is asked for again when the connection was lost
 */
public record TelemetryRooms(PayloadSource payload, String clientId, long requestTimeoutNanos, long retryMillis) {}
