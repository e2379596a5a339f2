package io.penstock.testkit;

/** What a broker's listener speaks, as {@code listener.security.protocol.map} and {@code security.protocol} call it. */
public enum SecurityProtocol {
    /** No encryption, no authentication. */
    PLAINTEXT,
    /** TLS; who the client is comes from its certificate, if one is asked for. */
    SSL,
    /** SASL without encryption. */
    SASL_PLAINTEXT,
    /** SASL inside TLS. */
    SASL_SSL
}
