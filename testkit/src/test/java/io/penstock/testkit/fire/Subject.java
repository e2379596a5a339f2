package io.penstock.testkit.fire;

import java.time.Duration;

/** A producer under test, ours or Apache's. {@link #send} is called by one thread. */
interface Subject {

    void send(String topic, String key, byte[] value, Heard heard);

    void flush();

    /** Records that were sent again. */
    default long retries() {
        return metric("record-retry-total");
    }

    /** One of the producer's own metrics, which have the same names in both. */
    long metric(String name);

    /** What is not complete by then fails. */
    void close(Duration limit);

    /** How one record ended; exactly one call, on the producer's thread or on the sender's. */
    interface Heard {
        /** With -1 for an offset that the producer does not know. */
        void acknowledged(int partition, long offset);

        void failed(int partition, boolean surelyNotWritten, Exception failure);
    }
}
