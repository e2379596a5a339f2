package io.penstock.testkit.sim;

/** What is done with the producers of a run. */
interface Application {

    /** Enters what it does into the working time. */
    void schedule();

    /**
     * All is well from now on: everything comes to its end, and soon; then every producer is closed, or closing.
     *
     * @param silenceNanos for so long brokers may have asked to be left alone before
     */
    void finish(long silenceNanos);
}
