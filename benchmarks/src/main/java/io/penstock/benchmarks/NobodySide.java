package io.penstock.benchmarks;

import org.HdrHistogram.Histogram;

/** Sends nothing: what a steady rate's latencies are before any producer has a hand in them. */
final class NobodySide implements Side {

    @Override
    public void send(int partition, Object value) {}

    @Override
    public void sendTimed(Object value, long intendedNanos, Histogram latencies) {
        latencies.recordValue(Math.max(0, System.nanoTime() - intendedNanos));
    }

    @Override
    public void flush() {}

    @Override
    public TransactionCalls transactions() {
        throw new UnsupportedOperationException("Nobody has no transactions");
    }

    @Override
    public long failedCount() {
        return 0;
    }

    @Override
    public double total(String metric) {
        return 0;
    }

    @Override
    public void close() {}
}
