package io.penstock.internal.sasl;

import io.penstock.errors.ConfigException;
import io.penstock.internal.config.Secret;
import java.util.List;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The login modules of this client, from {@code sasl.jaas.config} or else from the section {@code KafkaClient} of the JAAS file that the
 * system property {@code java.security.auth.login.config} names. Immutable; never empty.
 */
final class JaasSection extends Configuration {

    static final String NAME = "KafkaClient";
    private static final String FILE_PROPERTY = "java.security.auth.login.config";

    private final List<AppConfigurationEntry> entries;

    JaasSection(List<AppConfigurationEntry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** @throws ConfigException when there is none */
    static JaasSection find(@Nullable Secret jaasConfig) {
        if (jaasConfig != null) {
            return new JaasSection(List.of(JaasText.parse(jaasConfig.reveal())));
        }
        AppConfigurationEntry[] found;
        try {
            found = Configuration.getConfiguration().getAppConfigurationEntry(NAME);
        } catch (SecurityException e) {
            throw missing("the JAAS file cannot be read"); // its parser's message quotes from it
        }
        if (found == null || found.length == 0) {
            throw missing("sasl.jaas.config is not set, and there is no section " + NAME + " in a JAAS file");
        }
        return new JaasSection(List.of(found));
    }

    private static ConfigException missing(String what) {
        String file = System.getProperty(FILE_PROPERTY);
        return new ConfigException("security.protocol asks for SASL, but who this client is is not said: " + what
                + " (system property " + FILE_PROPERTY + "=" + file + "). Set sasl.jaas.config.");
    }

    List<AppConfigurationEntry> entries() {
        return entries;
    }

    /** The section under any name: it is the only one. */
    @Override
    public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
        return entries.toArray(AppConfigurationEntry[]::new);
    }

    /** What a login module of the section says under this name; null when none does. */
    @Nullable
    String option(String name) {
        for (AppConfigurationEntry entry : entries) {
            Object value = entry.getOptions().get(name);
            if (value != null) {
                return value.toString();
            }
        }
        return null;
    }
}
