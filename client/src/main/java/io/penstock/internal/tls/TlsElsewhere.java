package io.penstock.internal.tls;

/** What takes too long for the loop, and its second half there. A link has one thing done elsewhere at a time. */
interface TlsElsewhere extends Runnable {

    /** On one of {@link TlsThreads}; leaves its result, or its failure, for the second half. */
    @Override
    void run();

    /** On the loop. */
    void onDone();
}
