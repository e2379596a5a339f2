package io.penstock.testkit.sim;

import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.StoredRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What all partitions held, those of deleted topics too. */
final class StoredLogs {

    /** One partition of one creation of a topic. */
    record Log(String topic, int partition, List<StoredRecord> records) {}

    private final List<Log> logs = new ArrayList<>();
    private final Map<Integer, List<StoredRecord>> placesById = new HashMap<>();

    /** Keeps what a topic holds, for good: at its deletion, or at the end. */
    void keep(FakeCluster cluster, String topic) {
        for (int partition = 0; partition < cluster.partitionCount(topic); partition++) {
            List<StoredRecord> records = cluster.records(topic, partition);
            logs.add(new Log(topic, partition, records));
            for (StoredRecord record : records) {
                placesById
                        .computeIfAbsent(History.idOf(record.value()), id -> new ArrayList<>(1))
                        .add(record);
            }
        }
    }

    List<Log> logs() {
        return logs;
    }

    /** Where a record lies; more than once, if it was written more than once. */
    List<StoredRecord> places(SimRecord record) {
        return placesById.getOrDefault(record.id, List.of());
    }
}
