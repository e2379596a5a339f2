package io.penstock.testkit.fake;

import io.penstock.wire.record.BatchFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A partition: who leads it, and one log that all its replicas share.
 *
 * <p>Guarded by the cluster's lock. The log only grows; what was acknowledged is never lost, whoever leads.
 */
final class FakePartition {

    /** Producers remembered; beyond, the one that was new longest ago is forgotten, as retention would. */
    private static final int MAX_PRODUCER_COUNT = 10_000;

    private final int index;
    private final int[] replicas;
    private final List<StoredBatch> log = new ArrayList<>();
    private final Map<Long, ProducerHistory> producers = new LinkedHashMap<>();
    private List<Integer> inSync;
    private int leaderId;
    private int leaderEpoch;
    private long endOffset;

    FakePartition(int index, int[] replicas) {
        this.index = index;
        this.replicas = replicas;
        this.leaderId = replicas[0];
        this.inSync = new ArrayList<>();
        for (int replica : replicas) {
            inSync.add(replica);
        }
    }

    int index() {
        return index;
    }

    int leaderId() {
        return leaderId;
    }

    int leaderEpoch() {
        return leaderEpoch;
    }

    int[] replicas() {
        return replicas;
    }

    int[] inSync() {
        return inSync.stream().mapToInt(Integer::intValue).toArray();
    }

    int[] outOfSync() {
        return Arrays.stream(replicas).filter(id -> !inSync.contains(id)).toArray();
    }

    long endOffset() {
        return endOffset;
    }

    List<StoredBatch> log() {
        return log;
    }

    void lead(int brokerId) {
        leaderId = brokerId;
        leaderEpoch++;
    }

    /** A replica went: its successor leads, or nobody when it was the last in sync. */
    void onDown(int brokerId) {
        if (inSync.size() > 1) {
            inSync.remove(Integer.valueOf(brokerId));
        }
        if (leaderId == brokerId) {
            lead(inSync.contains(brokerId) ? -1 : inSync.get(0));
        }
    }

    /** A replica is back, and leads when nobody did. */
    void onUp(int brokerId) {
        if (Arrays.stream(replicas).noneMatch(id -> id == brokerId)) {
            return;
        }
        if (!inSync.contains(brokerId)) {
            inSync.add(brokerId);
        }
        if (leaderId < 0) {
            lead(brokerId);
        }
    }

    void inSync(List<Integer> ids) {
        inSync = new ArrayList<>(ids);
    }

    @Nullable
    ProducerHistory producer(long id) {
        return producers.get(id);
    }

    /** Forgets all producers, as a partition does whose records were deleted. */
    void forgetProducers() {
        producers.clear();
    }

    void append(StoredBatch batch) {
        log.add(batch);
        BatchFields fields = batch.fields();
        endOffset = fields.lastOffset() + 1;
        if (fields.producerId() >= 0) {
            ProducerHistory history =
                    producers.computeIfAbsent(fields.producerId(), id -> new ProducerHistory(fields.producerEpoch()));
            if (fields.isControl()) {
                history.onMarker(fields.producerEpoch());
            } else {
                history.onAppended(batch);
            }
            if (producers.size() > MAX_PRODUCER_COUNT) {
                producers.remove(producers.keySet().iterator().next());
            }
        }
    }
}
