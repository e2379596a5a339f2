package io.penstock.testkit.fake;

import io.penstock.producer.TopicPartition;
import io.penstock.wire.ErrorCode;
import java.util.List;

/**
 * What a broker asks the transaction's coordinator before it writes for a transaction (KIP-890): up to Produce 11 and
 * TxnOffsetCommit 4 whether the partition is in it, later to take it in.
 */
record TransactionCheck(String transactionalId, Transaction.Identity by, TopicPartition partition) {

    /**
     * @param adds whether a partition that is not in the transaction is taken in
     * @param abortable whether the client knows TRANSACTION_ABORTABLE
     */
    ErrorCode run(ClusterModel cluster, boolean adds, boolean abortable) {
        FakeBroker coordinator = cluster.coordinators().of(Coordinators.TRANSACTION, transactionalId);
        if (coordinator == null) {
            return ErrorCode.COORDINATOR_NOT_AVAILABLE;
        }
        if (!coordinator.isUp()) {
            return ErrorCode.NETWORK_EXCEPTION;
        }
        ErrorCode error = adds
                ? cluster.transactions().add(transactionalId, by, List.of(partition))
                : cluster.transactions().verify(transactionalId, by, partition);
        return switch (error) {
            case PRODUCER_FENCED -> ErrorCode.INVALID_PRODUCER_EPOCH;
            case TRANSACTION_ABORTABLE -> abortable ? error : ErrorCode.INVALID_TXN_STATE;
            default -> error;
        };
    }
}
