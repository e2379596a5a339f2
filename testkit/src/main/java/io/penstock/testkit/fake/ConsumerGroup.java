package io.penstock.testkit.fake;

import io.penstock.producer.TopicPartition;
import io.penstock.wire.ErrorCode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A consumer group: its members and generation, its offsets, and those that wait for a transaction to end.
 *
 * <p>Guarded by the cluster's lock. Nobody joins over the wire: tests say who is a member.
 */
final class ConsumerGroup {

    private static final int MAX_MEMBER_COUNT = 10_000;

    private final Map<String, String> members = new HashMap<>();
    private final Map<TopicPartition, CommittedOffset> committed = new LinkedHashMap<>();
    private final Map<Long, Pending> pending = new HashMap<>();
    private int generation = -1;

    /** Who commits: an empty member id and generation -1 stand for a client outside of any group. */
    record Member(String id, @Nullable String instanceId, int generation) {}

    /** What waits for the marker of one producer's transaction, and the epoch of the last that came. */
    private record Pending(short epoch, Map<TopicPartition, CommittedOffset> offsets) {}

    Map<TopicPartition, CommittedOffset> committed() {
        return committed;
    }

    /** Of that epoch: those of the transaction before may still wait for its marker. */
    boolean hasPending(Transaction.Identity producer) {
        Pending known = pending.get(producer.producerId());
        return known != null && known.epoch() == producer.epoch();
    }

    /** The members from now on, in this generation. */
    void rebalance(int newGeneration, Map<String, String> newMembers) {
        if (newMembers.size() > MAX_MEMBER_COUNT) {
            throw new IllegalArgumentException("A group has at most " + MAX_MEMBER_COUNT + " members");
        }
        generation = newGeneration;
        members.clear();
        members.putAll(newMembers);
    }

    /** Whether offsets of a transaction may be committed in this member's name (KIP-447). */
    ErrorCode judge(Member by) {
        String instanceId = by.instanceId();
        if (by.generation() < 0 && (members.isEmpty() || (by.id().isEmpty() && instanceId == null))) {
            return ErrorCode.NONE;
        }
        if (instanceId != null) {
            if (!members.containsValue(instanceId)) {
                return ErrorCode.UNKNOWN_MEMBER_ID;
            }
            if (!instanceId.equals(members.get(by.id()))) {
                return ErrorCode.FENCED_INSTANCE_ID;
            }
        }
        if (!members.containsKey(by.id())) {
            return ErrorCode.UNKNOWN_MEMBER_ID;
        }
        return by.generation() == generation ? ErrorCode.NONE : ErrorCode.ILLEGAL_GENERATION;
    }

    void addPending(Transaction.Identity producer, TopicPartition partition, CommittedOffset offset) {
        Pending known = pending.get(producer.producerId());
        Pending now = new Pending(producer.epoch(), known == null ? new LinkedHashMap<>() : known.offsets());
        now.offsets().put(partition, offset);
        pending.put(producer.producerId(), now);
    }

    void end(long producerId, boolean commit) {
        Pending ended = pending.remove(producerId);
        if (ended != null && commit) {
            committed.putAll(ended.offsets());
        }
    }
}
