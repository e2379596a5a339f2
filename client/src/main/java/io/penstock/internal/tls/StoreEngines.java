package io.penstock.internal.tls;

import io.penstock.internal.config.StoreSettings;
import io.penstock.internal.config.TlsSettings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Engines from the {@code ssl.*} settings, of the JDK or of the provider that they name.
 *
 * <p>Any thread; the lock is held while files are looked at and read. Before each engine the files are looked at, so that whoever
 * replaces them has them used by the next connection. A new context also starts without the sessions of the old one: what the old
 * certificates agreed on is not resumed.
 */
final class StoreEngines implements EngineSource {

    private final TlsSettings settings;
    private final WatchedStore<KeyManager[]> keys;
    private final WatchedStore<TrustManager[]> trust;
    private final Map<SSLEngine, OfferedCertificate> offered = NotingKeyManager.notes();
    private SSLContext context;

    /** Reads the stores. */
    StoreEngines(TlsSettings settings) throws IOException, GeneralSecurityException {
        this.settings = settings;
        this.keys = new WatchedStore<>(settings.keyStore(), this::keyManagers);
        this.trust = new WatchedStore<>(settings.trustStore(), this::trustManagers);
        this.context = newContext();
    }

    @Override
    public SSLEngine engine(Peer peer) throws IOException {
        SSLEngine engine = freshContext().createSSLEngine(peer.host(), peer.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        if (!settings.cipherSuites().isEmpty()) {
            parameters.setCipherSuites(settings.cipherSuites().toArray(new String[0]));
        }
        parameters.setProtocols(settings.enabledProtocols().toArray(new String[0]));
        if (!settings.endpointIdentification().isEmpty()) {
            parameters.setEndpointIdentificationAlgorithm(settings.endpointIdentification());
        }
        if (!peer.literal()) {
            nameServer(parameters, peer.host());
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** Also a name without a dot, which the JDK leaves out: routers in front of brokers go by it. */
    private static void nameServer(SSLParameters parameters, String host) {
        try {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        } catch (IllegalArgumentException e) {
            // No name of DNS (an underscore, say): it can be looked up here, and not be sent.
            parameters.setServerNames(List.of());
        }
    }

    @Override
    public OfferedCertificate offered(SSLEngine engine) {
        return offered.getOrDefault(engine, OfferedCertificate.NOT_ASKED);
    }

    private synchronized SSLContext freshContext() throws IOException {
        boolean newKeys = keys.refresh();
        if (trust.refresh() | newKeys) {
            try {
                context = newContext();
            } catch (GeneralSecurityException e) {
                throw new IOException(
                        "the changed " + keys.label() + " or " + trust.label() + " cannot be used: " + e, e);
            }
        }
        return context;
    }

    private SSLContext newContext() throws GeneralSecurityException {
        String provider = settings.provider();
        SSLContext made = provider == null
                ? SSLContext.getInstance(settings.protocol())
                : SSLContext.getInstance(settings.protocol(), provider);
        String random = settings.secureRandom();
        made.init(
                NotingKeyManager.wrap(keys.current(), offered),
                ExplainingTrustManager.wrap(trust.current(), trustLabel()),
                random == null ? null : SecureRandom.getInstance(random));
        return made;
    }

    private String trustLabel() {
        return settings.trustStore().isEmpty()
                ? "the JVM's trust store (no ssl.truststore.* is set)"
                : "the " + trust.label();
    }

    private KeyManager[] keyManagers(StoreSettings from) throws IOException, GeneralSecurityException {
        if (from.isEmpty()) {
            return new KeyManager[0];
        }
        String algorithm = settings.keyManagerAlgorithm();
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(algorithm == null ? KeyManagerFactory.getDefaultAlgorithm() : algorithm);
        factory.init(Stores.load(from), Stores.keyPassword(from));
        return factory.getKeyManagers();
    }

    /** Without a trust store, what the JVM trusts. */
    private TrustManager[] trustManagers(StoreSettings from) throws IOException, GeneralSecurityException {
        String algorithm = settings.trustManagerAlgorithm();
        TrustManagerFactory factory = TrustManagerFactory.getInstance(
                algorithm == null ? TrustManagerFactory.getDefaultAlgorithm() : algorithm);
        @Nullable KeyStore store = from.isEmpty() ? null : Stores.load(from);
        factory.init(store);
        return factory.getTrustManagers();
    }

    @Override
    public void close() {}
}
