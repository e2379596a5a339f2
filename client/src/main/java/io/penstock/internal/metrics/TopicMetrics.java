package io.penstock.internal.metrics;

/**
 * What is counted of one topic.
 *
 * <p>The loop writes all but {@link #refusals}, which is the callers'. Any thread reads.
 */
public final class TopicMetrics {

    private final Measure records;
    private final Measure bytes;
    private final Measure compression;
    private final Measure retries;
    private final Measure failures;
    private final Measure refusals;

    TopicMetrics(SampleWindows windows) {
        records = new Measure(windows);
        bytes = new Measure(windows);
        compression = new Measure(windows);
        retries = new Measure(windows);
        failures = new Measure(windows);
        refusals = new SharedMeasure(windows);
    }

    /** Records sent, of one batch. */
    public Measure records() {
        return records;
    }

    /** Bytes sent, of one batch. */
    public Measure bytes() {
        return bytes;
    }

    /** Millionths of their raw size that a batch's records have when they are sent. */
    public Measure compression() {
        return compression;
    }

    /** Records to be sent again. */
    public Measure retries() {
        return retries;
    }

    /** Records given up, of one batch. */
    public Measure failures() {
        return failures;
    }

    /** Records that never came into a batch. */
    public Measure refusals() {
        return refusals;
    }
}
