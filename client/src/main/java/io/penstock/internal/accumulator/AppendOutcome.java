package io.penstock.internal.accumulator;

/** What became of an append. */
public enum AppendOutcome {
    /** The record lies in a batch that takes more. */
    APPENDED,

    /** The record lies in a batch that is now large enough to go. */
    APPENDED_FULL,

    /** Nothing was done: the record would have opened a new batch, and the caller wanted to be asked first. */
    NEEDS_NEW_BATCH,

    /** Nothing was done: the pool has too few pages. */
    NEEDS_MEMORY,

    /** Nothing was done: the producer is closed. */
    CLOSED
}
