package io.penstock.internal.config;

import io.penstock.errors.ConfigException;
import io.penstock.security.SslEngineFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How connections are encrypted and who is trusted: {@code ssl.*}. Immutable; its secrets print as hidden.
 *
 * @param used whether {@code security.protocol} asks for TLS at all
 * @param cipherSuites empty for those of the JVM
 * @param endpointIdentification empty when host names are not verified
 * @param keyManagerAlgorithm null for the JVM's own
 * @param trustManagerAlgorithm null for the JVM's own
 */
public record TlsSettings(
        boolean used,
        String protocol,
        List<String> enabledProtocols,
        List<String> cipherSuites,
        String endpointIdentification,
        @Nullable String provider,
        @Nullable String secureRandom,
        @Nullable String keyManagerAlgorithm,
        @Nullable String trustManagerAlgorithm,
        StoreSettings keyStore,
        StoreSettings trustStore,
        EngineFactorySettings engineFactory) {

    private static final Logger LOG = LoggerFactory.getLogger(TlsSettings.class);
    private static final String IDENTIFICATION = "ssl.endpoint.identification.algorithm";

    /** The user's own factory of engines, if there is one. Does not print its settings: they may be secret. */
    public static final class EngineFactorySettings {

        private static final String KEY = "ssl.engine.factory.class";
        private static final String KAFKAS = "org.apache.kafka.common.security.ssl.DefaultSslEngineFactory";

        private final @Nullable Class<?> type;
        private final Map<String, ?> originals;

        EngineFactorySettings(@Nullable Object named, Map<String, ?> originals) {
            this.type = named == null || PluginClasses.nameOf(named).equals(KAFKAS)
                    ? null
                    : PluginClasses.find(KEY, named, SslEngineFactory.class);
            this.originals = originals;
        }

        /** A new and configured factory, or null when the settings name none. */
        public @Nullable SslEngineFactory create() {
            if (type == null) {
                return null;
            }
            SslEngineFactory created = (SslEngineFactory) PluginClasses.create(KEY, type);
            PluginClasses.configure(KEY, created, () -> created.configure(originals));
            return created;
        }

        @Override
        public String toString() {
            return String.valueOf(type);
        }
    }

    static TlsSettings from(ConfigValues values, Map<String, ?> originals) {
        SecurityProtocol protocol = SecurityProtocol.from(values);
        Object factory = values.find("ssl.engine.factory.class");
        TlsSettings settings = new TlsSettings(
                protocol.usesTls(),
                values.text("ssl.protocol"),
                texts(values, "ssl.enabled.protocols"),
                texts(values, "ssl.cipher.suites"),
                values.isSet(IDENTIFICATION) ? values.text(IDENTIFICATION) : identification(originals),
                (String) values.find("ssl.provider"),
                (String) values.find("ssl.secure.random.implementation"),
                values.isSet("ssl.keymanager.algorithm") ? values.text("ssl.keymanager.algorithm") : null,
                values.isSet("ssl.trustmanager.algorithm") ? values.text("ssl.trustmanager.algorithm") : null,
                StoreSettings.keyStore(values),
                StoreSettings.trustStore(values),
                new EngineFactorySettings(factory, originals));
        if (!protocol.usesTls()) {
            warnOfNoEffect(originals.keySet(), protocol);
        } else if (settings.endpointIdentification.isEmpty()) {
            LOG.warn(
                    "{} is empty: brokers' host names are not verified, so whoever holds any certificate that is"
                            + " trusted here can pose as a broker; leave the setting out to verify them",
                    IDENTIFICATION);
        } else if (factory == null
                && !Set.of("https", "ldaps")
                        .contains(settings.endpointIdentification.toLowerCase(java.util.Locale.ROOT))) {
            throw new ConfigException(
                    IDENTIFICATION, settings.endpointIdentification, "must be https or, to verify no names, empty");
        }
        return settings;
    }

    /** Given as null, as is done in Java code to switch it off, it is off. */
    private static String identification(Map<String, ?> originals) {
        return originals.containsKey(IDENTIFICATION) ? "" : "https";
    }

    private static List<String> texts(ConfigValues values, String key) {
        List<String> texts = new ArrayList<>();
        for (Object value : values.list(key)) {
            texts.add(String.valueOf(value));
        }
        return List.copyOf(texts);
    }

    private static void warnOfNoEffect(Set<String> names, SecurityProtocol protocol) {
        Set<String> idle = new TreeSet<>();
        for (String name : names) {
            if (name.startsWith("ssl.") && ConfigKeys.names().contains(name)) {
                idle.add(name);
            }
        }
        if (!idle.isEmpty()) {
            LOG.warn("{} without effect: security.protocol={} does not use TLS", String.join(", ", idle), protocol);
        }
    }
}
