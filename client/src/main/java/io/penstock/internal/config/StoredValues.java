package io.penstock.internal.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.errors.ConfigException;
import io.penstock.security.ConfigProvider;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The providers that come with Kafka, known by its names for them: a properties file, a directory of files, the environment. */
abstract class StoredValues implements ConfigProvider {

    private static final String APACHE = "org.apache.kafka.common.config.provider.";

    /** Absolute paths, at or below which everything may be read; everything everywhere when it is empty. */
    private List<Path> allowedPaths = List.of();

    /** Null for a class that is not one of these. */
    static @Nullable ConfigProvider ofKafka(String className) {
        return switch (className) {
            case APACHE + "FileConfigProvider" -> new PropertiesFile();
            case APACHE + "DirectoryConfigProvider" -> new Directory();
            case APACHE + "EnvVarConfigProvider" -> new Environment(System.getenv());
            default -> null;
        };
    }

    @Override
    public void configure(Map<String, ?> params) {
        Object allowed = params.get("allowed.paths");
        if (allowed != null && !allowed.toString().isBlank()) {
            allowedPaths = List.of(allowed.toString().trim().split("\\s*,\\s*")).stream()
                    .map(path -> Path.of(path).toAbsolutePath().normalize())
                    .toList();
        }
    }

    final Path checked(String path) throws IOException {
        if (path.isEmpty()) {
            throw new IOException("the reference names no path; it has the form ${name:/path:key}");
        }
        Path normal = Path.of(path).toAbsolutePath().normalize();
        if (!allowedPaths.isEmpty() && allowedPaths.stream().noneMatch(normal::startsWith)) {
            throw new IOException(path + " is not below any of allowed.paths");
        }
        return normal;
    }

    /** The message of the JVM's own exceptions is a path alone. */
    static IOException unreadable(Path path, IOException cause) {
        return new IOException(
                path + " cannot be read ("
                        + (cause instanceof FileSystemException
                                ? cause.getClass().getSimpleName()
                                : cause.getMessage())
                        + ")",
                cause);
    }

    /** {@code ${name:/path/of.properties:key}}. */
    private static final class PropertiesFile extends StoredValues {

        @Override
        public Map<String, String> get(String path, Set<String> keys) throws IOException {
            Path file = checked(path);
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
                properties.load(reader);
            } catch (IllegalArgumentException e) {
                throw new IOException(file + " is no properties file"); // the parser's message may quote it
            } catch (IOException e) {
                throw unreadable(file, e);
            }
            Map<String, String> found = new HashMap<>();
            for (String key : keys) {
                String value = properties.getProperty(key);
                if (value != null) {
                    found.put(key, value);
                }
            }
            return found;
        }
    }

    /** {@code ${name:/path:file}}: the whole text of the file. */
    private static final class Directory extends StoredValues {

        @Override
        public Map<String, String> get(String path, Set<String> keys) throws IOException {
            Path directory = checked(path);
            Map<String, String> found = new HashMap<>();
            for (String key : keys) {
                Path file = directory.resolve(key).normalize();
                if (!directory.equals(file.getParent())) {
                    throw new IOException(key + " is no file of " + directory);
                }
                try {
                    if (Files.isRegularFile(file)) {
                        found.put(key, Files.readString(file, UTF_8));
                    }
                } catch (IOException e) {
                    throw unreadable(file, e);
                }
            }
            return found;
        }
    }

    /** {@code ${name:VARIABLE}}. */
    static final class Environment extends StoredValues {

        private final Map<String, String> variables;
        private Pattern allowed = Pattern.compile(".*");

        Environment(Map<String, String> variables) {
            this.variables = variables;
        }

        @Override
        public void configure(Map<String, ?> params) {
            Object pattern = params.get("allowlist.pattern");
            if (pattern != null) {
                try {
                    allowed = Pattern.compile(pattern.toString());
                } catch (IllegalArgumentException e) {
                    throw new ConfigException("allowlist.pattern", pattern, "it is no regular expression");
                }
            }
        }

        @Override
        public Map<String, String> get(String path, Set<String> keys) throws IOException {
            if (!path.isEmpty()) {
                throw new IOException("a variable of the environment has no path; write ${name:VARIABLE}");
            }
            Map<String, String> found = new HashMap<>();
            for (String key : keys) {
                String value = variables.get(key);
                if (value != null && allowed.matcher(key).matches()) {
                    found.put(key, value);
                }
            }
            return found;
        }
    }
}
