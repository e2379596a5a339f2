package io.penstock.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The producer's settings from all places of the command line, later ones above earlier ones: file, -X, -b and -z. */
record ProducerSettings(
        @Nullable Path file,
        List<String> assignments,
        @Nullable String bootstrap,
        @Nullable String codec) {
    private static final Set<String> CODECS = Set.of("none", "gzip", "snappy", "lz4", "zstd");
    private static final Set<String> SERIALIZERS = Set.of("key.serializer", "value.serializer");

    Map<String, Object> toMap() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("client.id", "penstock");
        if (file != null) {
            Properties properties = load(file);
            properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        }
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                String shown = assignment.replaceFirst("[^\\w.-].*", "..."); // what follows may be a password
                throw new CliException("-X " + shown + " is not a setting: write -X KEY=VALUE, as in -X linger.ms=50");
            }
            settings.put(assignment.substring(0, equals).strip(), assignment.substring(equals + 1));
        }
        if (bootstrap != null) {
            settings.put("bootstrap.servers", bootstrap);
        }
        if (codec != null) {
            if (!CODECS.contains(codec)) {
                throw new CliException("-z " + codec + ": no such codec; there are none, gzip, snappy, lz4 and zstd");
            }
            settings.put("compression.type", codec);
        }
        for (String key : SERIALIZERS) {
            if (settings.containsKey(key)) {
                throw new CliException(key + " cannot be set: lines are sent as the bytes they are; leave it out");
            }
        }
        return settings;
    }

    private static Properties load(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
            return properties;
        } catch (NoSuchFileException e) {
            throw new CliException("no file " + file + ": check the name given with -F");
        } catch (IOException | IllegalArgumentException e) {
            String reason = Files.isDirectory(file) ? "it is a directory" : e.getMessage();
            throw new CliException("cannot read settings from " + file + ": " + reason
                    + "; it should have lines of KEY=VALUE in UTF-8");
        }
    }
}
