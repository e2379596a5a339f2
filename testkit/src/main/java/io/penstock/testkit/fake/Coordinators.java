package io.penstock.testkit.fake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which broker coordinates which transactional id or group.
 *
 * <p>Guarded by the cluster's lock. As in Kafka, a key belongs to one of 50 partitions of an internal topic; here, the
 * brokers take turns at those, and the next listed one stands in for one that is gone. A key that was moved stays where it
 * was moved to for as long as that broker is listed.
 */
final class Coordinators {

    static final byte GROUP = 0;
    static final byte TRANSACTION = 1;
    static final int PARTITION_COUNT = 50;

    private static final int MAX_MOVED = 100_000;

    private final List<FakeBroker> brokers = new ArrayList<>();
    private final Map<String, Integer> moved = new HashMap<>();

    Coordinators(Iterable<FakeBroker> members) {
        for (FakeBroker member : members) {
            brokers.add(member);
        }
    }

    /** The partition of the internal topic that a key belongs to. */
    static int partition(String key) {
        return Math.floorMod(key.hashCode(), PARTITION_COUNT);
    }

    /** Null when no broker is listed. */
    @Nullable
    FakeBroker of(byte type, String key) {
        Integer movedTo = moved.get(type + key);
        for (int i = 0; i < brokers.size(); i++) {
            FakeBroker broker = brokers.get((partition(key) + i) % brokers.size());
            if (broker.isListed() && (movedTo == null || movedTo == broker.id())) {
                return broker;
            }
        }
        return movedTo == null ? null : unmoved(type, key);
    }

    private @Nullable FakeBroker unmoved(byte type, String key) {
        moved.remove(type + key);
        return of(type, key);
    }

    void move(byte type, String key, FakeBroker to) {
        if (moved.size() >= MAX_MOVED) {
            throw new IllegalStateException("More than " + MAX_MOVED + " coordinators were moved");
        }
        moved.put(type + key, to.id());
    }
}
