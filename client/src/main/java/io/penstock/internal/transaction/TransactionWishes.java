package io.penstock.internal.transaction;

import io.penstock.internal.config.TransactionSettings;
import io.penstock.internal.identity.ProducerIdentity;
import io.penstock.internal.transaction.CoordinatorCommand.AddOffsets;
import io.penstock.internal.transaction.CoordinatorCommand.AddPartitions;
import io.penstock.internal.transaction.CoordinatorCommand.CommitOffsets;
import io.penstock.internal.transaction.CoordinatorCommand.EndTransaction;
import io.penstock.internal.transaction.CoordinatorCommand.InitProducerId;
import org.jspecify.annotations.Nullable;

/** Words the requests that a transaction takes, from how far it has come. Loop only; changes nothing. */
final class TransactionWishes {

    private final TransactionSettings settings;
    private final String transactionalId;
    private final TransactionProgress progress;

    TransactionWishes(TransactionSettings settings, String transactionalId, TransactionProgress progress) {
        this.settings = settings;
        this.transactionalId = transactionalId;
        this.progress = progress;
    }

    /** For the first identity. */
    CoordinatorCommand identity(boolean keepPrepared) {
        return identity(ProducerIdentity.NONE, keepPrepared);
    }

    /** For the next epoch of the identity there is. */
    CoordinatorCommand nextEpoch() {
        return identity(progress.identity(), false);
    }

    private CoordinatorCommand identity(ProducerIdentity current, boolean keepPrepared) {
        return new InitProducerId(
                transactionalId,
                settings.timeoutMillis(),
                current,
                settings.twoPhaseCommit(),
                keepPrepared && current.isNone());
    }

    /** The next request before all can be written; null when there is none. */
    @Nullable
    CoordinatorCommand write() {
        if (progress.isEpochSpent()) {
            return nextEpoch();
        }
        if (progress.partitions().hasWaiting()) {
            return new AddPartitions(
                    transactionalId, progress.identity(), progress.partitions().waiting());
        }
        OffsetCommit first = progress.offsets().first();
        if (first == null) {
            return null;
        }
        return progress.protocol() == TransactionProtocol.V1
                        && !progress.offsets().hasGroup(first.groupId())
                ? new AddOffsets(transactionalId, progress.identity(), first.groupId())
                : new CommitOffsets(transactionalId, progress.identity(), progress.protocol(), first);
    }

    CoordinatorCommand end(boolean commit) {
        return new EndTransaction(transactionalId, progress.identity(), progress.protocol(), commit);
    }
}
