package io.penstock.benchmarks;

/** One of the producers that are compared, each used through its own API. */
interface Side extends AutoCloseable {

    /** Sends without waiting; the outcome is counted. */
    void send(int partition, byte[] value);

    void flush();

    /** Records acknowledged, or failed, so far. */
    long completedCount();

    long failedCount();

    @Override
    void close();
}
