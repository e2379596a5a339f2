package io.penstock.internal.tls;

import io.penstock.internal.network.LinkFailure;
import java.io.IOException;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Makes the engine and the first message of the handshake, which takes a key agreement's key. */
final class TlsPreparation implements TlsElsewhere {

    private final EngineSource engines;
    private final Peer peer;
    private final Result result;
    private @Nullable SSLEngine made;
    private IOException problem = LinkFailure.passing("the making of a TLS engine was cut short", null);

    /** Takes the engine, or why there is none. */
    interface Result {
        void take(@Nullable SSLEngine made, IOException problem);
    }

    TlsPreparation(EngineSource engines, Peer peer, Result result) {
        this.engines = engines;
        this.peer = peer;
        this.result = result;
    }

    @Override
    public void run() {
        try {
            SSLEngine fresh = engines.engine(peer);
            fresh.beginHandshake();
            made = fresh;
        } catch (IOException | RuntimeException e) {
            problem = TlsFailures.noEngine(e);
        }
    }

    @Override
    public void onDone() {
        result.take(made, problem);
    }
}
