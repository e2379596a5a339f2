package io.penstock.internal.partition;

import io.penstock.internal.config.PartitionSettings;
import io.penstock.producer.Cluster;
import io.penstock.producer.Partitioner;
import io.penstock.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Chooses each record's partition: the one the record names, else what the user's {@link Partitioner} says, else the hash of the
 * key, else the topic's sticky partition.
 *
 * <p>Any thread; holds nothing that changes. The user's partitioner is called without any lock held, and what it throws goes on to
 * the caller.
 */
public final class RecordPartitioner {

    private final boolean ignoreKeys;
    private final @Nullable Partitioner custom;
    private final boolean movesOn;
    private final ClusterAdapter adapter;

    /**
     * @param custom the user's partitioner ({@code partitioner.class}), or null for the built-in way
     * @param adapter shows the user's partitioner the cluster
     */
    public RecordPartitioner(PartitionSettings settings, @Nullable Partitioner custom, ClusterAdapter adapter) {
        this.ignoreKeys = settings.ignoreKeys();
        this.custom = custom;
        this.movesOn = custom != null && hearsOfNewBatches(custom.getClass());
        this.adapter = adapter;
    }

    /** Whether no partitioner of the user's is asked, so that {@link #isSticky(boolean)} and the key's hash decide. */
    public boolean isBuiltIn() {
        return custom == null;
    }

    /** Whether the built-in way sends a record that names no partition to the topic's sticky one. */
    public boolean isSticky(boolean hasKey) {
        return !hasKey || ignoreKeys;
    }

    /**
     * The partition for this record. One that the record itself names is given back as it is: whether the topic has it is the
     * caller's to find out, who can wait for newer metadata.
     *
     * @throws IllegalArgumentException when the user's partitioner chooses a partition that the topic does not have
     */
    public int partition(Unplaced unplaced, StickyPartitioner sticky, QueueLoads loads) {
        Integer explicit = unplaced.record().partition();
        if (explicit != null) {
            return explicit;
        }
        if (custom != null) {
            return ask(custom, unplaced);
        }
        byte[] key = unplaced.key();
        return key != null && !ignoreKeys
                ? Murmur2.partition(key, unplaced.topic().partitionCount())
                : sticky.current(unplaced.topic(), unplaced.cluster(), loads);
    }

    /**
     * The record would open a new batch in the partition chosen for it: the moment to choose another, once.
     *
     * @param recordBytes what the record would add to a batch
     * @return the partition to use, whatever it does there
     */
    public int onNewBatch(Unplaced unplaced, int chosen, int recordBytes, StickyPartitioner sticky, QueueLoads loads) {
        if (unplaced.record().partition() != null) {
            return chosen;
        }
        if (custom != null) {
            if (!movesOn) {
                return chosen;
            }
            custom.onNewBatch(unplaced.topic().name(), adapter.toCluster(unplaced.cluster()), chosen);
            return ask(custom, unplaced);
        }
        return isSticky(unplaced)
                ? sticky.onNewBatch(chosen, recordBytes, unplaced.topic(), unplaced.cluster(), loads)
                : chosen;
    }

    /** Whether the topic's sticky partition is where this record goes, so that its bytes count there. */
    public boolean isSticky(Unplaced unplaced) {
        return custom == null && unplaced.record().partition() == null && isSticky(unplaced.key() != null);
    }

    /** A partitioner that does nothing when a batch begins is asked once for each record, as Kafka asks it. */
    private static boolean hearsOfNewBatches(Class<?> type) {
        try {
            return type.getMethod("onNewBatch", String.class, Cluster.class, int.class)
                            .getDeclaringClass()
                    != Partitioner.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("Partitioner has no onNewBatch", e);
        }
    }

    private int ask(Partitioner partitioner, Unplaced unplaced) {
        ProducerRecord<?, ?> record = unplaced.record();
        int chosen = partitioner.partition(
                record.topic(),
                record.key(),
                unplaced.key(),
                record.value(),
                unplaced.value(),
                adapter.toCluster(unplaced.cluster()));
        int partitionCount = unplaced.topic().partitionCount();
        if (chosen < 0 || chosen >= partitionCount) {
            throw new IllegalArgumentException("The partitioner "
                    + partitioner.getClass().getName()
                    + " chose partition " + chosen + " for a record of topic " + record.topic()
                    + ", which has the partitions 0 to " + (partitionCount - 1)
                    + "; it must return one of these");
        }
        return chosen;
    }
}
