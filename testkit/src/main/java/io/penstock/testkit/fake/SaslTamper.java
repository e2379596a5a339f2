package io.penstock.testkit.fake;

/** Changes what a broker says in a SASL exchange: for tests of what a client puts up with. Called under the cluster's lock. */
@FunctionalInterface
public interface SaslTamper {

    /**
     * Gives the bytes to send instead.
     *
     * @param mechanism as in the handshake
     * @param step 1 for the answer to the client's first message
     * @param honest what the broker would say
     */
    byte[] answer(String mechanism, int step, byte[] honest);
}
