package io.penstock.internal.config;

import io.penstock.errors.ConfigException;
import io.penstock.security.ConfigProvider;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts values in the place of {@code ${provider:path:key}} before any setting is read (KIP-297), so that secrets need not stand in a
 * configuration. What names no provider of {@code config.providers} is left as it is.
 *
 * <p>One building of a producer; messages name files and keys, never values.
 */
final class ConfigReferences implements AutoCloseable {

    private static final String PROVIDERS = "config.providers";
    private static final String PREFIX = PROVIDERS + ".";

    /** The one of {@code AbstractConfig}: which classes a configuration may name; any, unless it is set. */
    private static final String ALLOWED_CLASSES = "org.apache.kafka.automatic.config.providers";

    private final Pattern referenced = Pattern.compile("\\$\\{([^}:]*):(([^}:]*):)?([^}]*)\\}");

    private final Map<String, ConfigProvider> providers = new LinkedHashMap<>();

    private ConfigReferences() {}

    /** @throws ConfigException for a provider that cannot be made, or a value that is not there */
    static Map<String, ?> resolve(Map<String, ?> configs) {
        Object named = configs.get(PROVIDERS);
        ConfigKey key = ConfigKeys.find(PROVIDERS);
        if (named == null || key == null || !(key.parse(named) instanceof List<?> names) || names.isEmpty()) {
            return configs;
        }
        try (ConfigReferences references = new ConfigReferences()) {
            for (Object name : names) {
                references.add(name.toString(), configs);
            }
            Map<String, @Nullable Object> resolved = new HashMap<>();
            configs.forEach((setting, value) -> resolved.put(
                    setting,
                    value instanceof String text && !setting.startsWith(PREFIX)
                            ? references.resolve(setting, text)
                            : value));
            return resolved;
        }
    }

    private void add(String name, Map<String, ?> configs) {
        String key = PREFIX + name + ".class";
        Object type = configs.get(key);
        if (type == null) {
            throw new ConfigException("configuration " + key + " is required: the class of the provider \"" + name
                    + "\" of config.providers");
        }
        String typeName = type instanceof Class<?> given
                ? given.getName()
                : type.toString().trim();
        String allowed = System.getProperty(ALLOWED_CLASSES);
        if (allowed != null && !List.of(allowed.trim().split("\\s*,\\s*")).contains(typeName)) {
            throw new ConfigException(key, typeName, "the system property " + ALLOWED_CLASSES + " does not allow it");
        }
        ConfigProvider provider = StoredValues.ofKafka(typeName);
        if (provider == null) {
            provider = (ConfigProvider) PluginClasses.create(key, PluginClasses.find(key, type, ConfigProvider.class));
        }
        ConfigProvider made = provider;
        Map<String, Object> params = new HashMap<>();
        String paramPrefix = PREFIX + name + ".param.";
        configs.forEach((setting, value) -> {
            if (setting.startsWith(paramPrefix)) {
                params.put(setting.substring(paramPrefix.length()), value);
            }
        });
        PluginClasses.configure(key, made, () -> made.configure(params));
        providers.put(name, made);
    }

    private String resolve(String setting, String text) {
        Matcher reference = referenced.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (reference.find()) {
            ConfigProvider provider = providers.get(reference.group(1));
            String value = provider == null
                    ? reference.group()
                    : value(setting, provider, reference.group(1), reference.group(3), reference.group(4));
            reference.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        return reference.appendTail(resolved).toString();
    }

    private static String value(
            String setting, ConfigProvider provider, String name, @Nullable String path, String key) {
        String what = "${" + name + ":" + (path == null ? "" : path + ":") + key + "}, which configuration " + setting
                + " refers to,";
        String value;
        try {
            value = provider.get(path == null ? "" : path, Set.of(key)).get(key);
        } catch (IOException | RuntimeException e) {
            ConfigException failure = new ConfigException(what + " cannot be had: " + e.getMessage());
            failure.initCause(e);
            throw failure;
        }
        if (value == null) {
            throw new ConfigException(what + " is not there");
        }
        return value;
    }

    @Override
    public void close() {
        providers.values().forEach(ConfigProvider::close);
    }
}
