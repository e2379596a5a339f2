package io.penstock.testkit.mock;

import io.penstock.producer.OffsetAndMetadata;
import io.penstock.producer.TopicPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The group offsets that were given to a mock's transactions. Guarded by the mock. */
final class MockOffsets {

    private final List<Map<String, Map<TopicPartition, OffsetAndMetadata>>> committed = new ArrayList<>();
    private Map<String, Map<TopicPartition, OffsetAndMetadata>> uncommitted = new HashMap<>();
    private boolean sent;

    void add(String groupId, Map<TopicPartition, OffsetAndMetadata> offsets) {
        uncommitted.computeIfAbsent(groupId, id -> new HashMap<>()).putAll(offsets);
        sent = true;
    }

    void begin() {
        sent = false;
    }

    void commit() {
        if (!uncommitted.isEmpty()) {
            committed.add(uncommitted);
        }
        uncommitted = new HashMap<>();
    }

    void abort() {
        uncommitted.clear();
    }

    void clear() {
        committed.clear();
        uncommitted.clear();
        sent = false;
    }

    boolean isSent() {
        return sent;
    }

    List<Map<String, Map<TopicPartition, OffsetAndMetadata>>> committed() {
        return committed.stream().map(MockOffsets::copy).toList();
    }

    Map<String, Map<TopicPartition, OffsetAndMetadata>> uncommitted() {
        return copy(uncommitted);
    }

    private static Map<String, Map<TopicPartition, OffsetAndMetadata>> copy(
            Map<String, Map<TopicPartition, OffsetAndMetadata>> from) {
        Map<String, Map<TopicPartition, OffsetAndMetadata>> copy = new HashMap<>();
        from.forEach((groupId, offsets) -> copy.put(groupId, Map.copyOf(offsets)));
        return copy;
    }
}
