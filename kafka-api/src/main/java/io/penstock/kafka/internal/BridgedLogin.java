package io.penstock.kafka.internal;

import io.penstock.security.AuthenticateCallbackHandler;
import io.penstock.security.Login;
import io.penstock.security.SaslExtensions;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.jspecify.annotations.Nullable;

/** The user's login, of Apache's kind, as the engine asks it. Created by the engine by its class; as thread-safe as the user's. */
public final class BridgedLogin implements Login {

    private org.apache.kafka.common.security.auth.@Nullable Login login;

    @Override
    public void configure(
            Map<String, ?> configs,
            String contextName,
            Configuration jaas,
            AuthenticateCallbackHandler loginCallbackHandler) {
        ProducerPlugins<?, ?> plugins = ProducerPlugins.of(configs);
        login = plugins.createSecurity(SecurityPlugins.LOGIN, org.apache.kafka.common.security.auth.Login.class);
        own().configure(
                        plugins.securityConfigs(),
                        contextName,
                        jaas,
                        loginCallbackHandler instanceof BridgedHandler bridge
                                ? bridge.handler()
                                : new Answers(loginCallbackHandler));
    }

    private org.apache.kafka.common.security.auth.Login own() {
        return Objects.requireNonNull(login, "not configured");
    }

    @Override
    public LoginContext login() throws LoginException {
        return own().login();
    }

    @Override
    public Subject subject() {
        Subject subject = own().subject();
        return subject.getPrivateCredentials(OAuthBearerToken.class).isEmpty() ? subject : translated(subject);
    }

    /** The same with tokens and extensions that the engine knows. */
    private static Subject translated(Subject subject) {
        Set<Object> open = new HashSet<>(subject.getPublicCredentials());
        subject.getPublicCredentials(org.apache.kafka.common.security.auth.SaslExtensions.class)
                .forEach(extensions -> open.add(new SaslExtensions(extensions.map())));
        Set<Object> secret = new HashSet<>(subject.getPrivateCredentials());
        for (OAuthBearerToken token : subject.getPrivateCredentials(OAuthBearerToken.class)) {
            secret.add(Objects.requireNonNull(BridgedToken.of(token)));
        }
        return new Subject(false, subject.getPrincipals(), open, secret);
    }

    @Override
    public String serviceName() {
        return own().serviceName();
    }

    @Override
    public void close() {
        if (login != null) {
            login.close();
        }
    }

    /** A handler of the engine's for a login of Apache's kind. */
    private record Answers(AuthenticateCallbackHandler handler)
            implements org.apache.kafka.common.security.auth.AuthenticateCallbackHandler {

        @Override
        public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {}

        @Override
        public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
            handler.handle(callbacks);
        }

        @Override
        public void close() {}
    }
}
