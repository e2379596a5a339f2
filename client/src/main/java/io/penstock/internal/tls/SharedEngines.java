package io.penstock.internal.tls;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;

/**
 * The engines of several loops' transports: one set of stores, read and watched once, one cache of sessions, and one factory of the
 * user's. Closed with the last of the transports.
 */
public final class SharedEngines implements EngineSource {

    private final EngineSource engines;
    private final AtomicInteger holds;

    /** @param holds how many transports close this */
    public SharedEngines(EngineSource engines, int holds) {
        this.engines = engines;
        this.holds = new AtomicInteger(holds);
    }

    @Override
    public SSLEngine engine(Peer peer) throws IOException {
        return engines.engine(peer);
    }

    @Override
    public OfferedCertificate offered(SSLEngine engine) {
        return engines.offered(engine);
    }

    @Override
    public void close() {
        if (holds.decrementAndGet() == 0) {
            engines.close();
        }
    }
}
