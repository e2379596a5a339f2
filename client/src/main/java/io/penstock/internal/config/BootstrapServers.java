package io.penstock.internal.config;

import io.penstock.errors.ConfigException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads {@code bootstrap.servers}: {@code host:port}, {@code [IPv6]:port}, either with {@code PLAINTEXT://} before it. Names are not
 * resolved here.
 */
final class BootstrapServers {
    private static final String EXAMPLE = "; expected host:port, for instance broker.example.org:9092 or [::1]:9092";

    private BootstrapServers() {}

    static List<HostPort> parse(List<?> servers) {
        Set<HostPort> parsed = new LinkedHashSet<>();
        for (Object server : servers) {
            parsed.add(parse(server.toString().trim()));
        }
        if (parsed.isEmpty()) {
            throw new ConfigException("bootstrap.servers is empty" + EXAMPLE);
        }
        return List.copyOf(parsed);
    }

    private static HostPort parse(String server) {
        String address = withoutScheme(server);
        int colon = address.lastIndexOf(':');
        if (colon < 0 || colon < address.lastIndexOf(']')) {
            throw invalid(server, "has no port");
        }
        return new HostPort(host(server, address.substring(0, colon)), port(server, address.substring(colon + 1)));
    }

    private static String withoutScheme(String server) {
        int end = server.indexOf("://");
        if (end < 0) {
            return server;
        }
        String scheme = server.substring(0, end).toUpperCase(Locale.ROOT);
        return switch (scheme) {
            case "PLAINTEXT" -> server.substring(end + 3);
            case "SSL", "SASL_SSL", "SASL_PLAINTEXT" ->
                throw new ConfigException(
                        "bootstrap.servers names " + server + ", but this version speaks PLAINTEXT only");
            default -> throw invalid(server, "is a URL, and Kafka is not reached by " + server.substring(0, end));
        };
    }

    private static String host(String server, String host) {
        if (host.startsWith("[") && host.endsWith("]") && host.length() > 2) {
            return host.substring(1, host.length() - 1);
        }
        if (host.isEmpty()) {
            throw invalid(server, "has no host");
        }
        if (host.indexOf(':') >= 0) {
            throw invalid(server, "has several colons; an IPv6 address stands in brackets");
        }
        for (int i = 0; i < host.length(); i++) {
            if (!isHostCharacter(host.charAt(i))) {
                throw invalid(server, "has a character in its host that no host has");
            }
        }
        return host;
    }

    private static boolean isHostCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '.' || c == '_' || c == '%';
    }

    private static int port(String server, String port) {
        if (port.isEmpty()) {
            throw invalid(server, "has no port");
        }
        boolean digits = port.length() <= 5;
        for (int i = 0; i < port.length(); i++) {
            digits &= port.charAt(i) >= '0' && port.charAt(i) <= '9';
        }
        int number = digits ? Integer.parseInt(port) : -1;
        if (number < 1 || number > 65_535) {
            throw invalid(server, "has the port " + port + ", and ports go from 1 to 65535");
        }
        return number;
    }

    private static ConfigException invalid(String server, String what) {
        return new ConfigException("bootstrap.servers: '" + server + "' " + what + EXAMPLE);
    }
}
