package io.penstock.testkit.fake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sorts a partition's batches by what became of their transactions. Made for one look, under the cluster's lock. */
final class PartitionReader {

    private final FakePartition partition;
    private final Map<Long, List<StoredBatch>> open = new HashMap<>();
    private final Set<StoredBatch> aborted = new HashSet<>();

    PartitionReader(FakePartition partition) {
        this.partition = partition;
        for (StoredBatch batch : partition.log()) {
            if (batch.fields().isControl()) {
                end(batch);
            } else if (batch.fields().isTransactional()) {
                open.computeIfAbsent(batch.fields().producerId(), id -> new ArrayList<>())
                        .add(batch);
            }
        }
    }

    /** The offset of the first record whose transaction is open, the end without one. */
    long lastStableOffset() {
        long first = partition.endOffset();
        for (List<StoredBatch> batches : open.values()) {
            first = Math.min(first, batches.get(0).fields().baseOffset());
        }
        return first;
    }

    static List<StoredBatch> batches(FakePartition partition, Isolation isolation) {
        return isolation == Isolation.READ_UNCOMMITTED
                ? partition.log()
                : new PartitionReader(partition).batches(isolation);
    }

    private List<StoredBatch> batches(Isolation isolation) {
        long stable = lastStableOffset();
        Set<StoredBatch> undecided = new HashSet<>();
        open.values().forEach(undecided::addAll);
        return partition.log().stream()
                .filter(batch -> switch (isolation) {
                    case READ_UNCOMMITTED -> true;
                    case READ_COMMITTED -> batch.fields().baseOffset() < stable && !aborted.contains(batch);
                    case ABORTED -> aborted.contains(batch);
                    case OPEN -> undecided.contains(batch);
                })
                .toList();
    }

    private void end(StoredBatch marker) {
        List<StoredBatch> ended = open.remove(marker.fields().producerId());
        if (ended != null && !ControlBatches.commits(marker)) {
            aborted.addAll(ended);
        }
    }
}
