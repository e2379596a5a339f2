package io.penstock.internal.metrics;

/**
 * How long records spend in each stage of their way.
 *
 * <p>Counted in records: a batch counts as many times as it has records, each with the time of the whole. Nothing is recorded record
 * by record but what had to wait for admission. Who writes is said at each method; any thread reads, by {@link StageFigures}.
 */
public final class StageTimes {

    /** The stages, by the names that their metrics begin with. */
    public enum Stage {
        ADMISSION("admission", "that a record waited for metadata or memory; most wait for neither, and count as 0"),
        ACCUMULATOR("accumulator", "from a batch's first record to the batch's being sent first"),
        IN_FLIGHT("in-flight", "from sending a batch to the end of that attempt; each attempt counts"),
        THROTTLE("throttle", "that a broker asks to be left alone for, a response; mostly 0"),
        CALLBACK("callback", "from the outcome of a batch to the end of its last callback");

        private final String label;
        private final String what;

        Stage(String label, String what) {
            this.label = label;
            this.what = what;
        }

        public String label() {
            return label;
        }

        /** What its times are, to be read after a unit. */
        public String what() {
            return what;
        }
    }

    private final Latencies admission;
    private final Latencies accumulator;
    private final Latencies inFlight;
    private final Latencies throttle;
    private final Latencies callback;

    StageTimes(SampleWindows windows) {
        admission = new SharedLatencies(windows);
        accumulator = new Latencies(windows);
        inFlight = new Latencies(windows);
        throttle = new Latencies(windows);
        callback = new Latencies(windows);
    }

    /** Callers: a record has waited, whether or not it was admitted at last. */
    public void onWaited(long nanos, long nowNanos) {
        admission.record(nanos, 1, nowNanos);
    }

    /** Loop: a batch goes into its first request. */
    public void onTaken(long nanos, int records, long nowNanos) {
        accumulator.record(nanos, records, nowNanos);
    }

    /** Loop: an attempt to send a batch has ended. */
    public void onAttemptEnded(long nanos, int records, long nowNanos) {
        inFlight.record(nanos, records, nowNanos);
    }

    /** Loop: a broker has answered, and asks for this. */
    void onThrottle(long nanos, long nowNanos) {
        throttle.record(nanos, 1, nowNanos);
    }

    /** Callback thread: all of a batch's callbacks have run. */
    public void onTold(long nanos, int records, long nowNanos) {
        callback.record(nanos, records, nowNanos);
    }

    Latencies of(Stage stage) {
        return switch (stage) {
            case ADMISSION -> admission;
            case ACCUMULATOR -> accumulator;
            case IN_FLIGHT -> inFlight;
            case THROTTLE -> throttle;
            case CALLBACK -> callback;
        };
    }
}
