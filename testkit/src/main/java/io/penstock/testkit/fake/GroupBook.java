package io.penstock.testkit.fake;

import io.penstock.testkit.fake.ConsumerGroup.Member;
import io.penstock.wire.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All consumer groups, and which producer may commit in them. Guarded by the cluster's lock. */
final class GroupBook {

    /** The topic that groups' offsets lie in, and whose partitions stand for them in transactions. */
    static final String TOPIC = "__consumer_offsets";

    private static final int MAX_GROUP_COUNT = 100_000;
    private static final int MAX_PRODUCER_COUNT = 100_000;

    private final Map<String, ConsumerGroup> groups = new LinkedHashMap<>();
    /** The newest epoch that wrote offsets, by producer id; the oldest entries go when there are too many. */
    private final Map<Long, Short> epochs = new LinkedHashMap<>();

    @Nullable
    ConsumerGroup find(String groupId) {
        return groups.get(groupId);
    }

    ConsumerGroup getOrCreate(String groupId) {
        if (groups.size() >= MAX_GROUP_COUNT) {
            throw new IllegalStateException("A fake cluster has at most " + MAX_GROUP_COUNT + " groups");
        }
        return groups.computeIfAbsent(groupId, id -> new ConsumerGroup());
    }

    /** What a commit is answered with; creates the group that a client outside of any group commits to. */
    ErrorCode judge(String groupId, Member by) {
        ConsumerGroup group = groups.get(groupId);
        if (group != null) {
            return group.judge(by);
        }
        if (by.generation() >= 0) {
            return ErrorCode.ILLEGAL_GENERATION;
        }
        getOrCreate(groupId);
        return ErrorCode.NONE;
    }

    /** The producer writes offsets: refused when a later one under its id has been seen. */
    ErrorCode judge(Transaction.Identity by) {
        Short known = epochs.get(by.producerId());
        if (known != null && by.epoch() < known) {
            return ErrorCode.INVALID_PRODUCER_EPOCH;
        }
        remember(by);
        return ErrorCode.NONE;
    }

    /** A marker for one partition of the offsets topic. */
    void end(int partition, Transaction.Identity producer, boolean commit) {
        remember(producer);
        groups.forEach((groupId, group) -> {
            if (Coordinators.partition(groupId) == partition) {
                group.end(producer.producerId(), commit);
            }
        });
    }

    private void remember(Transaction.Identity producer) {
        epochs.put(producer.producerId(), producer.epoch());
        if (epochs.size() > MAX_PRODUCER_COUNT) {
            epochs.remove(epochs.keySet().iterator().next());
        }
    }
}
