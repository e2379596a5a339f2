package io.penstock.internal.transaction;

import io.penstock.internal.identity.ProducerIdentity;
import java.util.List;

/** A request to a coordinator, as a plan; the exchange makes the bytes. */
public sealed interface CoordinatorCommand {

    /** Who coordinates what. The codes are the protocol's. */
    enum Kind {
        GROUP(0),
        TRANSACTION(1);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        public byte code() {
            return code;
        }
    }

    /** Goes to any broker. */
    record FindCoordinator(Kind kind, String key) implements CoordinatorCommand {}

    /**
     * @param current whose epoch is to be raised (KIP-360); {@link ProducerIdentity#NONE} to begin
     * @param keepPrepared leaves a prepared transaction as it is instead of aborting it (KIP-939)
     */
    record InitProducerId(
            String transactionalId,
            int timeoutMillis,
            ProducerIdentity current,
            boolean twoPhaseCommit,
            boolean keepPrepared)
            implements CoordinatorCommand {}

    record AddPartitions(String transactionalId, ProducerIdentity identity, List<TxnPartition> partitions)
            implements CoordinatorCommand {}

    record AddOffsets(String transactionalId, ProducerIdentity identity, String groupId)
            implements CoordinatorCommand {}

    record CommitOffsets(
            String transactionalId, ProducerIdentity identity, TransactionProtocol protocol, OffsetCommit commit)
            implements CoordinatorCommand {}

    record EndTransaction(
            String transactionalId, ProducerIdentity identity, TransactionProtocol protocol, boolean committed)
            implements CoordinatorCommand {}
}
