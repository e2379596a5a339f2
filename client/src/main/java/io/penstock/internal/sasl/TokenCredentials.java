package io.penstock.internal.sasl;

import io.penstock.internal.config.RefreshSettings;
import io.penstock.security.OAuthBearerToken;
import io.penstock.security.OAuthBearerTokenCallback;
import io.penstock.security.SaslExtensionsCallback;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.LoginException;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A token of OAuth, fetched when the first connection asks and renewed in the background before it expires.
 *
 * <p>Authentication threads. The lock is held while a token is fetched; whoever finds one that is still good takes none. A renewal that
 * fails leaves the old token in use for as long as it lasts and is tried again.
 */
final class TokenCredentials implements Credentials {

    private static final Logger LOG = LoggerFactory.getLogger(SaslAuthentication.class);

    /** After a renewal that failed, as Kafka has it. */
    private static final long RETRY_MILLIS = 10_000;

    /** Runs something after so many milliseconds. */
    interface Scheduler {
        void schedule(Runnable task, long delayMillis);
    }

    private record Login(Subject subject, OAuthBearerToken token) {}

    private final CallbackHandler handler;
    private final RefreshSettings settings;
    private final Scheduler scheduler;
    private final LongSupplier clockMillis;

    private volatile @Nullable Login current;

    TokenCredentials(CallbackHandler handler, RefreshSettings settings, Scheduler scheduler, LongSupplier clockMillis) {
        this.handler = handler;
        this.settings = settings;
        this.scheduler = scheduler;
        this.clockMillis = clockMillis;
    }

    @Override
    public Subject subject() throws LoginException {
        Login login = current;
        if (login != null && isGood(login)) {
            return login.subject;
        }
        synchronized (this) {
            login = current;
            return login != null && isGood(login) ? login.subject : renew().subject;
        }
    }

    private boolean isGood(Login login) {
        return login.token.lifetimeMs() > clockMillis.getAsLong();
    }

    private Login renew() throws LoginException {
        boolean isFirst = current == null;
        Login login = fetch();
        current = login;
        long now = clockMillis.getAsLong();
        long wait = TokenRefresh.waitMillis(
                login.token, settings, now, ThreadLocalRandom.current().nextDouble());
        LOG.debug(
                "{} a token for \"{}\" that expires in {} ms; it is renewed in {} ms",
                isFirst ? "Fetched" : "Renewed",
                login.token.principalName(),
                login.token.lifetimeMs() - now,
                wait);
        later(wait);
        return login;
    }

    private void later(long waitMillis) {
        try {
            scheduler.schedule(this::refresh, waitMillis);
        } catch (RejectedExecutionException e) {
            // The producer is closed: nobody asks for a token any more.
        }
    }

    private void refresh() {
        synchronized (this) {
            try {
                renew();
            } catch (LoginException | RuntimeException e) {
                LOG.warn("A new token could not be had: {}. It is tried again in {} ms", e.getMessage(), RETRY_MILLIS);
                later(RETRY_MILLIS);
            }
        }
    }

    private Login fetch() throws LoginException {
        OAuthBearerTokenCallback callback = new OAuthBearerTokenCallback();
        SaslExtensionsCallback extensions = new SaslExtensionsCallback();
        try {
            NamePassword.answer(handler, callback);
            askForExtensions(extensions);
        } catch (SaslException e) {
            throw failed(String.valueOf(e.getMessage()), e);
        }
        OAuthBearerToken token = callback.token();
        if (token == null) {
            throw failed("no token was given" + OAuthBearerMechanism.because(callback), null);
        }
        if (token.lifetimeMs() <= clockMillis.getAsLong()) {
            throw failed("the token for \"" + token.principalName() + "\" has expired already; check the clocks", null);
        }
        Subject subject = new Subject();
        subject.getPrivateCredentials().add(token);
        subject.getPublicCredentials().add(extensions.extensions());
        return new Login(subject, token);
    }

    /** A handler need not know of them. */
    private void askForExtensions(SaslExtensionsCallback extensions) throws SaslException {
        try {
            NamePassword.answer(handler, extensions);
        } catch (SaslException e) {
            if (!(e.getCause() instanceof UnsupportedCallbackException)) {
                throw e;
            }
        }
    }

    private static LoginException failed(String why, @Nullable Throwable cause) {
        LoginException failure = new LoginException(why);
        failure.initCause(cause);
        return failure;
    }
}
