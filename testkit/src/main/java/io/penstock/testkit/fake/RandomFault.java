package io.penstock.testkit.fake;

/** What can go wrong by chance, see {@link FaultRates}. */
public enum RandomFault {
    // ---------------------------------------------------- to the request itself
    /** Not carried out, and answered with an error that such a request may meet at any time. */
    ERROR,
    /** A Produce request is carried out and answered with an error that leaves that open. */
    ERROR_AFTER,
    /** Carried out some time later. */
    DELAY,
    /** Answered some time later. */
    DELAY_ANSWER,
    /** The answer asks for patience, and the broker reads nothing from the connection meanwhile. */
    THROTTLE,
    /** The connection breaks, the request is lost. */
    DROP_BEFORE,
    /** The connection breaks, the answer is lost. */
    DROP_AFTER,
    /** Half of the answer comes, then the connection breaks. */
    TRUNCATE,
    /** Half of the answer comes, and nothing after it. */
    STALL_HALFWAY,
    /** Noise comes instead of the answer. */
    GARBAGE,
    /** An answer comes that belongs to no request. */
    WRONG_CORRELATION,
    /** Neither carried out nor answered. */
    SILENCE,
    /** Carried out and never answered. */
    SILENCE_AFTER,

    // ------------------------------------------- to the cluster, at that moment
    /** One of the request's partitions, or any, gets another leader. */
    LEADER_MOVE,
    /** A partition's leader stays, in the next epoch. */
    LEADER_EPOCH,
    /** A partition has no leader for a while. */
    LEADER_LOSS,
    /** A broker goes in good order and comes back. */
    BROKER_RESTART,
    /** A broker goes, is missed only later, and comes back. */
    BROKER_CRASH,
    /** A broker's answers to Metadata stand still for a while. */
    METADATA_LAG,
    /** A transactional id or group of the request gets another coordinator. */
    COORDINATOR_MOVE,
    /** The coordinator aborts an open transaction and fences its producer. */
    TRANSACTION_EXPIRY,
    /** A topic is deleted with all its records, and created again. */
    TOPIC_RECREATION;

    /** Whether it happens to the request and not to the cluster. */
    boolean isOfRequest() {
        return compareTo(LEADER_MOVE) < 0;
    }
}
