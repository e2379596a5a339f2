package io.penstock.internal.cluster;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntConsumer;

/**
 * The partitions of a topic in runs of {@value #CHUNK_SIZE}, each with the number of its partitions that have a leader.
 *
 * <p>Immutable and persistent: a successor shares every chunk that is the same. A replaced partition costs one chunk and
 * the spine, finding the n-th partition with a leader costs the spine and one chunk, never all partitions.
 */
final class PartitionChunks {

    static final int CHUNK_SIZE = 256;

    /** No partitions at all. */
    static final PartitionChunks NONE = new PartitionChunks(new PartitionView[0][], new int[0], 0, 0);

    private static final int SHIFT = 8;
    private static final int MASK = CHUNK_SIZE - 1;

    private final PartitionView[][] chunks;
    private final int[] ledInChunk;
    private final int count;
    private final int ledCount;

    private PartitionChunks(PartitionView[][] chunks, int[] ledInChunk, int count, int ledCount) {
        this.chunks = chunks;
        this.ledInChunk = ledInChunk;
        this.count = count;
        this.ledCount = ledCount;
    }

    /** The partitions in the array, sharing with {@code previous} the chunks that are equal; itself when all are. */
    static PartitionChunks of(PartitionView[] partitions, PartitionChunks previous) {
        int count = partitions.length;
        PartitionView[][] chunks = new PartitionView[(count + MASK) >> SHIFT][];
        int[] ledInChunk = new int[chunks.length];
        int ledCount = 0;
        boolean same = count == previous.count;
        for (int c = 0; c < chunks.length; c++) {
            int from = c << SHIFT;
            int to = Math.min(count, from + CHUNK_SIZE);
            PartitionView[] before = c < previous.chunks.length ? previous.chunks[c] : null;
            if (before != null && Arrays.equals(before, 0, before.length, partitions, from, to)) {
                chunks[c] = before;
            } else {
                chunks[c] = Arrays.copyOfRange(partitions, from, to);
                same = false;
            }
            ledInChunk[c] = countLed(chunks[c], from);
            ledCount += ledInChunk[c];
        }
        return same ? previous : new PartitionChunks(chunks, ledInChunk, count, ledCount);
    }

    private static int countLed(PartitionView[] chunk, int firstIndex) {
        int led = 0;
        for (int i = 0; i < chunk.length; i++) {
            if (chunk[i].partition() != firstIndex + i) {
                throw new IllegalArgumentException(
                        "partition " + chunk[i].partition() + " stands at place " + (firstIndex + i));
            }
            led += chunk[i].hasLeader() ? 1 : 0;
        }
        return led;
    }

    int count() {
        return count;
    }

    int ledCount() {
        return ledCount;
    }

    PartitionView get(int index) {
        Objects.checkIndex(index, count);
        return chunks[index >> SHIFT][index & MASK];
    }

    /** The index of the partition that is number {@code rank} of those with a leader. */
    int led(int rank) {
        Objects.checkIndex(rank, ledCount);
        if (ledCount == count) {
            return rank;
        }
        int left = rank;
        int c = 0;
        while (left >= ledInChunk[c]) {
            left -= ledInChunk[c++];
        }
        for (PartitionView partition : chunks[c]) {
            if (partition.hasLeader() && left-- == 0) {
                return partition.partition();
            }
        }
        throw new IllegalStateException("chunk " + c + " has fewer leaders than the " + ledInChunk[c] + " counted");
    }

    PartitionChunks with(PartitionView partition) {
        int index = partition.partition();
        PartitionView before = get(index);
        int c = index >> SHIFT;
        PartitionView[][] newChunks = chunks.clone();
        newChunks[c] = chunks[c].clone();
        newChunks[c][index & MASK] = partition;
        int change = (partition.hasLeader() ? 1 : 0) - (before.hasLeader() ? 1 : 0);
        int[] newLed = ledInChunk;
        if (change != 0) {
            newLed = ledInChunk.clone();
            newLed[c] += change;
        }
        return new PartitionChunks(newChunks, newLed, count, ledCount + change);
    }

    void forEachChanged(PartitionChunks previous, IntConsumer action) {
        for (int c = 0; c < chunks.length; c++) {
            PartitionView[] before = c < previous.chunks.length ? previous.chunks[c] : NO_PARTITIONS;
            PartitionView[] now = chunks[c];
            for (int i = 0; before != now && i < now.length; i++) {
                if (i >= before.length || !now[i].equals(before[i])) {
                    action.accept((c << SHIFT) + i);
                }
            }
        }
    }

    private static final PartitionView[] NO_PARTITIONS = {};
}
