package io.penstock.internal.admission;

import io.penstock.errors.KafkaException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A blocked caller, until something is settled, its time is over or it is interrupted.
 *
 * <p>Waited on by the thread that made it; settled by any, and only the first time counts.
 */
public final class CallerWait {

    private final Parking parking;
    private final Thread caller = Thread.currentThread();
    private volatile boolean settled;
    private @Nullable KafkaException cause;

    public CallerWait(Parking parking) {
        this.parking = parking;
    }

    public void settle(@Nullable KafkaException why) {
        synchronized (this) {
            if (settled) {
                return;
            }
            cause = why;
            settled = true;
        }
        LockSupport.unpark(caller);
    }

    /**
     * @return whether it was settled before {@code deadlineNanos} of {@link Parking#nanoTime}
     * @throws KafkaException when it was settled with a cause
     */
    public boolean await(long deadlineNanos) throws InterruptedException {
        while (!settled) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long left = deadlineNanos - parking.nanoTime();
            if (left <= 0) {
                return false;
            }
            parking.park(this, left);
        }
        if (cause != null) {
            throw cause;
        }
        return true;
    }
}
