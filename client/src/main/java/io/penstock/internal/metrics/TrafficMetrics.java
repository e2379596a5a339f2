package io.penstock.internal.metrics;

/** What goes to and comes from one broker, or all of them. The loop writes, any thread reads. */
public final class TrafficMetrics {

    private final Measure incomingBytes;
    private final Measure outgoingBytes;
    private final Measure requestBytes;
    private final Measure responses;
    private final Measure latencyNanos;

    TrafficMetrics(SampleWindows windows) {
        incomingBytes = new Measure(windows);
        outgoingBytes = new Measure(windows);
        requestBytes = new Measure(windows);
        responses = new Measure(windows);
        latencyNanos = new Measure(windows);
    }

    /** One event for each read. */
    public Measure incomingBytes() {
        return incomingBytes;
    }

    /** One event for each write. */
    public Measure outgoingBytes() {
        return outgoingBytes;
    }

    /** One event for each request. */
    public Measure requestBytes() {
        return requestBytes;
    }

    public Measure responses() {
        return responses;
    }

    /** From the sending of a produce request to its response. */
    public Measure latencyNanos() {
        return latencyNanos;
    }
}
