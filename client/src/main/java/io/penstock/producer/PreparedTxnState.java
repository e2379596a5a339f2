package io.penstock.producer;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a prepared transaction is known by, for whoever decides how it ends (KIP-939): keep its {@link #toString} with the decision,
 * and hand it to {@code completeTransaction} after a restart. Immutable.
 */
public class PreparedTxnState {

    private static final long NO_PRODUCER_ID = -1;
    private static final short NO_EPOCH = -1;

    private final long producerId;
    private final short epoch;

    /** No transaction. */
    public PreparedTxnState() {
        this.producerId = NO_PRODUCER_ID;
        this.epoch = NO_EPOCH;
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @param serializedState {@code producerId:epoch}; null or empty for no transaction
     * @throws IllegalArgumentException for anything else
     */
    public PreparedTxnState(@Nullable String serializedState) {
        if (serializedState == null || serializedState.isEmpty()) {
            this.producerId = NO_PRODUCER_ID;
            this.epoch = NO_EPOCH;
            return;
        }
        int colon = serializedState.indexOf(':');
        try {
            this.producerId = Long.parseLong(serializedState.substring(0, Math.max(colon, 0)));
            this.epoch = Short.parseShort(serializedState.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw invalid(serializedState);
        }
        boolean none = producerId == NO_PRODUCER_ID && epoch == NO_EPOCH;
        if (!none && (producerId < 0 || epoch < 0)) {
            throw invalid(serializedState);
        }
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException(
                "A prepared transaction is written as producerId:epoch, like 4711:3; this is '" + text + "'");
    }

    /** -1 for no transaction. */
    public long producerId() {
        return producerId;
    }

    /** -1 for no transaction. */
    public short epoch() {
        return epoch;
    }

    public boolean hasTransaction() {
        return producerId != NO_PRODUCER_ID;
    }

    /** {@code producerId:epoch}, empty for no transaction. */
    @Override
    public String toString() {
        return hasTransaction() ? producerId + ":" + epoch : "";
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof PreparedTxnState that && producerId == that.producerId && epoch == that.epoch;
    }

    @Override
    public int hashCode() {
        return Objects.hash(producerId, epoch);
    }
}
