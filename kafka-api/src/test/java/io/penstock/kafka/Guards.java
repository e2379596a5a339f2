package io.penstock.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLEngine;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.auth.Login;
import org.apache.kafka.common.security.auth.SaslExtensions;
import org.apache.kafka.common.security.auth.SaslExtensionsCallback;
import org.apache.kafka.common.security.auth.SecurityProviderCreator;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** A user's classes that secure connections, by Apache's interfaces. They write down what happens to them. */
final class Guards {

    static final List<String> SEEN = new CopyOnWriteArrayList<>();

    private Guards() {}

    /** Knows the password by a setting of its own. */
    public static class PasswordHandler implements AuthenticateCallbackHandler {
        private String password = "";

        @Override
        public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
            SEEN.add("handler " + mechanism + " "
                    + entries.get(0).getLoginModuleName().replaceAll(".*\\.", "") + " "
                    + (configs.get("sasl.jaas.config") instanceof Password) + " " + configs.get("client.id"));
            password = Objects.toString(configs.get("my.password"));
        }

        @Override
        public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
            for (Callback each : callbacks) {
                if (each instanceof NameCallback name) {
                    name.setName("alice");
                } else if (each instanceof PasswordCallback secret) {
                    secret.setPassword(password.toCharArray());
                } else {
                    throw new UnsupportedCallbackException(each);
                }
            }
        }

        @Override
        public void close() {
            SEEN.add("handler closed");
        }
    }

    /** An unsecured token, as brokers without a validator of their own take them. */
    record Token(String principalName, long startMs) implements OAuthBearerToken {
        @Override
        public String value() {
            String claims = "{\"sub\":\"" + principalName + "\",\"iat\":" + startMs / 1000 + ",\"exp\":"
                    + lifetimeMs() / 1000 + "}";
            return base64("{\"alg\":\"none\"}") + "." + base64(claims) + ".";
        }

        private static String base64(String text) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Set<String> scope() {
            return Set.of();
        }

        @Override
        public long lifetimeMs() {
            return startMs + 600_000;
        }

        @Override
        public Long startTimeMs() {
            return startMs;
        }
    }

    /** Fetches tokens. */
    public static class TokenHandler implements AuthenticateCallbackHandler {
        @Override
        public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {}

        @Override
        public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
            for (Callback each : callbacks) {
                if (each instanceof OAuthBearerTokenCallback token) {
                    SEEN.add("token asked for");
                    token.token(new Token("alice", System.currentTimeMillis()));
                } else if (each instanceof SaslExtensionsCallback extensions) {
                    extensions.extensions(new SaslExtensions(Map.of("tenant", "north")));
                } else {
                    throw new UnsupportedCallbackException(each);
                }
            }
        }

        @Override
        public void close() {
            SEEN.add("token handler closed");
        }
    }

    /** Refuses to give one. */
    public static class NoTokenHandler extends TokenHandler {
        @Override
        public void handle(Callback[] callbacks) {
            for (Callback each : callbacks) {
                if (each instanceof OAuthBearerTokenCallback token) {
                    token.error("invalid_client", "the vault is shut", null);
                }
            }
        }
    }

    /** A login without any module. */
    public static class OwnLogin implements Login {
        private final Subject subject = new Subject();

        @Override
        public void configure(
                Map<String, ?> configs, String contextName, Configuration jaas, AuthenticateCallbackHandler handler) {
            SEEN.add("login " + contextName);
            subject.getPublicCredentials().add("alice");
            subject.getPrivateCredentials().add(Objects.toString(configs.get("my.password")));
        }

        @Override
        public LoginContext login() {
            SEEN.add("logged in");
            return null;
        }

        @Override
        public Subject subject() {
            return subject;
        }

        @Override
        public String serviceName() {
            return "kafka";
        }

        @Override
        public void close() {
            SEEN.add("login closed");
        }
    }

    /** A login that holds a token. */
    public static class TokenLogin extends OwnLogin {
        @Override
        public Subject subject() {
            Subject subject = new Subject();
            subject.getPrivateCredentials().add(new Token("alice", System.currentTimeMillis()));
            return subject;
        }
    }

    /** Kafka's own factory, watched. */
    public static class Engines extends DefaultSslEngineFactory {
        @Override
        public SSLEngine createClientSslEngine(String peerHost, int peerPort, String endpointIdentification) {
            SEEN.add("engine for " + peerHost + " " + endpointIdentification);
            return super.createClientSslEngine(peerHost, peerPort, endpointIdentification);
        }

        @Override
        public void close() {
            SEEN.add("factory closed");
            super.close();
        }
    }

    /** Algorithms of nobody's. */
    public static class Algorithms implements SecurityProviderCreator {
        @Override
        public java.security.Provider getProvider() {
            return new java.security.Provider("penstock-test", "1", "none") {};
        }
    }
}
