package io.penstock.testkit.fake;

import io.penstock.testkit.fake.MetadataImage.PartitionImage;
import io.penstock.wire.record.BatchFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A partition: who leads it, and one log that all its replicas share. One that nobody wrote to takes some 60 bytes.
 *
 * <p>Guarded by the cluster's lock. The log only grows; what was acknowledged is never lost, whoever leads.
 */
final class FakePartition {

    /** Producers remembered; beyond, the one that was new longest ago is forgotten, as retention would. */
    private static final int MAX_PRODUCER_COUNT = 10_000;

    private static final int[] NONE = {};

    private final FakeTopic topic;
    private final int index;
    private final int[] replicas;
    // Made with the first batch: of a million partitions few are ever written to.
    private List<StoredBatch> log = List.of();
    private Map<Long, ProducerHistory> producers = Map.of();
    /** The same array as {@code replicas} for as long as all are in sync. */
    private int[] inSync;

    private int leaderId;
    private int leaderEpoch;
    private long endOffset;
    private @Nullable PartitionImage image;

    /** @param replicas never changed, and shared between partitions */
    FakePartition(FakeTopic topic, int index, int[] replicas) {
        this.topic = topic;
        this.index = index;
        this.replicas = replicas;
        this.inSync = replicas;
        this.leaderId = replicas[0];
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
        return inSync;
    }

    /** What Metadata says of it. */
    PartitionImage image() {
        if (image == null) {
            int[] out = inSync == replicas ? NONE : outOfSync();
            image = new PartitionImage(index, leaderId, leaderEpoch, replicas, inSync, out);
        }
        return Objects.requireNonNull(image);
    }

    private int[] outOfSync() {
        int[] out = new int[replicas.length];
        int count = 0;
        for (int id : replicas) {
            if (!isInSync(id)) {
                out[count++] = id;
            }
        }
        return Arrays.copyOf(out, count);
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
        onChange();
    }

    /** A replica went: its successor leads, or nobody when it was the last in sync. */
    void onDown(int brokerId) {
        if (inSync.length > 1 && isInSync(brokerId)) {
            inSync(Arrays.stream(inSync).filter(id -> id != brokerId).toArray());
        }
        if (leaderId == brokerId) {
            lead(isInSync(brokerId) ? -1 : inSync[0]);
        }
    }

    /** A replica is back, and leads when nobody did. */
    void onUp(int brokerId) {
        if (Arrays.stream(replicas).noneMatch(id -> id == brokerId)) {
            return;
        }
        if (!isInSync(brokerId)) {
            int[] more = Arrays.copyOf(inSync, inSync.length + 1);
            more[inSync.length] = brokerId;
            inSync(more);
        }
        if (leaderId < 0) {
            lead(brokerId);
        }
    }

    void inSync(int[] ids) {
        inSync = ids;
        onChange();
    }

    private boolean isInSync(int brokerId) {
        for (int id : inSync) {
            if (id == brokerId) {
                return true;
            }
        }
        return false;
    }

    private void onChange() {
        image = null;
        topic.onChange();
    }

    @Nullable
    ProducerHistory producer(long id) {
        return producers.get(id);
    }

    /** Forgets all producers, as a partition does whose records were deleted. */
    void forgetProducers() {
        producers = Map.of();
    }

    void append(StoredBatch batch) {
        BatchFields fields = batch.fields();
        if (log.isEmpty()) {
            log = new ArrayList<>();
        }
        log.add(batch);
        endOffset = fields.lastOffset() + 1;
        if (fields.producerId() >= 0) {
            if (producers.isEmpty()) {
                producers = new LinkedHashMap<>();
            }
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
