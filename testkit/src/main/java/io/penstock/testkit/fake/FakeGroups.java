package io.penstock.testkit.fake;

import io.penstock.producer.TopicPartition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The consumer groups of a fake cluster, which nobody joins: tests say who is in them. Any thread may call. */
public final class FakeGroups {

    private final ClusterModel model;

    FakeGroups(ClusterModel model) {
        this.model = model;
    }

    /** What a group has committed, without what waits for a transaction; empty for a group that nobody knows. */
    public Map<TopicPartition, CommittedOffset> committed(String groupId) {
        return model.locked(() -> Optional.ofNullable(model.groups().find(groupId))
                .map(group -> Map.copyOf(group.committed()))
                .orElse(Map.of()));
    }

    /** The offset that a group has committed for a partition, -1 without one. */
    public long committed(String groupId, String topic, int partition) {
        CommittedOffset committed = committed(groupId).get(new TopicPartition(topic, partition));
        return committed == null ? -1 : committed.offset();
    }

    /** After a rebalance: these members, in this generation, and no others. */
    public void rebalance(String groupId, int generation, String... memberIds) {
        Map<String, String> members = new HashMap<>();
        for (String memberId : memberIds) {
            members.put(memberId, "");
        }
        model.run(() -> model.groups().getOrCreate(groupId).rebalance(generation, members));
    }

    /** As {@link #rebalance(String, int, String...)}, with the static member's {@code group.instance.id} for each member id. */
    public void rebalance(String groupId, int generation, Map<String, String> instanceIdByMemberId) {
        Map<String, String> members = Map.copyOf(instanceIdByMemberId);
        model.run(() -> model.groups().getOrCreate(groupId).rebalance(generation, members));
    }

    /** The broker that coordinates a group, known or not; -1 when none is up. */
    public int coordinator(String groupId) {
        return model.locked(() -> {
            FakeBroker broker = model.coordinators().of(Coordinators.GROUP, groupId);
            return broker == null ? -1 : broker.id();
        });
    }

    /** Another broker coordinates the group from now on. */
    public void moveCoordinator(String groupId, int brokerId) {
        model.run(() -> model.coordinators().move(Coordinators.GROUP, groupId, model.broker(brokerId)));
    }
}
