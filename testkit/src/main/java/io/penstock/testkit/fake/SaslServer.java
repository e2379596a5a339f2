package io.penstock.testkit.fake;

/** The broker's side of one SASL exchange. Guarded by the cluster's lock. */
interface SaslServer {

    /**
     * Takes the client's next message.
     *
     * @return what to say to it
     * @throws SaslRefusal when the client is not who it says it is, or makes no sense
     */
    byte[] answer(byte[] message) throws SaslRefusal;

    /** Whether the client is known now. */
    boolean isDone();

    /** Who the client is, once done. */
    String principal();
}
