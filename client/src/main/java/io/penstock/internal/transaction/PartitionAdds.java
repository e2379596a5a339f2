package io.penstock.internal.transaction;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The partitions that the first protocol brings into a transaction by a request, before anything is written to them.
 *
 * <p>Loop only. All that wait go in one request. Emptied at the end of each transaction; at most one bit for each partition sent to.
 */
final class PartitionAdds {

    private final Map<String, BitSet> added = new HashMap<>();
    private final Map<String, BitSet> waiting = new HashMap<>();
    private boolean anyWaiting;

    /** Whether it is in the transaction; from now on it is waited for if not. */
    boolean isAdded(String topic, int partition) {
        BitSet in = added.get(topic);
        if (in != null && in.get(partition)) {
            return true;
        }
        waiting.computeIfAbsent(topic, name -> new BitSet()).set(partition);
        anyWaiting = true;
        return false;
    }

    boolean hasWaiting() {
        return anyWaiting;
    }

    List<TxnPartition> waiting() {
        List<TxnPartition> all = new ArrayList<>();
        waiting.forEach((topic, partitions) ->
                partitions.stream().forEach(partition -> all.add(new TxnPartition(topic, partition))));
        return all;
    }

    void onAdded(List<TxnPartition> partitions) {
        for (TxnPartition each : partitions) {
            added.computeIfAbsent(each.topic(), name -> new BitSet()).set(each.partition());
            BitSet waits = waiting.get(each.topic());
            if (waits != null) {
                waits.clear(each.partition());
                if (waits.isEmpty()) {
                    waiting.remove(each.topic());
                }
            }
        }
        anyWaiting = !waiting.isEmpty();
    }

    void clear() {
        added.clear();
        waiting.clear();
        anyWaiting = false;
    }
}
