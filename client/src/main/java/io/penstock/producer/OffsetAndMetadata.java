package io.penstock.producer;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The position that a consumer group commits for one partition: the offset of the next record to read. Immutable. */
public class OffsetAndMetadata implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long offset;
    private final String metadata;
    private final @Nullable Integer leaderEpoch;

    /**
     * @param offset from 0
     * @param leaderEpoch the epoch of the last record read, if known
     * @param metadata any text kept with the offset; null counts as empty
     * @throws IllegalArgumentException for a negative offset
     */
    public OffsetAndMetadata(long offset, Optional<Integer> leaderEpoch, @Nullable String metadata) {
        if (offset < 0) {
            throw new IllegalArgumentException("invalid offset " + offset + ": offsets are never negative");
        }
        this.offset = offset;
        this.leaderEpoch = leaderEpoch.orElse(null);
        this.metadata = metadata == null ? "" : metadata;
    }

    public OffsetAndMetadata(long offset, @Nullable String metadata) {
        this(offset, Optional.empty(), metadata);
    }

    public OffsetAndMetadata(long offset) {
        this(offset, "");
    }

    public long offset() {
        return offset;
    }

    public String metadata() {
        return metadata;
    }

    /** Empty as well when it is negative, which means unknown. */
    public Optional<Integer> leaderEpoch() {
        return leaderEpoch == null || leaderEpoch < 0 ? Optional.empty() : Optional.of(leaderEpoch);
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof OffsetAndMetadata that
                && offset == that.offset
                && metadata.equals(that.metadata)
                && Objects.equals(leaderEpoch, that.leaderEpoch);
    }

    @Override
    public int hashCode() {
        return Objects.hash(offset, metadata, leaderEpoch);
    }

    @Override
    public String toString() {
        return "OffsetAndMetadata{offset=" + offset + ", leaderEpoch=" + leaderEpoch + ", metadata='" + metadata + "'}";
    }
}
