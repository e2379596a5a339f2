package io.penstock.security;

import io.penstock.producer.Configurable;
import java.security.KeyStore;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Makes the TLS engines of a producer's connections, in place of the {@code ssl.*} settings: {@code
 * ssl.engine.factory.class} names the class, which has a public constructor without parameters (KIP-519).
 *
 * <p>It has the shape of Kafka's interface of the same name, so that an implementation moves over by its imports; a producer calls
 * {@link #configure}, {@link #createClientSslEngine} and {@link #close} only.
 *
 * <p>{@code configure} is called once, while the producer is built. After that, engines are asked for on threads of the producer's
 * that may wait (for a key server, say), several at the same time, and never on the one that sends.
 */
public interface SslEngineFactory extends Configurable, AutoCloseable {

    /**
     * A new engine in client mode, for one connection; asked for at every connection, so new keys are used as soon as this method
     * uses them.
     *
     * @param peerHost the name or address by which the broker was asked for
     * @param endpointIdentification {@code ssl.endpoint.identification.algorithm}; empty when the host name is not to be verified.
     *     To apply it is up to the factory
     * @throws RuntimeException if there is none to be had now; the connection fails and is tried again later
     */
    SSLEngine createClientSslEngine(String peerHost, int peerPort, String endpointIdentification);

    /** An engine for a server; a producer has no use for it. */
    default SSLEngine createServerSslEngine(String peerHost, int peerPort) {
        throw new UnsupportedOperationException("a producer has no TLS server");
    }

    /** For brokers, whose settings change while they run; a producer asks for a new engine at every connection instead. */
    default boolean shouldBeRebuilt(Map<String, Object> nextConfigs) {
        return false;
    }

    /** For brokers, whose settings change while they run. */
    default Set<String> reconfigurableConfigs() {
        return Set.of();
    }

    /** The keys in use; not asked for by a producer. */
    default @Nullable KeyStore keystore() {
        return null;
    }

    /** The certificates trusted; not asked for by a producer. */
    default @Nullable KeyStore truststore() {
        return null;
    }

    /** The producer is closed. */
    @Override
    default void close() {}
}
