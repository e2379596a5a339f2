package io.penstock.testkit.fake;

/** What a reader of a partition gets to see, as a consumer's {@code isolation.level}. */
public enum Isolation {
    /** All records, those of open and aborted transactions too. */
    READ_UNCOMMITTED,
    /** Records without a transaction and those of committed ones, up to the first that belongs to an open transaction. */
    READ_COMMITTED,
    /** Only records of aborted transactions, which a committed reader never sees: for assertions. */
    ABORTED,
    /** Only records of transactions that are open. */
    OPEN
}
