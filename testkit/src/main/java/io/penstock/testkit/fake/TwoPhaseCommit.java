package io.penstock.testkit.fake;

/** How far the brokers go along with two-phase commit (KIP-939). */
public enum TwoPhaseCommit {
    /** InitProducerId ends at version 5, as with every broker that does not offer unfinished versions. */
    OFF,
    /** Transactions without a timeout; keeping a prepared one is refused with UNSUPPORTED_VERSION, as Kafka 4.4.0 does. */
    WITHOUT_KEEPING,
    /** All of it: a later producer can take a prepared transaction over and end it. */
    FULL
}
