package io.penstock.internal.tls;

import io.penstock.security.SslEngineFactory;
import java.io.IOException;
import javax.net.ssl.SSLEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Engines from the user's own factory; what they trust and send is its business. Any thread. */
final class FactoryEngines implements EngineSource {

    private static final Logger LOG = LoggerFactory.getLogger(FactoryEngines.class);

    private final SslEngineFactory factory;
    private final String endpointIdentification;

    FactoryEngines(SslEngineFactory factory, String endpointIdentification) {
        this.factory = factory;
        this.endpointIdentification = endpointIdentification;
    }

    @Override
    public SSLEngine engine(Peer peer) throws IOException {
        try {
            SSLEngine engine = factory.createClientSslEngine(peer.host(), peer.port(), endpointIdentification);
            engine.setUseClientMode(true);
            return engine;
        } catch (RuntimeException e) {
            throw new IOException(factory.getClass().getName() + " (ssl.engine.factory.class) failed: " + e, e);
        }
    }

    @Override
    public OfferedCertificate offered(SSLEngine engine) {
        return OfferedCertificate.NOT_ASKED;
    }

    @Override
    public void close() {
        try {
            factory.close();
        } catch (Exception e) {
            LOG.warn("{} failed to close", factory.getClass().getName(), e);
        }
    }
}
