package io.penstock.testkit.fake;

import io.penstock.producer.TopicPartition;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A transactional id with its producer and its transaction: the coordinator's memory of it.
 *
 * <p>Guarded by the cluster's lock. Only {@link TransactionCoordinator} and {@link TransactionEnd} change it, by
 * {@link #moveTo}, which lets no illegal state follow.
 */
final class Transaction {

    static final long NO_ID = -1;
    static final short NO_EPOCH = -1;

    /** The last epoch is kept for the coordinator, so that it can always fence once more. */
    private static final short LAST_USABLE_EPOCH = Short.MAX_VALUE - 1;

    /** What the transaction's batches and markers carry: the producer's own, or that of the one who prepared it. */
    record Identity(long producerId, short epoch) {
        static final Identity NONE = new Identity(NO_ID, NO_EPOCH);
    }

    private final String id;
    private final Set<TopicPartition> partitions = new LinkedHashSet<>();
    private TransactionState state = TransactionState.EMPTY;
    private int timeoutMs;
    private long startNanos;
    private boolean timed;
    private Identity taken = Identity.NONE;
    long producerId;
    short epoch = NO_EPOCH;
    long previousProducerId = NO_ID;
    short lastEpoch = NO_EPOCH;
    /** The producer id that follows once the transaction is complete; {@link #NO_ID} to keep the one there is. */
    long nextProducerId = NO_ID;
    /** Whose transaction a later producer has kept prepared (KIP-939). */
    Identity kept = Identity.NONE;
    /** Under what the markers are written. */
    Identity marker = Identity.NONE;

    Transaction(String id, long producerId) {
        this.id = id;
        this.producerId = producerId;
    }

    static boolean isExhausted(short epoch) {
        return epoch >= LAST_USABLE_EPOCH;
    }

    String id() {
        return id;
    }

    TransactionState state() {
        return state;
    }

    /** Those that have no marker yet. */
    Set<TopicPartition> partitions() {
        return partitions;
    }

    int timeoutMs() {
        return timeoutMs;
    }

    void timeoutMs(int millis) {
        timeoutMs = millis;
    }

    boolean isTwoPhase() {
        return timeoutMs == Integer.MAX_VALUE;
    }

    long startNanos() {
        return startNanos;
    }

    void startedAt(long nanos) {
        startNanos = nanos;
    }

    /** Whether somebody looks after its timeout already. */
    boolean isTimed() {
        return timed;
    }

    void timed(boolean isTimed) {
        timed = isTimed;
    }

    /** The epoch has been raised, and not for the producer that had the one before. */
    void onTaken() {
        taken = new Identity(producerId, epoch);
    }

    /** Whether the id was never taken from a producer since it had that identity. */
    boolean isHeldBy(Identity identity) {
        return taken.producerId() == identity.producerId()
                ? taken.epoch() <= identity.epoch()
                : taken.producerId() < identity.producerId();
    }

    void moveTo(TransactionState next) {
        if (!state.successors().contains(next)) {
            throw new IllegalStateException(id + " cannot go from " + state + " to " + next);
        }
        state = next;
        previousProducerId = producerId;
    }

    /** The identity that lies in the logs. */
    Identity logged() {
        return kept.producerId() == NO_ID ? new Identity(producerId, epoch) : kept;
    }
}
