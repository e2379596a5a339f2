package io.penstock.benchmarks;

import java.util.Map;
import org.HdrHistogram.Histogram;

/** One of the producers that are compared, each used through its own API. */
interface Side extends AutoCloseable {

    static Side of(String name, Map<String, Object> settings, String topic) {
        return switch (name) {
            case "kafka" -> new KafkaSide(settings, topic);
            case "penstock" -> new PenstockSide(settings, topic);
            default -> throw new IllegalArgumentException("No producer is called " + name);
        };
    }

    /** Sends without waiting; failures are counted. */
    void send(int partition, byte[] value);

    /** Sends without waiting; the callback records the nanoseconds since {@code intendedNanos}. */
    void sendTimed(byte[] value, long intendedNanos, Histogram latencies);

    void flush();

    /** Records that were not acknowledged, so far. */
    long failedCount();

    /** Requests sent so far, by the producer's own metric. */
    double requestCount();

    @Override
    void close();
}
