package io.penstock.testkit.fake;

import io.penstock.producer.TopicPartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The transactions of a fake cluster: to look at, and to bring about what seldom happens. All methods may be called from any
 * thread.
 */
public final class FakeTransactions {

    private final ClusterModel model;

    FakeTransactions(ClusterModel model) {
        this.model = model;
    }

    /** What the coordinator knows of a transactional id; empty before its first InitProducerId. */
    public Optional<TransactionView> find(String transactionalId) {
        return model.locked(() ->
                Optional.ofNullable(model.transactions().find(transactionalId)).map(this::view));
    }

    /** All transactional ids, in the order in which they came. */
    public List<TransactionView> all() {
        return model.locked(() -> {
            List<TransactionView> views = new ArrayList<>();
            model.transactions().transactions().forEach(transaction -> views.add(view(transaction)));
            return List.copyOf(views);
        });
    }

    /**
     * Where a transactional id stands.
     *
     * @throws IllegalArgumentException when it is not known
     */
    public TransactionState state(String transactionalId) {
        return model.locked(() -> get(transactionalId).state());
    }

    /**
     * Whether nobody has taken the transactional id from a producer since it had this identity. It is taken by who asks for an identity
     * and names none, also by a late request of the producer itself, and by the coordinator when the transaction's time is up.
     *
     * @throws IllegalArgumentException when it is not known
     */
    public boolean isHeldBy(String transactionalId, long producerId, short producerEpoch) {
        return model.locked(() -> get(transactionalId).isHeldBy(new Transaction.Identity(producerId, producerEpoch)));
    }

    /** The broker that coordinates a transactional id, known or not; -1 when none is up. */
    public int coordinator(String transactionalId) {
        return model.locked(() -> coordinatorId(transactionalId));
    }

    /** Another broker coordinates the transactional id from now on, as after a change of leader. */
    public void moveCoordinator(String transactionalId, int brokerId) {
        model.run(() -> model.coordinators().move(Coordinators.TRANSACTION, transactionalId, model.broker(brokerId)));
    }

    /** The transaction's time is up: it is aborted and its producer fenced. Nothing happens when none is open. */
    public void expire(String transactionalId) {
        model.run(() -> {
            Transaction transaction = get(transactionalId);
            if (transaction.state() == TransactionState.ONGOING) {
                model.transactions().abort(transaction);
                model.changed().signalAll();
            }
        });
    }

    /**
     * Puts a producer close to the end of its epochs, in the coordinator and, since a producer knows its epoch, only sensible
     * before its next InitProducerId.
     *
     * @param epoch 0 to 32766, the last that a producer gets
     */
    public void setEpoch(String transactionalId, int epoch) {
        if (epoch < 0 || epoch >= Short.MAX_VALUE) {
            throw new IllegalArgumentException("epoch is " + epoch + ", must be 0 to " + (Short.MAX_VALUE - 1));
        }
        model.run(() -> get(transactionalId).epoch = (short) epoch);
    }

    /** Decided transactions wait, and their next steps are answered CONCURRENT_TRANSACTIONS, until {@link #releaseMarkers}. */
    public void holdMarkers() {
        model.run(() -> model.transactions().markers().hold());
    }

    public void releaseMarkers() {
        model.run(() -> model.transactions().markers().release());
    }

    /** Markers of transactions that are decided from now on are written so much later; at once for zero, as at the start. */
    public void markerDelay(Duration delay) {
        model.run(() -> model.transactions().markers().delayNanos(delay.toNanos()));
    }

    /** The cluster is up- or downgraded under way: the feature {@code transaction.version} stands at this level now. */
    public void version(int level) {
        if (level < 0 || level > 2) {
            throw new IllegalArgumentException("level is " + level + ", must be 0 to 2");
        }
        model.run(() -> model.transactionVersion((short) level));
    }

    private Transaction get(String transactionalId) {
        Transaction transaction = model.transactions().find(transactionalId);
        if (transaction == null) {
            throw new IllegalArgumentException("No producer has asked for transactional id " + transactionalId);
        }
        return transaction;
    }

    private int coordinatorId(String transactionalId) {
        FakeBroker broker = model.coordinators().of(Coordinators.TRANSACTION, transactionalId);
        return broker == null ? -1 : broker.id();
    }

    private TransactionView view(Transaction transaction) {
        Set<TopicPartition> partitions = Set.copyOf(transaction.partitions());
        return new TransactionView(
                transaction.id(),
                transaction.producerId,
                transaction.epoch,
                transaction.state(),
                transaction.timeoutMs(),
                partitions,
                coordinatorId(transaction.id()));
    }
}
