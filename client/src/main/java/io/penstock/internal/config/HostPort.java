package io.penstock.internal.config;

import org.jspecify.annotations.Nullable;

/**
 * A broker's address as it was given or announced; the name is not resolved. An IPv6 address stands without its brackets.
 */
public record HostPort(String host, int port) {
    public HostPort {
        if (host.isEmpty() || port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not an address: host '" + host + "', port " + port);
        }
    }

    /** By hand, as the next: what the compiler writes for a record is linked by a bootstrap method, 5 % of a cold start. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HostPort that && port == that.port && host.equals(that.host);
    }

    @Override
    public int hashCode() {
        return 31 * host.hashCode() + port;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]:" : host + ":") + port;
    }
}
