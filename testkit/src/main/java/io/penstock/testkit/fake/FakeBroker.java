package io.penstock.testkit.fake;

import org.jspecify.annotations.Nullable;

/** A broker of the cluster: where it listens, whether it is up, and what it last heard of the cluster. Guarded by the cluster's lock. */
final class FakeBroker {

    private final int id;
    private final @Nullable String rack;
    private final BrokerRelease release;
    private int port;
    private boolean up = true;
    /** Whether the others still count it in. */
    private boolean listed = true;

    private @Nullable MetadataImage frozen;

    FakeBroker(int id, @Nullable String rack, BrokerRelease release) {
        this.id = id;
        this.rack = rack;
        this.release = release;
    }

    int id() {
        return id;
    }

    @Nullable
    String rack() {
        return rack;
    }

    BrokerRelease release() {
        return release;
    }

    int port() {
        return port;
    }

    void port(int listeningPort) {
        port = listeningPort;
    }

    boolean isUp() {
        return up;
    }

    void up(boolean isUp) {
        up = isUp;
    }

    boolean isListed() {
        return listed;
    }

    void listed(boolean isListed) {
        listed = isListed;
    }

    /** What it answers Metadata from instead of the truth; null when it is up to date. */
    @Nullable
    MetadataImage frozen() {
        return frozen;
    }

    void frozen(@Nullable MetadataImage image) {
        frozen = image;
    }
}
