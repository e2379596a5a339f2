package io.penstock.internal.sender;

import io.penstock.internal.loop.Timer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that have something to send to one broker, in the order in which they became ready.
 *
 * <p>Loop only. Fair: a partition that has sent goes to the end of the line. Its timer asks a broker again that could not be
 * sent to, and marks partitions as stalled when that has lasted for the partitioner's availability timeout.
 */
final class BrokerLane extends Timer {

    private final Sender sender;
    private final int nodeId;

    /** One entry for each partition that the broker leads, and those that have left since and are passed over. */
    private final ArrayDeque<PartitionLane> line = new ArrayDeque<>();

    private boolean due;
    private boolean blocked;
    private long blockedSinceNanos;

    BrokerLane(Sender sender, int nodeId) {
        this.sender = sender;
        this.nodeId = nodeId;
    }

    void add(PartitionLane lane) {
        line.addLast(lane);
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
        if (blocked && isUnavailable(nowNanos)) {
            for (PartitionLane lane : line) {
                lane.queue().stalled(true);
            }
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
                onBlocked(nowNanos);
                return;
            }
            blocked = false;
            ProducePlan plan = plan(nowNanos);
            if (plan == null) {
                return;
            }
            sender.dispatcher().send(plan, sender, nowNanos);
            for (OutboundBatch sent : plan.batches()) {
                sent.lane().update(nowNanos); // back into the line, if it has more
            }
        }
    }

    private @Nullable ProducePlan plan(long nowNanos) {
        List<OutboundBatch> batches = new ArrayList<>(Math.min(line.size(), 64));
        int maxBytes = sender.maxRequestBytes();
        int size = 0;
        int recordCount = 0;
        for (int left = line.size(); left > 0; left--) {
            PartitionLane lane = line.peekFirst();
            if (!lane.isIn(this)) {
                line.removeFirst(); // its leader has changed since
                continue;
            }
            int next = lane.nextSizeBytes(nowNanos);
            if (!batches.isEmpty() && size + (long) next > maxBytes) {
                break;
            }
            line.removeFirst();
            lane.scheduled(null);
            OutboundBatch batch = next == 0 ? null : lane.take();
            if (batch == null) {
                lane.update(nowNanos);
                continue;
            }
            batches.add(batch);
            size += batch.sizeBytes();
            recordCount += batch.recordCount();
            sender.metrics().onSent(batch.measured(nowNanos), nowNanos);
        }
        if (batches.isEmpty()) {
            return null;
        }
        sender.metrics().onRequest(recordCount, nowNanos);
        return new ProducePlan(nodeId, sender.acks(), sender.requestTimeoutMillis(), batches, size);
    }

    private void onBlocked(long nowNanos) {
        if (!blocked) {
            blocked = true;
            blockedSinceNanos = nowNanos;
        }
        long again = sender.dispatcher().retryAtNanos(nodeId, nowNanos);
        long patience = sender.availabilityTimeoutNanos();
        if (patience > 0 && !isUnavailable(nowNanos)) {
            long patient = blockedSinceNanos + patience;
            again = again == Long.MAX_VALUE || patient - again < 0 ? patient : again;
        }
        if (again != Long.MAX_VALUE) {
            sender.timers().schedule(this, again);
        }
    }

    private boolean isUnavailable(long nowNanos) {
        long patience = sender.availabilityTimeoutNanos();
        return patience > 0 && nowNanos - blockedSinceNanos - patience >= 0;
    }
}
