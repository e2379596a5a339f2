package io.penstock.internal.cluster;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One topic as last heard of: its id and its partitions, which are always {@code 0 .. partitionCount() - 1}.
 *
 * <p>Immutable. The partitions lie in chunks that successive views share, so a change of one leader among 100,000
 * partitions costs one chunk and not the whole topic, and whoever follows the changes ({@link #forEachChanged}) looks
 * at the chunks that differ only.
 */
public final class TopicView {

    private final String name;
    private final @Nullable UUID id;
    private final boolean internal;
    private final PartitionChunks partitions;

    private TopicView(String name, @Nullable UUID id, boolean internal, PartitionChunks partitions) {
        this.name = name;
        this.id = id;
        this.internal = internal;
        this.partitions = partitions;
    }

    /** A topic of these partitions; the one at place i must be partition i. */
    public static TopicView of(String name, @Nullable UUID id, boolean internal, List<PartitionView> partitions) {
        return new TopicView(
                name, id, internal, PartitionChunks.of(partitions.toArray(new PartitionView[0]), PartitionChunks.NONE));
    }

    /** A topic of these partitions, sharing with {@code previous} whatever has not changed. */
    static TopicView following(
            @Nullable TopicView previous,
            String name,
            @Nullable UUID id,
            boolean internal,
            PartitionView[] partitions) {
        PartitionChunks chunks =
                PartitionChunks.of(partitions, previous == null ? PartitionChunks.NONE : previous.partitions);
        if (previous != null
                && chunks == previous.partitions
                && internal == previous.internal
                && Objects.equals(id, previous.id)) {
            return previous;
        }
        return new TopicView(name, id, internal, chunks);
    }

    public String name() {
        return name;
    }

    /** The topic's id, or null when the broker is too old to have ids. */
    public @Nullable UUID id() {
        return id;
    }

    /** Whether the cluster made this topic for itself. */
    public boolean internal() {
        return internal;
    }

    public int partitionCount() {
        return partitions.count();
    }

    /**
     * The partition of this index.
     *
     * @throws IndexOutOfBoundsException when there is none
     */
    public PartitionView partition(int index) {
        return partitions.get(index);
    }

    /** How many partitions have a leader. */
    public int ledCount() {
        return partitions.ledCount();
    }

    /**
     * The index of the partition that is number {@code rank} of those with a leader, counted from 0. When every partition
     * has one, that is {@code rank} itself.
     */
    public int ledPartition(int rank) {
        return partitions.led(rank);
    }

    /**
     * Calls {@code action} with the index of each partition that differs from the one in {@code previous}, ascending; with
     * every index when {@code previous} is null. Indexes that {@code previous} alone has are left out. Costs what differs.
     */
    public void forEachChanged(@Nullable TopicView previous, IntConsumer action) {
        partitions.forEachChanged(previous == null ? PartitionChunks.NONE : previous.partitions, action);
    }

    /** This topic with one partition replaced. */
    TopicView with(PartitionView partition) {
        return new TopicView(name, id, internal, partitions.with(partition));
    }

    @Override
    public String toString() {
        return "TopicView[" + name + ", id " + id + ", " + partitionCount() + " partitions, " + ledCount() + " led]";
    }
}
