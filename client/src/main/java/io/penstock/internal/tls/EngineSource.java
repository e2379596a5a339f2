package io.penstock.internal.tls;

import java.io.IOException;
import javax.net.ssl.SSLEngine;

/** Makes the engines of new connections. Any thread but the loop: it may read files and wait. */
public interface EngineSource extends AutoCloseable {

    /**
     * A new engine in client mode, set up to verify this peer.
     *
     * @throws IOException with a message that says why there is none
     */
    SSLEngine engine(Peer peer) throws IOException;

    /** What is known of why the peer refused us; called on the loop, must not wait. */
    OfferedCertificate offered(SSLEngine engine);

    @Override
    void close();
}
