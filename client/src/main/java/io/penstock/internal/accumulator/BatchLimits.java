package io.penstock.internal.accumulator;

/**
 * How large batches become.
 *
 * @param readyBytes from here on a batch goes without waiting for its linger: {@code batch.size}
 * @param maxBytes a batch of more than one record never exceeds this. Equal to {@code readyBytes} when the user set
 *     {@code batch.size}; larger when not, so that a batch that has to wait anyway grows with the backlog
 * @param maxRawBytes as {@code maxBytes}, for what a batch holds before compression
 */
public record BatchLimits(int readyBytes, int maxBytes, int maxRawBytes) {

    /** A batch may take this part of all memory before compression. */
    private static final int MEMORY_SHARE = 8;

    public static BatchLimits of(int batchSizeBytes, boolean batchSizeSet, int maxRequestSizeBytes, long memoryBytes) {
        int ready = Math.max(1, batchSizeBytes);
        int share = (int) Math.min(Integer.MAX_VALUE, memoryBytes / MEMORY_SHARE);
        int max = batchSizeSet ? ready : Math.max(ready, Math.min(maxRequestSizeBytes, share));
        return new BatchLimits(ready, max, Math.max(max, share));
    }
}
