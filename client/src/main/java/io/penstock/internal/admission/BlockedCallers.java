package io.penstock.internal.admission;

import io.penstock.errors.KafkaException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls that block at this moment, so that closing the producer releases them at once.
 *
 * <p>Any thread. Bounded by the calling threads: each has one entry at most.
 */
final class BlockedCallers {

    private final Parking parking;
    private final Set<CallerWait> waits = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    BlockedCallers(Parking parking) {
        this.parking = parking;
    }

    /** By the clock that waits are measured by. */
    long nanoTime() {
        return parking.nanoTime();
    }

    /** The calling thread is about to block; to be followed by {@link #end}. */
    CallerWait begin() {
        CallerWait wait = new CallerWait(parking);
        waits.add(wait);
        if (closed) {
            wait.settle(cause()); // one of us sees the other: we add and look, close() marks and sweeps
        }
        return wait;
    }

    void end(CallerWait wait) {
        waits.remove(wait);
    }

    void close() {
        closed = true;
        waits.forEach(wait -> wait.settle(cause()));
    }

    private static KafkaException cause() {
        return new KafkaException(
                "The producer was closed while this call waited for metadata or memory; its record was"
                        + " not written. Close the producer after the last send has returned.");
    }
}
