package io.penstock.internal.tls;

import javax.net.ssl.SSLEngine;

/** What the handshake delegates: the check of certificates, signatures. The engine keeps its failure for the next step. */
record TlsTasks(SSLEngine of, Runnable then) implements TlsElsewhere {

    @Override
    public void run() {
        for (Runnable task = of.getDelegatedTask(); task != null; task = of.getDelegatedTask()) {
            task.run();
        }
    }

    @Override
    public void onDone() {
        then.run();
    }
}
