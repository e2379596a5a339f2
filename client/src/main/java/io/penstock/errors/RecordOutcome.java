package io.penstock.errors;

/**
 * What is true of a record whose delivery failed.
 *
 * <p>Only {@link #NOT_WRITTEN} makes it safe to send the same content again without the risk of a duplicate.
 */
public enum RecordOutcome {
    /** No broker has the record: it never left this machine, or every attempt was refused. */
    NOT_WRITTEN,
    /** The record is in the log, although its completion is an error. */
    WRITTEN,
    /** At least one attempt left this machine and its answer was lost or leaves it open. */
    UNKNOWN
}
