package io.penstock.kafka.internal;

import io.penstock.security.AuthenticateCallbackHandler;
import io.penstock.security.OAuthBearerTokenCallback;
import io.penstock.security.SaslExtensions;
import io.penstock.security.SaslExtensionsCallback;
import io.penstock.security.ScramExtensionsCallback;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.jspecify.annotations.Nullable;

/**
 * The user's callback handler, of Apache's kind, as the engine asks it. Created by the engine by its class, one of the two below.
 *
 * <p>As thread-safe as the user's; questions of the JDK's kinds go through as they are.
 */
public abstract class BridgedHandler implements AuthenticateCallbackHandler {

    private final String key;
    private org.apache.kafka.common.security.auth.@Nullable AuthenticateCallbackHandler handler;

    private BridgedHandler(String key) {
        this.key = key;
    }

    /** Answers what a mechanism asks. */
    public static final class OfMechanism extends BridgedHandler {
        public OfMechanism() {
            super(SecurityPlugins.CLIENT_HANDLER);
        }
    }

    /** Answers what a login asks. */
    public static final class OfLogin extends BridgedHandler {
        public OfLogin() {
            super(SecurityPlugins.LOGIN_HANDLER);
        }
    }

    @Override
    public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
        ProducerPlugins<?, ?> plugins = ProducerPlugins.of(configs);
        handler = plugins.createSecurity(key, org.apache.kafka.common.security.auth.AuthenticateCallbackHandler.class);
        handler().configure(plugins.securityConfigs(), mechanism, entries);
    }

    /** The user's own. */
    org.apache.kafka.common.security.auth.AuthenticateCallbackHandler handler() {
        return Objects.requireNonNull(handler, "not configured");
    }

    @Override
    public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
        Callback[] theirs = new Callback[callbacks.length];
        for (int i = 0; i < callbacks.length; i++) {
            theirs[i] = toApache(callbacks[i]);
        }
        handler().handle(theirs);
        for (int i = 0; i < callbacks.length; i++) {
            takeBack(theirs[i], callbacks[i]);
        }
    }

    private static Callback toApache(Callback callback) {
        if (callback instanceof OAuthBearerTokenCallback) {
            return new org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback();
        }
        if (callback instanceof SaslExtensionsCallback) {
            return new org.apache.kafka.common.security.auth.SaslExtensionsCallback();
        }
        if (callback instanceof ScramExtensionsCallback) {
            return new org.apache.kafka.common.security.scram.ScramExtensionsCallback();
        }
        return callback;
    }

    private static void takeBack(Callback theirs, Callback ours) {
        if (theirs instanceof org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback token) {
            ((OAuthBearerTokenCallback) ours).token(BridgedToken.of(token.token()));
            if (token.errorCode() != null) {
                ((OAuthBearerTokenCallback) ours).error(token.errorCode(), token.errorDescription(), token.errorUri());
            }
        } else if (theirs instanceof org.apache.kafka.common.security.auth.SaslExtensionsCallback extensions) {
            ((SaslExtensionsCallback) ours)
                    .extensions(new SaslExtensions(extensions.extensions().map()));
        } else if (theirs instanceof org.apache.kafka.common.security.scram.ScramExtensionsCallback extensions) {
            ((ScramExtensionsCallback) ours).extensions(extensions.extensions());
        }
    }

    @Override
    public void close() {
        if (handler != null) {
            handler.close();
        }
    }
}
