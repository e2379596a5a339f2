package io.penstock.testkit;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One more listener of every broker of an {@link EmbeddedKafka}, beside the plaintext one that it always has.
 *
 * <p>It listens on 127.0.0.1 on a port of its own; clients are told the advertised host, which has to lead there.
 * Immutable. Its text form shows no settings: they may be secret.
 *
 * @param name 1 to 40 letters, digits and underscores, kept in upper case; not PLAINTEXT or CONTROLLER, which are taken
 * @param protocol what it speaks
 * @param advertisedHost {@code localhost} or {@code 127.0.0.1}, for instance, as certificates have it
 * @param advertisedPort of something that leads to the listener, a proxy; 0 for the listener's own
 * @param configs broker settings of this listener alone, without the prefix {@code listener.name.<name>.}: {@code
 *     ssl.keystore.location}, or {@code plain.sasl.jaas.config}
 */
public record BrokerListener(
        String name,
        SecurityProtocol protocol,
        String advertisedHost,
        int advertisedPort,
        Map<String, String> configs) {

    /** The name of the listener that every broker has; brokers talk to each other on it. */
    public static final String PLAINTEXT = "PLAINTEXT";

    private static final String CONTROLLER = "CONTROLLER";
    private static final String NAME = "[A-Z0-9_]{1,40}";

    public BrokerListener {
        name = name.toUpperCase(Locale.ROOT);
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(advertisedHost, "advertisedHost");
        configs = Map.copyOf(configs);
        if (!name.matches(NAME) || name.equals(PLAINTEXT) || name.equals(CONTROLLER)) {
            throw new IllegalArgumentException("\"" + name + "\" cannot be the name of another listener: use 1 to 40"
                    + " letters, digits and underscores, and neither " + PLAINTEXT + " nor " + CONTROLLER);
        }
    }

    /** One that is advertised as {@code localhost}. */
    public BrokerListener(String name, SecurityProtocol protocol, Map<String, String> configs) {
        this(name, protocol, "localhost", configs);
    }

    /** One that is advertised with its own port. */
    public BrokerListener(String name, SecurityProtocol protocol, String advertisedHost, Map<String, String> configs) {
        this(name, protocol, advertisedHost, 0, configs);
    }

    /** The same behind something that listens on this port of the advertised host; for clusters of one broker. */
    public BrokerListener advertisedAt(int port) {
        return new BrokerListener(name, protocol, advertisedHost, port, configs);
    }

    /** What stands before this listener's settings among the broker's. */
    public String configPrefix() {
        return "listener.name." + name.toLowerCase(Locale.ROOT) + ".";
    }

    @Override
    public String toString() {
        return "BrokerListener[" + name + ", " + protocol + ", " + advertisedHost + "]";
    }
}
