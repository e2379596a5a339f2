package io.penstock.internal.transaction;

import io.penstock.internal.identity.ProducerIdentity;
import java.util.concurrent.TimeUnit;

/**
 * How far the open transaction has come, and under which identity and protocol.
 *
 * <p>Loop only. Callers may be ahead of it: the loop hears of a begin and of an end after they were called.
 */
final class TransactionProgress {

    private final PartitionAdds partitions = new PartitionAdds();
    private final OffsetsLine offsets = new OffsetsLine();
    private final MarkerWait markers = new MarkerWait();
    private ProducerIdentity identity = ProducerIdentity.NONE;
    private TransactionProtocol protocol = TransactionProtocol.V1;

    /** The loop has heard of the transaction's begin. */
    private boolean open;

    /** The loop has heard that it is to end. */
    private boolean ending;

    /** And of every record that was admitted before. */
    private boolean allHeard;

    /** The coordinator may have heard of it. */
    private boolean started;

    /** Some sequence may be missing, or the epoch was refused: another one is needed before anything else is written. */
    private boolean epochSpent;

    /** Requests to commit it of which nobody knows what came. */
    private int commitsUnanswered;

    private long openedNanos;

    void begin(long nowNanos) {
        open = true;
        ending = false;
        allHeard = false;
        commitsUnanswered = 0;
        openedNanos = nowNanos;
        markers.onBegin(nowNanos);
    }

    void beginEnding() {
        ending = true;
    }

    /** Every record that was admitted before the end is known by now. */
    void onAllHeard() {
        allHeard = ending;
    }

    void end() {
        open = false;
        ending = false;
        dropPartitions();
        offsets.clear();
    }

    boolean isOpen() {
        return open;
    }

    boolean isEnding() {
        return ending;
    }

    boolean isAllHeard() {
        return allHeard;
    }

    long openMillis(long nowNanos) {
        return TimeUnit.NANOSECONDS.toMillis(nowNanos - openedNanos);
    }

    /** Whether the partition may be written to; where it takes a request first, it is waited for from now on. */
    boolean mayWrite(String topic, int partition) {
        return open
                && !epochSpent
                && !markers.isOn()
                && (protocol == TransactionProtocol.V2 || partitions.isAdded(topic, partition));
    }

    PartitionAdds partitions() {
        return partitions;
    }

    MarkerWait markers() {
        return markers;
    }

    void dropPartitions() {
        partitions.clear();
    }

    OffsetsLine offsets() {
        return offsets;
    }

    boolean isStarted() {
        return started;
    }

    void onStarted() {
        started = true;
    }

    /** The coordinator knows of nothing to end. */
    void onNothingStarted() {
        started = false;
    }

    void onCommitSent() {
        commitsUnanswered++;
    }

    /** One of them has surely done nothing. */
    void onCommitRefused() {
        commitsUnanswered--;
    }

    /** However many there were, none has done anything. */
    void onNotCommitted() {
        commitsUnanswered = 0;
    }

    /** It may have been committed, or not. */
    boolean isInDoubt() {
        return commitsUnanswered > 0;
    }

    boolean isEpochSpent() {
        return epochSpent;
    }

    void spendEpoch() {
        epochSpent = true;
    }

    ProducerIdentity identity() {
        return identity;
    }

    /** One whose epoch nothing was written under. */
    void take(ProducerIdentity fresh) {
        identity = fresh;
        epochSpent = false;
    }

    TransactionProtocol protocol() {
        return protocol;
    }

    void speak(TransactionProtocol offered) {
        protocol = offered;
    }

    /** From one protocol to another, under way. */
    void changeTo(TransactionProtocol offered) {
        speak(offered);
        if (offered == TransactionProtocol.V2) {
            // A late request of the old protocol must not be taken for one of the new (KIP-890).
            spendEpoch();
        }
    }
}
