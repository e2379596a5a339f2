package io.penstock.internal.config;

/**
 * A broker's address as it was given or announced; the name is not resolved. An IPv6 address stands without its brackets.
 */
public record HostPort(String host, int port) {
    public HostPort {
        if (host.isEmpty() || port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not an address: host '" + host + "', port " + port);
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]:" : host + ":") + port;
    }
}
