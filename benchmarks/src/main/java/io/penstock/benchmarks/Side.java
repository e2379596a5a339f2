package io.penstock.benchmarks;

/** One of the producers that are compared, each used through its own API. */
interface Side extends AutoCloseable {

    /** Sends without waiting; failures are counted. */
    void send(int partition, byte[] value);

    void flush();

    /** Records that were not acknowledged, so far. */
    long failedCount();

    @Override
    void close();
}
