package io.penstock.internal.identity;

/**
 * The sequence numbers of one partition: each record's is one more than the one before, under one identity.
 *
 * <p>Loop only. Moves to a newer identity, and back to sequence 0, only when its owner says so: sequences of two identities must
 * not be in the air in the wrong order.
 */
public final class SequenceCounter {

    private ProducerIdentity identity = ProducerIdentity.NONE;
    private int next;

    public ProducerIdentity identity() {
        return identity;
    }

    /** Starts anew at 0 under this identity. */
    public void restart(ProducerIdentity identity) {
        this.identity = identity;
        this.next = 0;
    }

    /** Takes the sequences of a batch and returns the first; -1 without idempotence. */
    public int take(int recordCount) {
        if (identity.isNone()) {
            return -1;
        }
        int first = next;
        next = plus(first, recordCount);
        return first;
    }

    /** The sequences from {@code first} on were never used by the broker and are given out again. */
    public void giveBackFrom(int first) {
        if (!identity.isNone()) {
            next = first;
        }
    }

    /** Sequences run to {@link Integer#MAX_VALUE} and on to 0. */
    public static int plus(int sequence, int count) {
        return (int) (((long) sequence + count) & Integer.MAX_VALUE);
    }
}
