package io.penstock.oauth;

import io.penstock.errors.ConfigException;
import java.util.List;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import org.jspecify.annotations.Nullable;

/**
 * The settings and the options of the login module, as this module reads them. Immutable; prints neither.
 *
 * <p>A value may be of the type Kafka's table gives it, or text.
 */
final class Options {

    private final Map<String, ?> configs;
    private final Map<String, ?> jaas;

    Options(Map<String, ?> configs, List<AppConfigurationEntry> entries) {
        this.configs = configs;
        this.jaas = entries.isEmpty() ? Map.of() : entries.get(0).getOptions();
    }

    /** The options of the login module. */
    Map<String, ?> jaas() {
        return jaas;
    }

    @Nullable
    String find(String key) {
        return text(configs.get(key));
    }

    /** The setting, or else the option of the login module that did before there was one (KIP-1139). */
    @Nullable
    String find(String key, String jaasOption) {
        String value = find(key);
        return value != null ? value : text(jaas.get(jaasOption));
    }

    String require(String key) {
        String value = find(key);
        if (value == null) {
            throw new ConfigException("configuration " + key + " is required here");
        }
        return value;
    }

    String require(String key, String jaasOption) {
        String value = find(key, jaasOption);
        if (value == null) {
            throw new ConfigException("configuration " + key + " is required here (or the option " + jaasOption
                    + " of the login module)");
        }
        return value;
    }

    /** A number that has a default in Kafka's table. */
    long number(String key) {
        return Long.parseLong(require(key).trim());
    }

    /** A number without a default. */
    long number(String key, long otherwise) {
        String value = find(key);
        return value == null ? otherwise : Long.parseLong(value.trim());
    }

    boolean flag(String key) {
        return Boolean.parseBoolean(require(key).trim());
    }

    private static @Nullable String text(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        return text.isBlank() ? null : text;
    }
}
