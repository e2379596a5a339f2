package io.penstock.internal.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells a literal address from a name, so that only names are looked up. Stateless. */
final class LiteralAddress {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);

    private LiteralAddress() {}

    /** The address, or null when this is a name (or nothing at all). Never asks the name service. */
    static @Nullable InetAddress parse(String host) {
        boolean ipv6 = host.indexOf(':') >= 0;
        if (!ipv6 && !IPV4.matcher(host).matches()) {
            return null;
        }
        try {
            // In brackets, the JDK takes it for an IPv6 address or refuses it, and never looks it up as a name.
            return InetAddress.getByName(ipv6 && !host.startsWith("[") ? "[" + host + "]" : host);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
