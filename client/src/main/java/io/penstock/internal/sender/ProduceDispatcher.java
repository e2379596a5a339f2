package io.penstock.internal.sender;

/**
 * The sender's way out: takes a plan, and later reports an outcome for each of its batches.
 *
 * <p>Loop only.
 */
public interface ProduceDispatcher {

    /**
     * Whether one more produce request could leave for this broker now. Starts connecting when there is no connection and
     * the backoff allows; {@link Sender#onBrokerCapacity} follows once it can.
     */
    boolean canSend(int nodeId, long nowNanos);

    /** Whether there is a way to this broker; not to one that has left the cluster. */
    boolean isKnown(int nodeId);

    /** When to ask {@link #canSend} again at the latest, for a broker that is backing off; {@link Long#MAX_VALUE} for never. */
    long retryAtNanos(int nodeId, long nowNanos);

    /** @param listener hears once of each batch of the plan */
    void send(ProducePlan plan, OutcomeListener listener, long nowNanos);
}
