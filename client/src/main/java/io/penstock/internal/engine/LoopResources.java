package io.penstock.internal.engine;

import io.penstock.internal.config.ProducerSettings;
import io.penstock.internal.loop.Mailbox;
import io.penstock.internal.loop.SystemClock;
import io.penstock.internal.network.NioTransport;
import io.penstock.internal.network.SaslExchanges;
import io.penstock.internal.network.SystemHostResolver;
import io.penstock.internal.network.Transport;
import io.penstock.internal.sasl.SaslAuthentication;
import io.penstock.internal.tls.EngineSource;
import io.penstock.internal.tls.EngineSources;
import io.penstock.internal.tls.SharedEngines;
import io.penstock.internal.tls.TlsThreads;
import io.penstock.internal.tls.TlsTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Sockets, names, TLS and SASL of a producer's loops: to each its own way out, and in common the login, the key stores and the threads
 * that exist only while there is work for them.
 *
 * <p>Made before the loops and closed after them. A transport is closed by its loop, and here only when none was started.
 */
final class LoopResources implements AutoCloseable {

    private final List<LoopSeams> loops = new ArrayList<>();
    private final List<SystemHostResolver> resolvers = new ArrayList<>();
    private final @Nullable SaslAuthentication sasl;
    private final TlsThreads tlsThreads;

    /** @throws RuntimeException what a setting or the machine does not allow; nothing is left open then */
    LoopResources(ProducerSettings settings, int count) {
        String clientId = settings.client().clientId();
        this.sasl = settings.sasl().isUsed()
                ? SaslAuthentication.start(settings.sasl(), "penstock-auth-" + clientId)
                : null;
        this.tlsThreads = new TlsThreads("penstock-tls-" + clientId);
        EngineSource engines = null;
        try {
            engines = settings.tls().used() ? new SharedEngines(EngineSources.from(settings.tls()), count) : null;
            while (loops.size() < count) {
                addLoop(settings, engines);
            }
        } catch (RuntimeException | Error e) {
            for (int i = loops.size(); i < count && engines != null; i++) {
                engines.close(); // in place of a transport that there is not
            }
            closeUnused(e);
            throw e;
        }
    }

    private void addLoop(ProducerSettings settings, @Nullable EngineSource engines) {
        Mailbox mailbox = new Mailbox();
        Transport sockets = sockets(settings);
        SystemHostResolver resolver = new SystemHostResolver(
                mailbox,
                SystemClock.INSTANCE,
                "penstock-dns-" + settings.client().clientId());
        resolvers.add(resolver);
        loops.add(new LoopSeams(
                mailbox,
                engines == null ? sockets : new TlsTransport(sockets, mailbox, tlsThreads, engines),
                resolver,
                new Random(),
                sasl == null ? SaslExchanges.NONE : sasl.of(mailbox)));
    }

    private static NioTransport sockets(ProducerSettings settings) {
        try {
            return new NioTransport(
                    settings.connection().sendBufferBytes(),
                    settings.connection().receiveBufferBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("No selector could be opened; is the limit of open files reached?", e);
        }
    }

    List<LoopSeams> loops() {
        return loops;
    }

    /** In place of {@link #close} when no loop was started, because of this failure. */
    void closeUnused(Throwable why) {
        for (LoopSeams loop : loops) {
            try {
                loop.transport().close();
            } catch (Exception e) {
                why.addSuppressed(e);
            }
        }
        close();
    }

    @Override
    public void close() {
        resolvers.forEach(SystemHostResolver::close);
        if (sasl != null) {
            sasl.close();
        }
        tlsThreads.close();
    }
}
