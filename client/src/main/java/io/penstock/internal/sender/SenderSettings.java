package io.penstock.internal.sender;

import io.penstock.internal.config.DeliverySettings;
import io.penstock.internal.loop.Backoff;

/**
 * What the sender goes by.
 *
 * @param delivery acks, timeouts, retries
 * @param lingerNanos how long a batch that is not full waits for more
 * @param maxRequestBytes of all batches in one request; a single larger batch goes alone
 * @param availabilityTimeoutNanos after which a broker that takes nothing is avoided by the partitioner; 0 for never
 */
public record SenderSettings(
        DeliverySettings delivery, long lingerNanos, int maxRequestBytes, long availabilityTimeoutNanos) {

    /** From one millisecond to twenty, never longer than the usual one. */
    Backoff shortBackoff() {
        return backoff().shortened();
    }

    Backoff backoff() {
        return new Backoff(delivery.retryBackoffNanos(), delivery.retryBackoffMaxNanos());
    }
}
