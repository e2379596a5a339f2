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
    private final Map<Long, Map<TopicPartition, CommittedOffset>> pending = new HashMap<>();
    private int generation = -1;

    /** Who commits: an empty member id and generation -1 stand for a client outside of any group. */
    record Member(String id, @Nullable String instanceId, int generation) {}

    Map<TopicPartition, CommittedOffset> committed() {
        return committed;
    }

    boolean hasPending(long producerId) {
        return pending.containsKey(producerId);
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

    void addPending(long producerId, TopicPartition partition, CommittedOffset offset) {
        pending.computeIfAbsent(producerId, id -> new LinkedHashMap<>()).put(partition, offset);
    }

    void end(long producerId, boolean commit) {
        Map<TopicPartition, CommittedOffset> ended = pending.remove(producerId);
        if (ended != null && commit) {
            committed.putAll(ended);
        }
    }
}
