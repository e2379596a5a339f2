package io.penstock.internal.tls;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Who a connection is meant to reach, as certificates name it. Immutable.
 *
 * @param host a name without the dot that may end it, or a literal address
 * @param literal whether it is an address, which is not sent as server name (RFC 6066)
 */
record Peer(String host, int port, boolean literal) {

    static Peer of(InetSocketAddress address) {
        String host = address.getHostString();
        InetAddress resolved = address.getAddress();
        boolean literal = resolved != null && host.equals(resolved.getHostAddress());
        boolean dotted = !literal && host.endsWith(".");
        return new Peer(dotted ? host.substring(0, host.length() - 1) : host, address.getPort(), literal);
    }

    @Override
    public String toString() {
        return (literal && host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
