package io.penstock.internal.admission;

/**
 * @param maxBlockNanos how long a call, or a record in the waiting line, waits for metadata and memory together
 * @param maxRequestBytes the largest a record may be, with its batch's header
 * @param bufferMemoryBytes what the user set, for messages
 * @param maxWaitingBytes what the waiting line may hold
 */
public record AdmissionLimits(long maxBlockNanos, int maxRequestBytes, long bufferMemoryBytes, long maxWaitingBytes) {

    /** The waiting line's part of {@code buffer.memory}; the rest is pages. */
    private static final int WAITING_SHARE = 16;

    public static AdmissionLimits of(long maxBlockNanos, int maxRequestBytes, long bufferMemoryBytes) {
        return new AdmissionLimits(
                maxBlockNanos, maxRequestBytes, bufferMemoryBytes, bufferMemoryBytes / WAITING_SHARE);
    }

    /** What is left for pages. */
    public long pageBytes() {
        return bufferMemoryBytes - maxWaitingBytes;
    }
}
