package io.penstock.internal.sasl;

import io.penstock.internal.config.HostPort;
import io.penstock.internal.config.SaslSettings;
import io.penstock.internal.loop.Mailbox;
import io.penstock.internal.network.SaslExchange;
import io.penstock.internal.network.SaslExchanges;
import io.penstock.security.AuthenticateCallbackHandler;
import java.util.concurrent.Executor;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.login.LoginException;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How one producer authenticates its connections: its login, its mechanism, and the threads that both run on.
 *
 * <p>Made and closed by the engine's owner; its loops share it. Nobody is logged in before the first connection asks, so that
 * building a producer waits for no one.
 */
public final class SaslAuthentication implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SaslAuthentication.class);

    private final String mechanism;
    private final Logins.Parts parts;
    private final Executor threads;
    private final AutoCloseable ownThreads;

    private SaslAuthentication(String mechanism, Logins.Parts parts, Executor threads, AutoCloseable ownThreads) {
        this.mechanism = mechanism;
        this.parts = parts;
        this.threads = threads;
        this.ownThreads = ownThreads;
    }

    /**
     * What the settings ask for, with threads of its own.
     *
     * @throws io.penstock.errors.KafkaException when the JAAS configuration or a class of the user's does not hold
     */
    public static SaslAuthentication start(SaslSettings settings, String threadName) {
        AuthenticationThreads threads = new AuthenticationThreads(threadName);
        try {
            if (!settings.isEncrypted() && settings.mechanism().equals("PLAIN")) {
                LOG.warn(
                        "The password is sent unencrypted with sasl.mechanism=PLAIN and security.protocol=SASL_PLAINTEXT;"
                                + " use SASL_SSL, or a SCRAM mechanism");
            }
            return new SaslAuthentication(
                    settings.mechanism(), Logins.create(settings, threads), threads::execute, threads);
        } catch (RuntimeException | Error e) {
            threads.close();
            throw e;
        }
    }

    /** The exchanges of one loop, which are that loop's and hear through its mailbox. */
    public SaslExchanges of(Mailbox mailbox) {
        return new SaslExchanges() {
            @Override
            public String mechanism() {
                return mechanism;
            }

            @Override
            public SaslExchange open(HostPort broker) {
                return new Exchange(() -> begin(broker.host()), threads, mailbox::post);
            }
        };
    }

    private Mechanism begin(String host) throws LoginException, SaslException {
        Subject subject = parts.credentials().subject();
        AuthenticateCallbackHandler own = parts.clientHandler();
        CallbackHandler handler = own == null ? new SubjectAnswers(subject) : own;
        return Mechanisms.create(mechanism, parts.serviceName(), host, subject, handler);
    }

    /** Ends the threads and closes the user's handlers. Any thread. */
    @Override
    public void close() {
        closeQuietly(ownThreads);
        closeQuietly(parts.credentials());
        closeQuietly(parts.clientHandler());
        closeQuietly(parts.loginHandler());
    }

    private static void closeQuietly(@Nullable AutoCloseable resource) {
        if (resource != null) {
            try {
                resource.close();
            } catch (Exception e) {
                LOG.warn("{} failed to close", resource.getClass().getName(), e);
            }
        }
    }
}
