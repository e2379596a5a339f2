package io.penstock.internal.network;

/** Counts where the loop's time goes when it looks for I/O. Loop only. */
@FunctionalInterface
public interface PollMeter {

    PollMeter NONE = new PollMeter() {
        @Override
        public void onPoll(long waitNanos, long ioNanos, long nowNanos) {}
    };

    /**
     * @param waitNanos until the first connection was ready, or until the look ended without one
     * @param ioNanos in which what was ready was handled
     */
    void onPoll(long waitNanos, long ioNanos, long nowNanos);
}
