package io.penstock.internal.loop;

import java.util.function.LongSupplier;

/**
 * Where all time comes from: the machine in production, a number in a test or a simulation.
 *
 * <p>Any thread. {@link #nanoTime()} has an arbitrary origin and may overflow: compare two readings by their
 * difference only.
 */
public interface Clock extends LongSupplier {

    /** Nanoseconds since an arbitrary origin; never goes backwards. */
    long nanoTime();

    /** {@link #nanoTime()}, for those that need no more of a clock. */
    @Override
    default long getAsLong() {
        return nanoTime();
    }

    /** Milliseconds since the epoch, for record timestamps and for people; may jump. */
    long currentTimeMillis();
}
