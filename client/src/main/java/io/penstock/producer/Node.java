package io.penstock.producer;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A broker: its id and where it listens for this client. Immutable. */
public class Node {
    private static final Node NO_NODE = new Node(-1, "", -1);

    private final int id;
    private final String host;
    private final int port;
    private final @Nullable String rack;
    private final boolean fenced;

    public Node(int id, String host, int port) {
        this(id, host, port, null);
    }

    public Node(int id, String host, int port, @Nullable String rack) {
        this(id, host, port, rack, false);
    }

    public Node(int id, String host, int port, @Nullable String rack, boolean isFenced) {
        this.id = id;
        this.host = host;
        this.port = port;
        this.rack = rack;
        this.fenced = isFenced;
    }

    /** The node that stands for none: id -1, no host. */
    public static Node noNode() {
        return NO_NODE;
    }

    /** Whether this node has no address. */
    public boolean isEmpty() {
        return host == null || host.isEmpty() || port < 0;
    }

    public int id() {
        return id;
    }

    public String idString() {
        return Integer.toString(id);
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    public boolean hasRack() {
        return rack != null;
    }

    /** The broker's rack ({@code broker.rack}), or null. */
    public @Nullable String rack() {
        return rack;
    }

    /** Whether the controller keeps the broker out of use for now. */
    public boolean isFenced() {
        return fenced;
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, host, port, rack, fenced);
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Node that
                && id == that.id
                && port == that.port
                && fenced == that.fenced
                && Objects.equals(host, that.host)
                && Objects.equals(rack, that.rack);
    }

    @Override
    public String toString() {
        return host + ":" + port + " (id: " + id + " rack: " + rack + " isFenced: " + fenced + ")";
    }
}
