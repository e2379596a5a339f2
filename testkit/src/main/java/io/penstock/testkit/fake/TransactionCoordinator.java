package io.penstock.testkit.fake;

import io.penstock.producer.TopicPartition;
import io.penstock.testkit.fake.Transaction.Identity;
import io.penstock.wire.ErrorCode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of the cluster: who may write under which transactional id, what belongs to its transaction, how it ends.
 *
 * <p>Guarded by the cluster's lock. One for all brokers, since what a coordinator knows lies in a replicated log; that the
 * right broker is asked is the handlers' affair. What is written to the transaction log is there at once, so no transition is
 * ever pending.
 */
final class TransactionCoordinator {

    /** As {@code transaction.max.timeout.ms}. */
    private static final int MAX_TIMEOUT_MS = 900_000;

    private static final int MAX_TRANSACTIONAL_ID_COUNT = 100_000;

    private final ClusterModel cluster;
    private final TransactionMarkers markers;
    private final Map<String, Transaction> transactions = new LinkedHashMap<>();

    TransactionCoordinator(ClusterModel cluster) {
        this.cluster = cluster;
        this.markers = new TransactionMarkers(cluster);
    }

    /** What InitProducerId asks for. Without an expected identity the producer is a new one. */
    record InitRequest(String transactionalId, int timeoutMs, Identity expected, boolean twoPhase, boolean keep) {}

    /** Its answer; {@code ongoing} is the prepared transaction that was kept. */
    record InitResult(ErrorCode error, Identity identity, Identity ongoing) {
        static InitResult of(ErrorCode error) {
            return new InitResult(error, Identity.NONE, Identity.NONE);
        }
    }

    TransactionMarkers markers() {
        return markers;
    }

    Iterable<Transaction> transactions() {
        return transactions.values();
    }

    @Nullable
    Transaction find(String transactionalId) {
        return transactions.get(transactionalId);
    }

    // --------------------------------------------------------------- identities

    InitResult init(InitRequest request) {
        Transaction transaction = transactions.computeIfAbsent(request.transactionalId(), this::create);
        if (isAnother(request.expected(), transaction)) {
            return InitResult.of(ErrorCode.PRODUCER_FENCED);
        }
        return switch (transaction.state()) {
            case PREPARE_COMMIT, PREPARE_ABORT -> InitResult.of(ErrorCode.CONCURRENT_TRANSACTIONS);
            case ONGOING -> {
                if (request.keep()) {
                    yield keep(request, transaction);
                }
                // The producer asks again, and gets another epoch once the markers are written.
                abort(transaction);
                yield InitResult.of(ErrorCode.CONCURRENT_TRANSACTIONS);
            }
            case EMPTY, COMPLETE_COMMIT, COMPLETE_ABORT -> raise(request, transaction);
        };
    }

    private Transaction create(String transactionalId) {
        if (transactions.size() >= MAX_TRANSACTIONAL_ID_COUNT) {
            throw new IllegalStateException(
                    "A fake cluster has at most " + MAX_TRANSACTIONAL_ID_COUNT + " transactional ids");
        }
        return new Transaction(transactionalId, cluster.takeProducerId());
    }

    private static boolean isAnother(Identity expected, Transaction transaction) {
        return !expected.equals(Identity.NONE)
                && transaction.epoch != Transaction.NO_EPOCH
                && expected.producerId() != transaction.producerId
                && !(expected.producerId() == transaction.previousProducerId
                        && Transaction.isExhausted(expected.epoch()));
    }

    private InitResult raise(InitRequest request, Transaction transaction) {
        boolean isNew = request.expected().equals(Identity.NONE);
        short expected = request.expected().epoch();
        short epoch = transaction.epoch;
        if (Transaction.isExhausted(epoch) && (isNew || expected == epoch)) {
            transaction.moveTo(TransactionState.EMPTY);
            transaction.producerId = cluster.takeProducerId();
            transaction.epoch = 0;
            transaction.lastEpoch = isNew ? Transaction.NO_EPOCH : epoch;
        } else if (isNew || epoch == Transaction.NO_EPOCH || expected == epoch) {
            transaction.moveTo(TransactionState.EMPTY);
            transaction.epoch = (short) (epoch + 1);
            transaction.lastEpoch = isNew ? Transaction.NO_EPOCH : epoch;
        } else if (expected == transaction.lastEpoch) {
            // The same call again, its answer was lost: nobody else can have come, that would have cleared the last
            // epoch.
            transaction.moveTo(TransactionState.EMPTY);
        } else {
            return InitResult.of(ErrorCode.PRODUCER_FENCED);
        }
        if (isNew) {
            transaction.onTaken();
        }
        transaction.timeoutMs(request.twoPhase() ? Integer.MAX_VALUE : request.timeoutMs());
        return new InitResult(ErrorCode.NONE, current(transaction), Identity.NONE);
    }

    /** The transaction stays as its producer prepared it; who asks gets an identity to end it with (KIP-939). */
    private InitResult keep(InitRequest request, Transaction transaction) {
        if (transaction.kept.equals(Identity.NONE)) {
            transaction.kept = current(transaction);
        }
        if (Transaction.isExhausted(transaction.epoch)) {
            transaction.previousProducerId = transaction.producerId;
            transaction.producerId = cluster.takeProducerId();
            transaction.epoch = 0;
        } else {
            transaction.epoch++;
        }
        transaction.lastEpoch = Transaction.NO_EPOCH;
        transaction.onTaken();
        transaction.timeoutMs(request.twoPhase() ? Integer.MAX_VALUE : request.timeoutMs());
        return new InitResult(ErrorCode.NONE, current(transaction), transaction.kept);
    }

    private static Identity current(Transaction transaction) {
        return new Identity(transaction.producerId, transaction.epoch);
    }

    // ------------------------------------------------------------- what is in it

    /** Takes partitions into the producer's transaction, which begins with the first. */
    ErrorCode add(String transactionalId, Identity by, Collection<TopicPartition> partitions) {
        Transaction transaction = transactions.get(transactionalId);
        ErrorCode error = judge(transaction, transactionalId, by);
        if (error != ErrorCode.NONE || transaction == null) {
            return error;
        }
        boolean begins = transaction.state() != TransactionState.ONGOING;
        if (begins) {
            transaction.moveTo(TransactionState.ONGOING);
            transaction.startedAt(cluster.host().nanoTime());
            watch(transaction);
        }
        transaction.partitions().addAll(partitions);
        return ErrorCode.NONE;
    }

    /** Whether a partition is in the producer's transaction: asked by leaders before they append. */
    ErrorCode verify(String transactionalId, Identity by, TopicPartition partition) {
        Transaction transaction = transactions.get(transactionalId);
        ErrorCode error = judge(transaction, transactionalId, by);
        if (error != ErrorCode.NONE || transaction == null) {
            return error;
        }
        return transaction.partitions().contains(partition) ? ErrorCode.NONE : ErrorCode.TRANSACTION_ABORTABLE;
    }

    private static ErrorCode judge(@Nullable Transaction transaction, String transactionalId, Identity by) {
        if (transactionalId.isEmpty()) {
            return ErrorCode.INVALID_REQUEST;
        }
        if (transaction == null || transaction.producerId != by.producerId()) {
            return ErrorCode.INVALID_PRODUCER_ID_MAPPING;
        }
        if (transaction.epoch != by.epoch()) {
            return ErrorCode.PRODUCER_FENCED;
        }
        return transaction.state().isPrepared() ? ErrorCode.CONCURRENT_TRANSACTIONS : ErrorCode.NONE;
    }

    // -------------------------------------------------------------- how it ends

    TransactionEnd.Result end(String transactionalId, Identity by, boolean commit, boolean raisesEpoch) {
        if (transactionalId.isEmpty()) {
            return TransactionEnd.Result.of(ErrorCode.INVALID_REQUEST);
        }
        Transaction transaction = transactions.get(transactionalId);
        if (transaction == null) {
            return TransactionEnd.Result.of(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
        }
        boolean wasPrepared = transaction.state().isPrepared();
        TransactionEnd.Result result = TransactionEnd.end(transaction, by, commit, raisesEpoch, cluster);
        if (!wasPrepared && transaction.state().isPrepared()) {
            markers.add(transaction);
        }
        return result;
    }

    /** Ends an open transaction and fences its producer, as another one's arrival or the timeout does. */
    void abort(Transaction transaction) {
        TransactionEnd.fenceAndAbort(transaction, cluster.transactionVersion() >= 2, cluster);
        transaction.onTaken();
        markers.add(transaction);
    }

    /** One check is on its way for each transactional id at most, whatever many transactions it ends meanwhile. */
    private void watch(Transaction transaction) {
        if (!transaction.isTimed() && !transaction.isTwoPhase()) {
            transaction.timed(true);
            cluster.host().schedule(leftNanos(transaction), cluster.locking(() -> onTimeout(transaction)));
        }
    }

    private void onTimeout(Transaction transaction) {
        transaction.timed(false);
        if (transaction.state() != TransactionState.ONGOING || transaction.isTwoPhase()) {
            return;
        }
        if (leftNanos(transaction) > 0) {
            watch(transaction);
        } else {
            abort(transaction);
            cluster.changed().signalAll();
        }
    }

    private long leftNanos(Transaction transaction) {
        return transaction.startNanos()
                + TimeUnit.MILLISECONDS.toNanos(transaction.timeoutMs())
                - cluster.host().nanoTime();
    }

    static boolean isValidTimeout(int millis) {
        return millis > 0 && millis <= MAX_TIMEOUT_MS;
    }
}
