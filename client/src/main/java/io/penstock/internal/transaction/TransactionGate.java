package io.penstock.internal.transaction;

import io.penstock.errors.KafkaException;
import io.penstock.errors.TransactionAbortedException;
import io.penstock.wire.ErrorCode;

/** The sender's questions to a transactional producer, answered by where it stands. Loop only. */
final class TransactionGate implements RecordGate {

    private final TransactionMachine machine;
    private final TransactionCalls calls;
    private final TransactionProgress progress;

    TransactionGate(TransactionMachine machine, TransactionProgress progress) {
        this.machine = machine;
        this.calls = machine.calls();
        this.progress = progress;
    }

    @Override
    public boolean isTransactional() {
        return true;
    }

    @Override
    public Passage passage(String topic, int partition) {
        TransactionState state = calls.state();
        return switch (state) {
            case IN_TRANSACTION, PREPARING, COMMITTING ->
                progress.mayWrite(topic, partition) ? Passage.OPEN : Passage.SHUT;
            default -> state.isDropping() ? Passage.DROPPED : Passage.SHUT;
        };
    }

    @Override
    public boolean isDropping() {
        return calls.state().isDropping();
    }

    @Override
    public boolean isHurried() {
        return progress.isEnding();
    }

    @Override
    public KafkaException whyDropped(String topic, int partition) {
        KafkaException cause = calls.now().cause();
        return new TransactionAbortedException(
                "Record(s) for " + topic + "-" + partition + " were not sent before their transaction "
                        + (cause == null ? "was aborted" : "failed: " + cause.getMessage()),
                cause);
    }

    @Override
    public void onSent(long nowNanos) {
        progress.onStarted();
        progress.markers().onSent(nowNanos);
    }

    @Override
    public void onAnswered(ErrorCode error, long nowNanos) {
        progress.markers().onAnswered(error, nowNanos);
    }

    @Override
    public void onFailed(KafkaException cause, boolean stamped, long nowNanos) {
        if (stamped) {
            progress.spendEpoch();
        }
        machine.onRecordFailed(cause, nowNanos);
    }

    @Override
    public String transactionalId() {
        return machine.transactionalId();
    }

    @Override
    public short produceCap() {
        return progress.protocol().produceCap();
    }
}
