package io.penstock.internal.admission;

import java.util.concurrent.locks.LockSupport;

/**
 * How a calling thread blocks, and the clock that its wait is measured by: the machine's in production. A simulator lets its world go
 * on instead.
 *
 * <p>Any thread.
 */
public interface Parking {

    /** The machine's. */
    Parking SYSTEM = new Parking() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void park(Object blocker, long nanos) {
            LockSupport.parkNanos(blocker, nanos);
        }
    };

    /** Compare two readings by their difference only. */
    long nanoTime();

    /** Blocks the calling thread until it is unparked or the time is over; may return early. */
    void park(Object blocker, long nanos);
}
