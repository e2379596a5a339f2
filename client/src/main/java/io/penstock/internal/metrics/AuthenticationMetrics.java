package io.penstock.internal.metrics;

/** What is counted of TLS and SASL handshakes; nothing of a PLAINTEXT connection, as in Kafka. The loop writes, any thread reads. */
public final class AuthenticationMetrics {

    private final Measure successes;
    private final Measure notRenewed;
    private final Measure failures;
    private final Measure renewalNanos;
    private final Measure failedRenewals;

    AuthenticationMetrics(SampleWindows windows) {
        successes = new Measure(windows);
        notRenewed = new Measure(windows);
        failures = new Measure(windows);
        renewalNanos = new Measure(windows);
        failedRenewals = new Measure(windows);
    }

    public Measure successes() {
        return successes;
    }

    /** Every success: Kafka's producer counts them so, as only a broker knows whether its client can renew (KIP-368). */
    public Measure notRenewed() {
        return notRenewed;
    }

    public Measure failures() {
        return failures;
    }

    /** One event for each renewal that succeeded, with the time it took. */
    public Measure renewalNanos() {
        return renewalNanos;
    }

    public Measure failedRenewals() {
        return failedRenewals;
    }
}
