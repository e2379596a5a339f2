package io.penstock.internal.sender;

import io.penstock.errors.KafkaException;

/** Hears what became of each batch of a plan, exactly once for each. Loop only. */
public interface OutcomeListener {

    /**
     * The broker has it, or with acks 0 it has left.
     *
     * @param baseOffset of the first record; -1 when unknown
     * @param logAppendTime the broker's, in milliseconds; -1 for CREATE_TIME
     */
    void onWritten(OutboundBatch batch, long baseOffset, long logAppendTime, long nowNanos);

    /** A broker has answered, whatever it says. */
    void onOutcome(OutboundBatch batch, BatchOutcome outcome, long nowNanos);

    /**
     * No answer will come.
     *
     * @param mayHaveArrived false only when no byte of the request left this machine
     */
    void onLost(OutboundBatch batch, KafkaException cause, boolean mayHaveArrived, long nowNanos);
}
