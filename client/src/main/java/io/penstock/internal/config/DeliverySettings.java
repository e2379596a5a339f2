package io.penstock.internal.config;

import io.penstock.errors.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How hard a batch is tried, and how it is kept in order.
 *
 * @param acks -1 for all in-sync replicas
 * @param idempotent off as well when the user left it alone and chose something that excludes it
 * @param deliveryTimeoutNanos at least linger plus request timeout
 * @param retryBackoffNanos the first wait, never above the longest
 */
public record DeliverySettings(
        short acks,
        boolean idempotent,
        int retryCount,
        long deliveryTimeoutNanos,
        long requestTimeoutNanos,
        int maxInFlightPerConnection,
        long retryBackoffNanos,
        long retryBackoffMaxNanos) {

    private static final Logger log = LoggerFactory.getLogger(DeliverySettings.class);

    /** What a broker remembers of one producer and partition (KIP-98): with more in flight it could not tell a duplicate. */
    private static final int MAX_IN_FLIGHT_FOR_IDEMPOTENCE = 5;

    static DeliverySettings from(ConfigValues values) {
        String acksText = values.text("acks");
        short acks = acksText.equals("all") ? -1 : Short.parseShort(acksText);
        int retryCount = values.number("retries");
        int maxInFlight = values.number("max.in.flight.requests.per.connection");
        long backoffMaxNanos = values.nanos("retry.backoff.max.ms");
        return new DeliverySettings(
                acks,
                idempotent(values, acks, retryCount, maxInFlight),
                retryCount,
                deliveryTimeoutNanos(values),
                values.nanos("request.timeout.ms"),
                maxInFlight,
                Math.min(values.nanos("retry.backoff.ms"), backoffMaxNanos),
                backoffMaxNanos);
    }

    private static boolean idempotent(ConfigValues values, short acks, int retryCount, int maxInFlight) {
        if (!values.flag("enable.idempotence")) {
            return false;
        }
        if (maxInFlight > MAX_IN_FLIGHT_FOR_IDEMPOTENCE) {
            throw new ConfigException(
                    "max.in.flight.requests.per.connection",
                    maxInFlight,
                    "idempotence allows at most 5; lower it, or set enable.idempotence=false");
        }
        return allows(values, retryCount != 0, "retries=0") && allows(values, acks == -1, "acks=" + acks);
    }

    /** A choice that excludes idempotence: an error when that was asked for, otherwise the choice wins. */
    private static boolean allows(ConfigValues values, boolean fits, String choice) {
        if (!fits && values.isSet("enable.idempotence")) {
            throw new ConfigException("enable.idempotence=true needs acks=all and retries above 0, which " + choice
                    + " contradicts; change one of the two");
        }
        if (!fits) {
            log.info("Idempotence is off because of {}: retries may write a record twice or out of order", choice);
        }
        return fits;
    }

    private static long deliveryTimeoutNanos(ConfigValues values) {
        long needed = Math.min(
                values.nanos("linger.ms") + values.nanos("request.timeout.ms"), Integer.MAX_VALUE * 1_000_000L);
        long asked = values.nanos("delivery.timeout.ms");
        if (asked >= needed) {
            return asked;
        }
        if (values.isSet("delivery.timeout.ms")) {
            throw new ConfigException(
                    "delivery.timeout.ms",
                    values.number("delivery.timeout.ms"),
                    "must be at least linger.ms + request.timeout.ms, which is " + needed / 1_000_000);
        }
        log.warn("delivery.timeout.ms is raised to linger.ms + request.timeout.ms = {}", needed / 1_000_000);
        return needed;
    }
}
