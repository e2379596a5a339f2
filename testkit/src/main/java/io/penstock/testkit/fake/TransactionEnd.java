package io.penstock.testkit.fake;

import io.penstock.wire.ErrorCode;

/**
 * How a transaction ends: by its producer under the rules of transaction version 1 or 2, or by the coordinator, which fences.
 *
 * <p>Under version 2 (KIP-890) each end raises the epoch, so that an end that is sent again is known by its old epoch. What
 * is allowed where a transaction is not open:
 *
 * <pre>
 *                    version 1            version 2, same epoch    version 2, epoch before (sent again)
 *                    commit    abort      commit    abort          commit    abort
 *   EMPTY            invalid   invalid    invalid   aborts         fenced    fenced
 *   COMPLETE_COMMIT  done      invalid    invalid   aborts         done      invalid
 *   COMPLETE_ABORT   invalid   done       invalid   aborts         invalid   done
 *   PREPARE_x        concurrent, or invalid when it is the other   the same under both
 * </pre>
 */
final class TransactionEnd {

    private static final short LAST_CLIENT_EPOCH = Short.MAX_VALUE - 1;

    private TransactionEnd() {}

    /** An answer to EndTxn: with the identity to go on with, where version 2 gives one. */
    record Result(ErrorCode error, Transaction.Identity next) {
        static Result of(ErrorCode error) {
            return new Result(error, Transaction.Identity.NONE);
        }
    }

    /** What its producer asks for. Without an error and with the state prepared, markers are to be written. */
    static Result end(
            Transaction transaction,
            Transaction.Identity by,
            boolean commit,
            boolean raisesEpoch,
            ClusterModel cluster) {
        return raisesEpoch ? endRaising(transaction, by, commit, cluster) : endKeeping(transaction, by, commit);
    }

    private static Result endKeeping(Transaction transaction, Transaction.Identity by, boolean commit) {
        if (transaction.producerId != by.producerId()) {
            return Result.of(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
        }
        if (transaction.epoch != by.epoch()) {
            return Result.of(ErrorCode.PRODUCER_FENCED);
        }
        return switch (transaction.state()) {
            case ONGOING -> {
                prepare(transaction, commit, false, Transaction.NO_ID);
                yield Result.of(ErrorCode.NONE);
            }
            case COMPLETE_COMMIT -> Result.of(commit ? ErrorCode.NONE : ErrorCode.INVALID_TXN_STATE);
            case COMPLETE_ABORT -> Result.of(commit ? ErrorCode.INVALID_TXN_STATE : ErrorCode.NONE);
            case PREPARE_COMMIT, PREPARE_ABORT -> Result.of(whilePrepared(transaction, commit));
            case EMPTY -> Result.of(ErrorCode.INVALID_TXN_STATE);
        };
    }

    private static Result endRaising(
            Transaction transaction, Transaction.Identity by, boolean commit, ClusterModel cluster) {
        boolean afterOverflow = transaction.previousProducerId == by.producerId()
                && transaction.producerId != by.producerId()
                && by.epoch() == LAST_CLIENT_EPOCH
                && transaction.epoch == 0;
        if (transaction.producerId != by.producerId() && !afterOverflow) {
            return Result.of(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
        }
        boolean again = afterOverflow || transaction.epoch == by.epoch() + 1;
        boolean same = transaction.epoch == by.epoch() && !afterOverflow;
        boolean allowed =
                switch (transaction.state()) {
                    case EMPTY, ONGOING -> same;
                    case PREPARE_COMMIT, PREPARE_ABORT -> again;
                    case COMPLETE_COMMIT, COMPLETE_ABORT -> same || again;
                };
        if (!allowed) {
            return Result.of(ErrorCode.PRODUCER_FENCED);
        }
        return switch (transaction.state()) {
            case ONGOING -> prepareRaising(transaction, commit, cluster);
            case PREPARE_COMMIT, PREPARE_ABORT -> Result.of(whilePrepared(transaction, commit));
            case EMPTY, COMPLETE_COMMIT, COMPLETE_ABORT -> whenNotOpen(transaction, commit, again, cluster);
        };
    }

    private static Result whenNotOpen(Transaction transaction, boolean commit, boolean again, ClusterModel cluster) {
        if (again) {
            boolean wasSo = (transaction.state() == TransactionState.COMPLETE_COMMIT) == commit;
            return wasSo
                    ? new Result(ErrorCode.NONE, new Transaction.Identity(transaction.producerId, transaction.epoch))
                    : Result.of(ErrorCode.INVALID_TXN_STATE);
        }
        return commit ? Result.of(ErrorCode.INVALID_TXN_STATE) : prepareRaising(transaction, false, cluster);
    }

    private static ErrorCode whilePrepared(Transaction transaction, boolean commit) {
        return (transaction.state() == TransactionState.PREPARE_COMMIT) == commit
                ? ErrorCode.CONCURRENT_TRANSACTIONS
                : ErrorCode.INVALID_TXN_STATE;
    }

    private static Result prepareRaising(Transaction transaction, boolean commit, ClusterModel cluster) {
        boolean exhausted = Transaction.isExhausted(transaction.epoch);
        long next = exhausted ? cluster.takeProducerId() : Transaction.NO_ID;
        prepare(transaction, commit, true, next);
        return new Result(
                ErrorCode.NONE,
                exhausted
                        ? new Transaction.Identity(next, (short) 0)
                        : new Transaction.Identity(transaction.producerId, transaction.epoch));
    }

    /** The coordinator ends it, and the producer's epoch is raised, so that its requests are refused from now on. */
    static void fenceAndAbort(Transaction transaction, boolean raisesEpoch, ClusterModel cluster) {
        if (raisesEpoch) {
            prepareRaising(transaction, false, cluster);
        } else {
            transaction.epoch = raised(transaction.epoch);
            transaction.lastEpoch = Transaction.NO_EPOCH;
            prepare(transaction, false, false, Transaction.NO_ID);
        }
    }

    private static void prepare(Transaction transaction, boolean commit, boolean raisesEpoch, long nextProducerId) {
        Transaction.Identity logged = transaction.logged();
        transaction.moveTo(commit ? TransactionState.PREPARE_COMMIT : TransactionState.PREPARE_ABORT);
        if (raisesEpoch) {
            transaction.lastEpoch = transaction.epoch;
            transaction.epoch = raised(transaction.epoch);
        }
        transaction.nextProducerId = nextProducerId;
        boolean raisesMarker = raisesEpoch || transaction.kept != Transaction.Identity.NONE;
        transaction.marker =
                raisesMarker ? new Transaction.Identity(logged.producerId(), raised(logged.epoch())) : logged;
    }

    /** All markers are written. */
    static void complete(Transaction transaction) {
        transaction.moveTo(
                transaction.state() == TransactionState.PREPARE_COMMIT
                        ? TransactionState.COMPLETE_COMMIT
                        : TransactionState.COMPLETE_ABORT);
        if (transaction.nextProducerId != Transaction.NO_ID) {
            transaction.producerId = transaction.nextProducerId;
            transaction.epoch = 0;
            transaction.nextProducerId = Transaction.NO_ID;
        }
        transaction.kept = Transaction.Identity.NONE;
    }

    /** The largest epoch is the end: where Kafka would run over it, the coordinator stays there. */
    private static short raised(short epoch) {
        return epoch == Short.MAX_VALUE ? epoch : (short) (epoch + 1);
    }
}
