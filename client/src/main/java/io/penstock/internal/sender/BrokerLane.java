package io.penstock.internal.sender;

import io.penstock.errors.KafkaException;
import io.penstock.internal.loop.Timer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that have something to send to one broker, in the order in which they became ready.
 *
 * <p>Loop only. Fair: a partition that has sent goes to the end of the line. Its timer asks a broker again that could not be
 * sent to, and marks partitions as stalled when that has lasted for the partitioner's availability timeout.
 */
final class BrokerLane extends Timer {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerLane.class);

    private final Sender sender;
    private final int nodeId;

    /** At most one entry for each partition that the broker leads; one whose leader changes is taken out. */
    private final LaneList line = new LaneList();

    private boolean due;
    private boolean blocked;
    private long blockedSinceNanos;

    /** Blocked for so long that the partitioner avoids the partitions in line. */
    private boolean unavailable;

    BrokerLane(Sender sender, int nodeId) {
        this.sender = sender;
        this.nodeId = nodeId;
    }

    void add(PartitionLane lane) {
        line.add(lane.inLine());
        lane.scheduled(this);
        lane.queue().stalled(unavailable);
    }

    void remove(PartitionLane lane) {
        line.remove(lane.inLine());
        lane.scheduled(null);
        lane.queue().stalled(false);
        if (line.isEmpty()) {
            onUnblocked(); // nobody waits any more; the next one has its own patience
        }
    }

    /** Whether the sender will look at it in this turn. */
    boolean isDue() {
        return due;
    }

    void due(boolean is) {
        due = is;
    }

    @Override
    protected void onTimer(long nowNanos) {
        sender.makeDue(this);
        if (blocked && !unavailable && isOutOfPatience(nowNanos)) {
            unavailable = true;
            line.forEach(lane -> lane.queue().stalled(true));
        }
    }

    private void onUnblocked() {
        blocked = false;
        if (unavailable) {
            unavailable = false;
            line.forEach(lane -> lane.queue().stalled(false));
        }
    }

    /** Sends as many requests as the connection takes. */
    void drain(long nowNanos) {
        while (!line.isEmpty()) {
            if (!sender.identities().isReady()) {
                sender.needs().identityNeeded(nowNanos);
                return;
            }
            if (!sender.dispatcher().canSend(nodeId, nowNanos)) {
                if (!sender.dispatcher().isKnown(nodeId)) {
                    findLeaders(nowNanos);
                }
                if (!line.isEmpty()) {
                    onBlocked(nowNanos);
                }
                return;
            }
            onUnblocked();
            ProducePlan plan = plan(nowNanos);
            if (plan == null) {
                return;
            }
            send(plan, nowNanos);
            for (int i = 0; i < plan.batches().size(); i++) {
                plan.batches().get(i).lane().update(nowNanos); // back into the line, if it has more
            }
        }
    }

    /** A plan that cannot be sent must not leave its batches in flight for ever, whatever the reason. */
    private void send(ProducePlan plan, long nowNanos) {
        try {
            sender.dispatcher().send(plan, sender, nowNanos);
        } catch (RuntimeException e) {
            LOG.error(
                    "{} batches for broker {} could not be handed over and are tried again. This is a bug: please report it.",
                    plan.batches().size(),
                    nodeId,
                    e);
            for (OutboundBatch batch : plan.batches()) {
                if (batch.isInFlight()) {
                    sender.onLost(batch, new KafkaException("The request could not be made: " + e, e), true, nowNanos);
                }
            }
        }
    }

    private @Nullable ProducePlan plan(long nowNanos) {
        List<OutboundBatch> batches = new ArrayList<>(Math.min(line.size(), 64));
        int maxBytes = sender.maxRequestBytes();
        int size = 0;
        int recordCount = 0;
        int left = line.size();
        for (PartitionLane lane = line.first(); lane != null && left-- > 0; lane = line.first()) {
            int next = lane.nextSizeBytes(nowNanos);
            if (!batches.isEmpty() && size + (long) next > maxBytes) {
                break;
            }
            remove(lane);
            OutboundBatch batch = next == 0 ? null : lane.take(nowNanos);
            if (batch == null) {
                lane.update(nowNanos);
                continue;
            }
            batches.add(batch);
            size += batch.sizeBytes();
            recordCount += batch.recordCount();
            sender.metrics().onSent(batch, nowNanos);
        }
        if (batches.isEmpty()) {
            return null;
        }
        sender.metrics().onRequest(recordCount, nowNanos);
        return new ProducePlan(nodeId, sender.acks(), sender.requestTimeoutMillis(), batches, size);
    }

    /**
     * The broker has left the cluster, as far as the last answer knew, which may have been one about another topic: nothing else
     * says so to those who still wait for it here.
     */
    private void findLeaders(long nowNanos) {
        for (PartitionLane lane : line.copy()) {
            lane.onLeader(sender.needs().leaderOf(lane.topic(), lane.partition()), nowNanos);
        }
    }

    private void onBlocked(long nowNanos) {
        if (!blocked) {
            blocked = true;
            blockedSinceNanos = nowNanos;
        }
        long again = sender.dispatcher().retryAtNanos(nodeId, nowNanos);
        long patience = sender.availabilityTimeoutNanos();
        if (patience > 0 && !unavailable) {
            long patient = blockedSinceNanos + patience;
            again = again == Long.MAX_VALUE || patient - again < 0 ? patient : again;
        }
        if (again != Long.MAX_VALUE) {
            sender.timers().schedule(this, again);
        }
    }

    private boolean isOutOfPatience(long nowNanos) {
        long patience = sender.availabilityTimeoutNanos();
        return patience > 0 && nowNanos - blockedSinceNanos - patience >= 0;
    }
}
