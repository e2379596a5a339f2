package io.penstock.kafka.internal;

import io.penstock.security.OAuthBearerLoginProvider;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.auth.Login;
import org.apache.kafka.common.security.auth.SecurityProviderCreator;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.jspecify.annotations.Nullable;

/**
 * Which of the classes that secure connections are Apache's kind, so that a bridge stands before them, which are Kafka's own, for which
 * Penstock has its own, and which are Penstock's kind, which the engine takes itself.
 *
 * <p>While a producer is built. Holds nothing.
 */
final class SecurityPlugins {

    static final String CLIENT_HANDLER = "sasl.client.callback.handler.class";
    static final String LOGIN_HANDLER = "sasl.login.callback.handler.class";
    static final String LOGIN = "sasl.login.class";
    static final String ENGINE_FACTORY = "ssl.engine.factory.class";

    private static final String OAUTH_SETTINGS = "sasl.oauthbearer.";
    private static final List<String> TOKEN_CLASSES =
            List.of(OAUTH_SETTINGS + "jwt.retriever.class", OAUTH_SETTINGS + "jwt.validator.class");
    private static final String SECURITY = "org.apache.kafka.common.security.";

    /** What Apache's producer takes for OAUTHBEARER when nothing is named. */
    private static final String DEFAULT_TOKENS =
            SECURITY + "oauthbearer.internals.unsecured.OAuthBearerUnsecuredLoginCallbackHandler";

    /** Kafka's own that fetch tokens; those of Penstock are in a module that need not be there. */
    private static final Set<String> KAFKAS_TOKENS = Set.of(
            DEFAULT_TOKENS,
            SECURITY + "oauthbearer.OAuthBearerLoginCallbackHandler",
            SECURITY + "oauthbearer.secured.OAuthBearerLoginCallbackHandler");

    private SecurityPlugins() {}

    /** Puts the bridges in place of the classes that need one. */
    static void bridge(ProducerConfig config, Map<String, Object> settings) {
        bridge(config, settings, CLIENT_HANDLER, AuthenticateCallbackHandler.class, BridgedHandler.OfMechanism.class);
        bridge(config, settings, LOGIN, Login.class, BridgedLogin.class);
        bridge(config, settings, ENGINE_FACTORY, SslEngineFactory.class, BridgedSslEngineFactory.class);
        Class<?> handler = loginHandler(config);
        if (handler != null && AuthenticateCallbackHandler.class.isAssignableFrom(handler)) {
            settings.put(LOGIN_HANDLER, BridgedHandler.OfLogin.class);
            settings.keySet().removeIf(key -> key.startsWith(OAUTH_SETTINGS)); // the handler's own to read
        } else if (handler == null) {
            settings.remove(LOGIN_HANDLER);
        }
        SecurityProviders.install(config, settings);
    }

    private static void bridge(
            ProducerConfig config, Map<String, Object> settings, String key, Class<?> kind, Class<?> bridge) {
        Class<?> named = config.getClass(key);
        if (named != null && kind.isAssignableFrom(named)) {
            if (isKafkas(named)) {
                settings.remove(key);
            } else {
                settings.put(key, bridge);
            }
        }
    }

    /** Those that do what the engine does by itself. */
    private static boolean isKafkas(Class<?> named) {
        return named.getName().startsWith(SECURITY);
    }

    /** Whom to ask when a login asks; null for the engine's own. */
    private static @Nullable Class<?> loginHandler(ProducerConfig config) {
        Class<?> named = config.getClass(LOGIN_HANDLER);
        boolean ofTokens = named == null
                ? "OAUTHBEARER".equals(config.getString("sasl.mechanism")) && usesSasl(config)
                : KAFKAS_TOKENS.contains(named.getName());
        if (!ofTokens) {
            return named == null || isKafkas(named) ? null : named;
        }
        Class<?> login = config.getClass(LOGIN);
        if (named == null && login != null && !isKafkas(login)) {
            return null;
        }
        boolean ours =
                ServiceLoader.load(OAuthBearerLoginProvider.class).iterator().hasNext();
        return ours && !namesTokenClass(config) ? null : tokens(named);
    }

    private static Class<?> tokens(@Nullable Class<?> named) {
        if (named != null) {
            return named;
        }
        try {
            return Class.forName(DEFAULT_TOKENS);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("This version of kafka-clients has no " + DEFAULT_TOKENS, e);
        }
    }

    private static boolean usesSasl(ProducerConfig config) {
        return Objects.toString(config.getString("security.protocol")).startsWith("SASL");
    }

    /** Whether a class of the user's fetches or checks tokens, which only Apache's handlers know to ask. */
    private static boolean namesTokenClass(ProducerConfig config) {
        return TOKEN_CLASSES.stream()
                .map(key -> config.originals().get(key))
                .map(named -> named instanceof Class<?> type ? type.getName() : named)
                .anyMatch(named -> named != null
                        && !named.toString().startsWith(SECURITY)
                        && !named.toString().startsWith("io.penstock."));
    }

    /** The class that a bridge under this key stands for. */
    static Class<?> bridged(ProducerConfig config, String key) {
        return Objects.requireNonNull(key.equals(LOGIN_HANDLER) ? loginHandler(config) : config.getClass(key), key);
    }

    /** Providers of algorithms by Apache's interface; the engine knows only its own (KIP-492). */
    static final class SecurityProviders {

        private static final String KEY = "security.providers";

        private SecurityProviders() {}

        static void install(ProducerConfig config, Map<String, Object> settings) {
            String names = config.getString(KEY);
            if (names == null) {
                return;
            }
            int position = 1;
            for (String name : names.split(",")) {
                Object created = ProducerPlugins.create(KEY, load(name.trim()), Object.class);
                if (!(created instanceof SecurityProviderCreator creator)) {
                    return; // the engine's kind, or nobody's, of which it knows what to say
                }
                creator.configure(config.originals());
                java.security.Security.insertProviderAt(creator.getProvider(), position++);
            }
            settings.remove(KEY);
        }

        private static Class<?> load(String name) {
            try {
                return Class.forName(name, true, Thread.currentThread().getContextClassLoader());
            } catch (ClassNotFoundException e) {
                throw new org.apache.kafka.common.config.ConfigException(
                        KEY, name, "there is no such class on the class path");
            }
        }
    }
}
