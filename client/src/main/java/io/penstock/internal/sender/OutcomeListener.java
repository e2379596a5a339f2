package io.penstock.internal.sender;

import io.penstock.errors.KafkaException;

/** Hears what became of each batch of a plan, exactly once for each. Loop only. */
public interface OutcomeListener {

    /** A broker has answered, or with acks 0 the batch has left. */
    void onOutcome(OutboundBatch batch, BatchOutcome outcome, long nowNanos);

    /**
     * No answer will come.
     *
     * @param mayHaveArrived false only when no byte of the request left this machine
     */
    void onLost(OutboundBatch batch, KafkaException cause, boolean mayHaveArrived, long nowNanos);
}
