package io.penstock.internal.transaction;

import io.penstock.errors.KafkaException;
import io.penstock.wire.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What the sender asks of transactions: which batches may go, and whom to tell what became of them.
 *
 * <p>Loop only.
 */
public interface RecordGate {

    /** May a partition's fresh batch be sent. */
    enum Passage {
        OPEN,
        /** Not yet; the sender is told to look again. */
        SHUT,
        /** Never: what was not sent is given up, for {@link #whyDropped}. */
        DROPPED
    }

    /** Of a producer without transactions. */
    RecordGate NONE = new RecordGate() {
        @Override
        public boolean isTransactional() {
            return false;
        }

        @Override
        public Passage passage(String topic, int partition) {
            return Passage.OPEN;
        }

        @Override
        public boolean isDropping() {
            return false;
        }

        @Override
        public boolean isHurried() {
            return false;
        }

        @Override
        public KafkaException whyDropped(String topic, int partition) {
            throw new IllegalStateException("nothing is dropped without transactions");
        }

        @Override
        public void onSent(long nowNanos) {}

        @Override
        public void onAnswered(ErrorCode error, long nowNanos) {}

        @Override
        public void onFailed(KafkaException cause, boolean stamped, long nowNanos) {}
    };

    boolean isTransactional();

    /** For a partition that has a batch to send; brings it into the transaction where that takes a request. */
    Passage passage(String topic, int partition);

    /** Whether every partition's passage is {@link Passage#DROPPED}. */
    boolean isDropping();

    /** Whether nothing is to linger, since the transaction is about to end. */
    boolean isHurried();

    /** A new exception, for one batch. */
    KafkaException whyDropped(String topic, int partition);

    /** A batch leaves for a broker, for the first time. */
    void onSent(long nowNanos);

    /** A broker has answered for a batch. */
    void onAnswered(ErrorCode error, long nowNanos);

    /**
     * A batch was given up.
     *
     * @param stamped whether it had taken sequences, so that those behind it may find a hole
     */
    void onFailed(KafkaException cause, boolean stamped, long nowNanos);

    /** The transactional id that produce requests name; null without. */
    default @Nullable String transactionalId() {
        return null;
    }

    /** The highest version of Produce that may be used now. */
    default short produceCap() {
        return Short.MAX_VALUE;
    }
}
