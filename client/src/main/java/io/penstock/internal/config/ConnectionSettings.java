package io.penstock.internal.config;

import java.util.List;
import java.util.Locale;

/**
 * Where the brokers are and how connections to them live.
 *
 * @param bootstrap never empty, without duplicates, in the order given
 * @param bootstrapResolveTimeoutNanos how long all names may stay unknown before those who wait are told; 0 for at once (KIP-909)
 * @param setupTimeoutNanos for the first attempt, never above the longest
 * @param maxIdleNanos -1 for never
 * @param sendBufferBytes -1 leaves it to the system, as it is when the user has not set it: a size of its own would also end the
 *     system's fitting it to the connection, and Kafka's 128 KiB are less than a request may have
 * @param receiveBufferBytes -1 leaves it to the system
 */
public record ConnectionSettings(
        List<HostPort> bootstrap,
        DnsLookup dnsLookup,
        long bootstrapResolveTimeoutNanos,
        long setupTimeoutNanos,
        long setupTimeoutMaxNanos,
        long reconnectBackoffNanos,
        long reconnectBackoffMaxNanos,
        long maxIdleNanos,
        int sendBufferBytes,
        int receiveBufferBytes,
        String clientId) {

    private static final int SYSTEM = -1;

    static ConnectionSettings from(ConfigValues values, String clientId) {
        long setupMaxNanos = values.nanosNotNegative("socket.connection.setup.timeout.max.ms");
        long backoffNanos = values.nanos("reconnect.backoff.ms");
        // who sets the first wait and not the longest wants it constant, even below the default of the longest
        boolean constantBackoff = values.isSet("reconnect.backoff.ms") && !values.isSet("reconnect.backoff.max.ms");
        long backoffMaxNanos = constantBackoff ? backoffNanos : values.nanos("reconnect.backoff.max.ms");
        return new ConnectionSettings(
                BootstrapServers.parse(values.list("bootstrap.servers")),
                DnsLookup.valueOf(values.text("client.dns.lookup").toUpperCase(Locale.ROOT)),
                values.nanos("bootstrap.resolve.timeout.ms"),
                Math.min(values.nanosNotNegative("socket.connection.setup.timeout.ms"), setupMaxNanos),
                setupMaxNanos,
                Math.min(backoffNanos, backoffMaxNanos),
                backoffMaxNanos,
                Math.max(-1, values.nanos("connections.max.idle.ms")),
                values.isSet("send.buffer.bytes") ? values.number("send.buffer.bytes") : SYSTEM,
                values.number("receive.buffer.bytes"),
                clientId);
    }
}
