package io.penstock.oauth;

import io.penstock.errors.ConfigException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator of a JVM lets configurations name, by Kafka's system properties: for programs that take settings from others. Unlike
 * Kafka's client this one allows everything when a property is not set.
 */
final class AllowedPlaces {

    private static final String URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    private static final String FILES = "org.apache.kafka.sasl.oauthbearer.allowed.files";

    private AllowedPlaces() {}

    static void checkUrl(String key, String url) {
        List<String> allowed = list(System.getProperty(URLS));
        if (allowed != null && !allowed.contains(url)) {
            throw new ConfigException(key, url, "the system property " + URLS + " does not allow it");
        }
    }

    static Path checkFile(String key, String file) {
        List<String> allowed = list(System.getProperty(FILES));
        Path path = Path.of(file).toAbsolutePath().normalize();
        if (allowed != null
                && allowed.stream()
                        .noneMatch(each ->
                                Path.of(each).toAbsolutePath().normalize().equals(path))) {
            throw new ConfigException(key, file, "the system property " + FILES + " does not allow it");
        }
        return path;
    }

    private static @Nullable List<String> list(@Nullable String property) {
        return property == null ? null : List.of(property.trim().split("\\s*,\\s*"));
    }
}
