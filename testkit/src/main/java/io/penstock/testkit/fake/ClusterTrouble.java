package io.penstock.testkit.fake;

import io.penstock.wire.message.AddOffsetsToTxnRequest;
import io.penstock.wire.message.AddPartitionsToTxnRequest;
import io.penstock.wire.message.EndTxnRequest;
import io.penstock.wire.message.InitProducerIdRequest;
import io.penstock.wire.message.Request;
import io.penstock.wire.message.TxnOffsetCommitRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a cluster by chance: leaders, brokers, coordinators and topics come and go.
 *
 * <p>Decided under the cluster's lock, where brokers' doors must not be opened or shut; those are the host's next tasks. As many
 * brokers are away at a time as leave a majority, but one at least may go.
 */
final class ClusterTrouble {

    private final FakeCluster cluster;
    private final ClusterModel model;
    private final FaultDraw draw;
    private final Set<Integer> away = new TreeSet<>();

    ClusterTrouble(FakeCluster cluster, ClusterModel model, FaultDraw draw) {
        this.cluster = cluster;
        this.model = model;
        this.draw = draw;
    }

    /** Whether there was something for it to happen to. */
    boolean make(RandomFault what, SeenRequest request) {
        return switch (what) {
            case LEADER_MOVE -> moveLeader(request);
            case LEADER_EPOCH -> raiseEpoch(request);
            case LEADER_LOSS -> loseLeader(request);
            case BROKER_RESTART -> takeAway(false);
            case BROKER_CRASH -> takeAway(true);
            case METADATA_LAG -> freeze();
            case COORDINATOR_MOVE -> moveCoordinator(request);
            case TRANSACTION_EXPIRY -> expire();
            case TOPIC_RECREATION -> recreate(request);
            default -> throw new IllegalArgumentException(what + " happens to a request");
        };
    }

    /**
     * All brokers come back, tell the truth, and every partition gets a leader. By the host, after what it was told before: a
     * broker that was just to go goes first.
     */
    void heal() {
        model.host().schedule(0, () -> {
            model.locked(() -> List.copyOf(away)).forEach(this::bringBack);
            model.run(() -> {
                model.brokers().forEach(broker -> broker.frozen(null));
                for (FakeTopic topic : model.topics()) {
                    topic.partitions().forEach(this::elect);
                }
                model.onMetadataChange();
            });
        });
    }

    // ------------------------------------------------------------------ leaders

    private boolean moveLeader(SeenRequest request) {
        FakePartition partition = partition(request);
        List<Integer> others = partition == null ? List.of() : successors(partition);
        if (partition == null || others.isEmpty()) {
            return false;
        }
        partition.lead(draw.oneOf(others));
        model.onMetadataChange();
        return true;
    }

    private boolean raiseEpoch(SeenRequest request) {
        FakePartition partition = partition(request);
        if (partition == null) {
            return false;
        }
        partition.lead(partition.leaderId());
        model.onMetadataChange();
        return true;
    }

    private boolean loseLeader(SeenRequest request) {
        FakePartition partition = partition(request);
        if (partition == null || partition.leaderId() < 0) {
            return false;
        }
        partition.lead(-1);
        model.onMetadataChange();
        model.host().schedule(draw.nanos(), model.locking(() -> {
            elect(partition);
            model.onMetadataChange();
        }));
        return true;
    }

    private void elect(FakePartition partition) {
        List<Integer> able = successors(partition);
        if (partition.leaderId() < 0 && !able.isEmpty()) {
            partition.lead(able.get(0));
        }
    }

    private List<Integer> successors(FakePartition partition) {
        return Arrays.stream(partition.inSync())
                .filter(id -> id != partition.leaderId() && model.broker(id).isUp())
                .boxed()
                .toList();
    }

    /** One of those that the request is for, else any. */
    private @Nullable FakePartition partition(SeenRequest request) {
        if (!request.batches().isEmpty()) {
            SeenBatch batch = draw.oneOf(request.batches());
            FakeTopic topic = model.findTopic(batch.topic());
            return topic == null ? null : topic.partition(batch.partition());
        }
        FakeTopic topic = anyTopic();
        return topic == null
                ? null
                : topic.partition(draw.index(topic.partitions().size()));
    }

    private @Nullable FakeTopic anyTopic() {
        List<FakeTopic> topics = new ArrayList<>();
        model.topics().forEach(topics::add);
        return topics.isEmpty() ? null : draw.oneOf(topics);
    }

    // ------------------------------------------------------------------ brokers

    private boolean takeAway(boolean unnoticed) {
        List<Integer> up = new ArrayList<>();
        int count = 0;
        for (FakeBroker broker : model.brokers()) {
            count++;
            if (broker.isUp()) {
                up.add(broker.id());
            }
        }
        if (up.isEmpty() || away.size() >= Math.max(1, (count - 1) / 2)) {
            return false;
        }
        int id = draw.oneOf(up);
        away.add(id);
        long noticedAfter = draw.nanos();
        long backAfter = noticedAfter + draw.nanos();
        model.host().schedule(0, () -> {
            if (unnoticed) {
                cluster.crashBroker(id);
                model.host().schedule(noticedAfter, () -> notice(id));
            } else {
                cluster.stopBroker(id);
            }
            model.host().schedule(backAfter, () -> bringBack(id));
        });
        return true;
    }

    private void notice(int id) {
        if (model.locked(() -> away.contains(id))) {
            cluster.noticeCrash(id);
        }
    }

    private void bringBack(int id) {
        if (model.locked(() -> away.remove(id))) {
            cluster.startBroker(id);
        }
    }

    private boolean freeze() {
        List<FakeBroker> brokers = new ArrayList<>();
        model.brokers().forEach(brokers::add);
        FakeBroker broker = draw.oneOf(brokers);
        if (broker.frozen() != null) {
            return false;
        }
        broker.frozen(model.image());
        model.host().schedule(draw.nanos(), model.locking(() -> broker.frozen(null)));
        return true;
    }

    // ------------------------------------------------ transactions, groups, topics

    private boolean moveCoordinator(SeenRequest request) {
        Request message = request.message();
        List<FakeBroker> listed = new ArrayList<>();
        for (FakeBroker broker : model.brokers()) {
            if (broker.isListed() && broker.id() != request.brokerId()) {
                listed.add(broker);
            }
        }
        String id = transactionalId(message);
        if (listed.isEmpty() || id == null) {
            return false;
        }
        boolean group = message instanceof TxnOffsetCommitRequest;
        String key = message instanceof TxnOffsetCommitRequest commit ? commit.groupId() : id;
        model.coordinators().move(group ? Coordinators.GROUP : Coordinators.TRANSACTION, key, draw.oneOf(listed));
        return true;
    }

    private static @Nullable String transactionalId(@Nullable Request message) {
        if (message instanceof InitProducerIdRequest init) {
            return init.transactionalId();
        }
        if (message instanceof AddPartitionsToTxnRequest add) {
            return add.v3AndBelowTransactionalId();
        }
        if (message instanceof AddOffsetsToTxnRequest add) {
            return add.transactionalId();
        }
        if (message instanceof TxnOffsetCommitRequest commit) {
            return commit.transactionalId();
        }
        return message instanceof EndTxnRequest end ? end.transactionalId() : null;
    }

    private boolean expire() {
        List<Transaction> open = new ArrayList<>();
        for (Transaction transaction : model.transactions().transactions()) {
            if (transaction.state() == TransactionState.ONGOING) {
                open.add(transaction);
            }
        }
        if (open.isEmpty()) {
            return false;
        }
        model.transactions().abort(draw.oneOf(open));
        return true;
    }

    private boolean recreate(SeenRequest request) {
        FakeTopic topic = request.batches().isEmpty()
                ? anyTopic()
                : model.findTopic(draw.oneOf(request.batches()).topic());
        if (topic == null) {
            return false;
        }
        model.recreateTopic(topic.name());
        return true;
    }
}
