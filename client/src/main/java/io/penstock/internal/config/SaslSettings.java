package io.penstock.internal.config;

import io.penstock.errors.ConfigException;
import io.penstock.security.AuthenticateCallbackHandler;
import io.penstock.security.Login;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.login.AppConfigurationEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether and how connections are authenticated by SASL: {@code sasl.*}. The user's classes are found when the settings are read.
 *
 * <p>Immutable. Does not print what may be secret.
 */
public final class SaslSettings {
    private static final Logger LOG = LoggerFactory.getLogger(SaslSettings.class);
    private static final String CLIENT_HANDLER = "sasl.client.callback.handler.class";
    private static final String LOGIN_HANDLER = "sasl.login.callback.handler.class";
    private static final String LOGIN_CLASS = "sasl.login.class";
    private static final String APACHE = "org.apache.kafka.";

    /** Kafka's own, and those its documentation has users name for OAuth; the built-in ones stand in for them. */
    private static final Set<String> KAFKAS_DEFAULTS = Set.of(
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
            "org.apache.kafka.common.security.oauthbearer.secured.OAuthBearerLoginCallbackHandler",
            "org.apache.kafka.common.security.oauthbearer.internals.unsecured.OAuthBearerUnsecuredLoginCallbackHandler",
            "org.apache.kafka.common.security.oauthbearer.internals.OAuthBearerSaslClientCallbackHandler",
            "org.apache.kafka.common.security.oauthbearer.internals.OAuthBearerRefreshingLogin",
            "org.apache.kafka.common.security.authenticator.SaslClientCallbackHandler",
            "org.apache.kafka.common.security.authenticator.AbstractLogin$DefaultLoginCallbackHandler",
            "org.apache.kafka.common.security.authenticator.DefaultLogin",
            "org.apache.kafka.common.security.kerberos.KerberosClientCallbackHandler",
            "org.apache.kafka.common.security.kerberos.KerberosLogin");

    private final SecurityProtocol protocol;
    private final String mechanism;
    private final @Nullable Secret jaasConfig;
    private final RefreshSettings refresh;
    private final KerberosSettings kerberos;
    private final Map<String, ?> pluginConfigs;
    private final @Nullable Class<?> clientHandler;
    private final @Nullable Class<?> loginHandler;
    private final @Nullable Class<?> login;

    private SaslSettings(ConfigValues values, Originals originals) {
        this.protocol = SecurityProtocol.from(values);
        this.mechanism = values.text("sasl.mechanism");
        this.jaasConfig = (Secret) values.find("sasl.jaas.config");
        this.refresh = RefreshSettings.from(values);
        this.kerberos = KerberosSettings.from(values);
        this.pluginConfigs = originals.withDefaults("sasl.");
        this.clientHandler = find(CLIENT_HANDLER, values, AuthenticateCallbackHandler.class);
        this.loginHandler = find(LOGIN_HANDLER, values, AuthenticateCallbackHandler.class);
        this.login = find(LOGIN_CLASS, values, Login.class);
    }

    static SaslSettings from(ConfigValues values, Originals originals) {
        SaslSettings settings = new SaslSettings(values, originals);
        if (settings.isUsed()) {
            if (settings.mechanism.isBlank()) {
                throw new ConfigException("sasl.mechanism", settings.mechanism, "name one, such as SCRAM-SHA-512");
            }
        } else if (values.isSet("sasl.mechanism") || values.isSet("sasl.jaas.config")) {
            LOG.warn(
                    "sasl.mechanism and sasl.jaas.config have no effect with security.protocol={}; set it to SASL_SSL or"
                            + " SASL_PLAINTEXT, or leave them out",
                    settings.protocol);
        }
        return settings;
    }

    private static @Nullable Class<?> find(String key, ConfigValues values, Class<?> kind) {
        Object named = values.find(key);
        if (named == null || KAFKAS_DEFAULTS.contains(PluginClasses.nameOf(named))) {
            return null;
        }
        try {
            return PluginClasses.find(key, named, kind);
        } catch (ConfigException e) {
            String name = PluginClasses.nameOf(named);
            if (!name.startsWith(APACHE)) {
                throw e;
            }
            throw new ConfigException(
                    key,
                    name,
                    "a class of kafka-clients is of no use here; leave the key out for the built-in one, or name a class"
                            + " that implements " + kind.getName());
        }
    }

    /** Whether connections are authenticated by SASL at all. */
    public boolean isUsed() {
        return protocol.usesSasl();
    }

    /** Whether what is sent can be read on the way. */
    public boolean isEncrypted() {
        return protocol.usesTls();
    }

    public String mechanism() {
        return mechanism;
    }

    /** {@code sasl.jaas.config}; null when the JAAS file says it. */
    public @Nullable Secret jaasConfig() {
        return jaasConfig;
    }

    public RefreshSettings refresh() {
        return refresh;
    }

    public KerberosSettings kerberos() {
        return kerberos;
    }

    /** What plug-ins are configured with: the settings as given, and the defaults of the {@code sasl.} keys that were not. */
    public Map<String, ?> pluginConfigs() {
        return pluginConfigs;
    }

    /** A new and configured handler of the user's for the mechanism's questions, or null. */
    public @Nullable AuthenticateCallbackHandler createClientHandler(List<AppConfigurationEntry> entries) {
        return clientHandler == null ? null : create(CLIENT_HANDLER, clientHandler, entries);
    }

    /** A new and configured handler of the user's for the login's questions, or null. */
    public @Nullable AuthenticateCallbackHandler createLoginHandler(List<AppConfigurationEntry> entries) {
        return loginHandler == null ? null : create(LOGIN_HANDLER, loginHandler, entries);
    }

    private AuthenticateCallbackHandler create(String key, Class<?> type, List<AppConfigurationEntry> entries) {
        var handler = (AuthenticateCallbackHandler) PluginClasses.create(key, type);
        PluginClasses.configure(key, handler, () -> handler.configure(pluginConfigs, mechanism, entries));
        return handler;
    }

    /** A new login of the user's, not configured yet, or null. */
    public @Nullable Login createLogin() {
        return login == null ? null : (Login) PluginClasses.create(LOGIN_CLASS, login);
    }

    @Override
    public String toString() {
        return "SaslSettings[protocol=" + protocol + ", mechanism=" + mechanism + ", clientHandler=" + clientHandler
                + ", loginHandler=" + loginHandler + ", login=" + login + "]";
    }
}
