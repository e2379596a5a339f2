package io.penstock.internal.transaction;

/** How partitions and groups come into a transaction, by the cluster's feature {@code transaction.version} (KIP-890). */
public enum TransactionProtocol {
    /** Each is added by a request of its own, before anything is written to it; the epoch stays. */
    V1((short) 11, (short) 4, (short) 4),
    /** Each is added by the first write; every end of a transaction raises the epoch. */
    V2(Short.MAX_VALUE, (short) 5, (short) 5);

    private static final short FIRST_LEVEL_OF_V2 = 2;

    private final short produceCap;
    private final short offsetCommitCap;
    private final short endCap;

    TransactionProtocol(short produceCap, short offsetCommitCap, short endCap) {
        this.produceCap = produceCap;
        this.offsetCommitCap = offsetCommitCap;
        this.endCap = endCap;
    }

    /** By the level at which the cluster's feature stands. */
    public static TransactionProtocol ofLevel(int level) {
        return level >= FIRST_LEVEL_OF_V2 ? V2 : V1;
    }

    /** The highest version of Produce that does not mean the other protocol. */
    public short produceCap() {
        return produceCap;
    }

    /** The same for TxnOffsetCommit; 6 has topic ids only. */
    public short offsetCommitCap() {
        return offsetCommitCap;
    }

    public short endCap() {
        return endCap;
    }
}
