package io.penstock.internal.exchange;

/** Hears what brokers ask of us beside their answers, for whoever measures. Loop only. */
@FunctionalInterface
public interface ThrottleListener {

    ThrottleListener NONE = (millis, nowNanos) -> {};

    /** A produce response has come; the broker held it back, or asks for a pause of, so many milliseconds, mostly 0. */
    void onThrottle(int millis, long nowNanos);
}
