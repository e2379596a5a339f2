package io.penstock.testkit.fake;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A broker of the cluster: where it listens, whether it is up, and what it last heard of the cluster. Guarded by the cluster's lock. */
final class FakeBroker {

    private static final int MAX_PAST = 1_000;

    private final int id;
    private final @Nullable String rack;
    private final BrokerRelease release;
    private int port;
    private boolean up = true;
    /** Whether the others still count it in. */
    private boolean listed = true;

    private @Nullable MetadataImage frozen;
    /** What it has not heard of yet, oldest first, each with the time at which it was over. */
    private final Deque<Past> past = new ArrayDeque<>();

    private long lagNanos;

    private record Past(MetadataImage image, long untilNanos) {}

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

    boolean isLagging() {
        return lagNanos > 0;
    }

    void lagNanos(long nanos) {
        lagNanos = nanos;
        past.clear();
    }

    /** What was so until now, it believes for its lag longer. */
    void onPast(MetadataImage image, long nowNanos) {
        if (past.size() == MAX_PAST) {
            past.removeFirst();
        }
        past.addLast(new Past(image, nowNanos));
    }

    /** What it believes now, null when that is the truth. */
    @Nullable
    MetadataImage believed(long nowNanos) {
        while (!past.isEmpty() && nowNanos - past.getFirst().untilNanos() >= lagNanos) {
            past.removeFirst();
        }
        return past.isEmpty() ? null : past.getFirst().image();
    }
}
