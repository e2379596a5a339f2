package io.penstock.internal.partition;

/**
 * How many bytes a stay with one partition has: {@code batch.size} as long as batches are taken about as fast as they are filled,
 * and more, where batches may grow, the more is appended between two looks of the loop.
 *
 * <p>Any thread; a lost update delays the next change by one stay. A stay's length is fixed when it begins and does not depend on
 * the partition that is chosen for it, so that every partition gets as many bytes a stay as any other: a partition whose broker is
 * slow must not get more (KIP-794). One stay that saw its batch taken outweighs three that did not, so that a few slow brokers
 * lengthen nobody's stays.
 */
final class StayLength {

    private static final int GROWTH_PART = 4;

    private final int leastBytes;
    private final int mostBytes;
    private volatile int bytes;

    StayLength(int leastBytes, int mostBytes) {
        this.leastBytes = leastBytes;
        this.mostBytes = Math.max(leastBytes, mostBytes);
        this.bytes = leastBytes;
    }

    /** Of a stay that begins now. */
    int bytes() {
        return bytes;
    }

    /** What a stay of this length must have had to end where a batch does: a short one ends there rather than with a fraction. */
    int atBatchEnd(int stayBytes) {
        return stayBytes <= grown(leastBytes) ? leastBytes : stayBytes;
    }

    /** @param taken whether something that was appended during the stay left its queue before the stay was over */
    void onEnded(int stayBytes, boolean taken) {
        int next = taken ? Math.max(leastBytes, stayBytes / 2) : (int) Math.min(mostBytes, grown(stayBytes));
        if (next != bytes) {
            bytes = next;
        }
    }

    private static long grown(int stayBytes) {
        return stayBytes + Math.max(1L, stayBytes / GROWTH_PART);
    }
}
