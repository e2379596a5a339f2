package io.penstock.internal.admission;

import io.penstock.internal.accumulator.AppendOutcome;
import io.penstock.internal.accumulator.PageRequest;
import io.penstock.internal.accumulator.PartitionQueue;
import io.penstock.internal.partition.RecordPartitioner;
import io.penstock.internal.partition.Unplaced;
import io.penstock.wire.record.KeyValue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One record's way from its topic into a batch: choose the partition, append, and if that would open a new batch choose once more.
 *
 * <p>Belongs to the thread that admits the record. After {@link AppendOutcome#NEEDS_MEMORY} the choice stands, and
 * {@link #append} is called again with the pages that were waited for.
 */
final class PartitionChoice {

    private final Draft draft;
    private final TopicEntry entry;
    private final RecordPartitioner partitioner;
    private final Unplaced unplaced;
    private int partition;
    private boolean mayChooseAgain;

    PartitionChoice(Draft draft, KnownTopic topic, TopicEntry entry, RecordPartitioner partitioner) {
        this.draft = draft;
        this.entry = entry;
        this.partitioner = partitioner;
        this.unplaced = draft.unplaced(topic);
        this.partition = partitioner.partition(unplaced, entry.sticky(), entry);
        this.mayChooseAgain = draft.record().partition() == null;
    }

    PartitionQueue queue() {
        return entry.queues().queue(partition);
    }

    /**
     * Tries to append; answers neither NEEDS_NEW_BATCH nor, when enough was granted and nobody waits, NEEDS_MEMORY.
     *
     * @param isWaitedFor whether others wait for memory of the partition already, whom this record must not overtake
     */
    AppendOutcome append(@Nullable PageRequest grant, Predicate<PartitionQueue> isWaitedFor) {
        if (isWaitedFor.test(queue())) {
            // It will wait in this partition's line. Another choice later could put it behind what was sent after it.
            mayChooseAgain = false;
            return AppendOutcome.NEEDS_MEMORY;
        }
        AppendOutcome outcome = appendOnce(grant);
        if (outcome == AppendOutcome.NEEDS_NEW_BATCH) {
            mayChooseAgain = false;
            partition = partitioner.onNewBatch(unplaced, partition, draft.recordBytes(), entry.sticky(), entry);
            outcome = isWaitedFor.test(queue()) ? AppendOutcome.NEEDS_MEMORY : appendOnce(grant);
        }
        if (outcome == AppendOutcome.NEEDS_MEMORY) {
            mayChooseAgain = false;
        } else if (outcome != AppendOutcome.CLOSED && partitioner.isSticky(unplaced)) {
            entry.sticky()
                    .onAppended(
                            partition,
                            draft.recordBytes(),
                            outcome == AppendOutcome.APPENDED_FULL,
                            unplaced.topic(),
                            unplaced.cluster(),
                            entry);
        }
        return outcome;
    }

    private AppendOutcome appendOnce(@Nullable PageRequest grant) {
        KeyValue keyValue = KeyValue.of(draft.key(), draft.value());
        return queue().append(draft.promise(), keyValue, draft.headers(), grant, mayChooseAgain);
    }
}
