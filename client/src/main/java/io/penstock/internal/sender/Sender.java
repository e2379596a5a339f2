package io.penstock.internal.sender;

import io.penstock.errors.KafkaException;
import io.penstock.internal.accumulator.BatchSealer;
import io.penstock.internal.accumulator.BatchSplitter;
import io.penstock.internal.accumulator.PartitionQueue;
import io.penstock.internal.accumulator.ProducerBatch;
import io.penstock.internal.accumulator.ReadyListener;
import io.penstock.internal.accumulator.TopicQueues;
import io.penstock.internal.completion.CompletionQueue;
import io.penstock.internal.config.DeliverySettings;
import io.penstock.internal.identity.IdentityManager;
import io.penstock.internal.loop.LoopDuty;
import io.penstock.internal.loop.LoopTask;
import io.penstock.internal.loop.Timers;
import io.penstock.internal.metrics.ProducerMetrics;
import io.penstock.internal.transaction.RecordGate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Decides which batches go to which broker now.
 *
 * <p>Loop only, but for {@link #listenerFor} and {@link #post}. A turn looks only at brokers for which something has changed:
 * a partition became ready, or the connection takes more. Emits plans to the dispatcher and receives outcomes; knows
 * nothing of connections.
 */
public final class Sender implements LoopDuty, OutcomeListener {

    /** A broker recognises the doubles of this many last batches of a producer in a partition. */
    private static final int MAX_IDEMPOTENT_WINDOW = 5;

    private final SenderSettings settings;
    private final SenderRooms rooms;
    private final BatchSplitter splitter;
    private final int windowBatches;

    /** One entry for each broker that ever led a partition we sent to. */
    private final Map<Integer, BrokerLane> brokers = new HashMap<>();

    private final ArrayDeque<BrokerLane> due = new ArrayDeque<>();

    /** One lane for each partition that was ever sent to; kept for the producer's life, as in admission. */
    private final Map<String, List<PartitionLane>> lanesByTopic = new HashMap<>();

    /** The lanes that hold batches. */
    private final LaneList active = new LaneList();

    private final DeadlineLine lingering;
    private final DeadlineLine expiring;

    private boolean closing;

    /** Every lane has looked at its queue since memory became short, and none has been told to linger since. */
    private boolean nothingLingers;

    public Sender(SenderSettings settings, SenderRooms rooms) {
        this.settings = settings;
        this.rooms = rooms;
        this.lingering = new DeadlineLine(rooms.timers(), lane -> lane.timer().lingering(), false);
        this.expiring = new DeadlineLine(rooms.timers(), lane -> lane.timer().expiring(), true);
        this.splitter = new BatchSplitter(rooms.pool(), rooms.sealer());
        DeliverySettings delivery = settings.delivery();
        this.windowBatches = delivery.idempotent()
                ? Math.min(MAX_IDEMPOTENT_WINDOW, delivery.maxInFlightPerConnection())
                : delivery.maxInFlightPerConnection();
    }

    /** The lane of a new queue. Any thread. */
    public ReadyListener listenerFor(TopicQueues topic, PartitionQueue queue) {
        return new PartitionLane(this, topic, queue);
    }

    @Override
    public boolean run(long nowNanos) {
        int turn = due.size();
        for (int i = 0; i < turn; i++) {
            BrokerLane broker = due.pollFirst();
            if (broker == null) {
                break;
            }
            broker.due(false);
            broker.drain(nowNanos);
        }
        return !due.isEmpty();
    }

    /** The broker's connection is ready, or takes more than it did. */
    public void onBrokerCapacity(int nodeId, long nowNanos) {
        BrokerLane broker = brokers.get(nodeId);
        if (broker != null) {
            makeDue(broker);
        }
    }

    /** Leaders of the topic may have changed, or the topic may be another one of the same name. */
    public void onTopicChanged(String topic, long nowNanos) {
        List<PartitionLane> lanes = lanesByTopic.get(topic);
        if (lanes != null) {
            UUID id = rooms.needs().topicIdOf(topic);
            for (PartitionLane lane : lanes) {
                lane.onTopicId(id);
                lane.onLeader(rooms.needs().leaderOf(topic, lane.partition()), nowNanos);
            }
        }
    }

    /** There is a producer id now. */
    public void onIdentity(long producerId, short epoch, long nowNanos) {
        rooms.identities().onIdentity(producerId, epoch);
        for (PartitionLane lane : activeNow()) {
            lane.update(nowNanos);
        }
        for (BrokerLane broker : brokers.values()) {
            makeDue(broker);
        }
    }

    /** Whether batches may go has changed for some partitions. */
    public void onPassage(long nowNanos) {
        for (PartitionLane lane : activeNow()) {
            lane.update(nowNanos);
        }
    }

    /** There will be no producer id: everything that waits fails, later records try again. */
    public void onIdentityRefused(Supplier<KafkaException> cause, long nowNanos) {
        abortAll(cause, nowNanos);
    }

    @Override
    public void onWritten(OutboundBatch batch, long baseOffset, long logAppendTime, long nowNanos) {
        batch.lane().onWritten(batch, baseOffset, logAppendTime, nowNanos);
    }

    @Override
    public void onOutcome(OutboundBatch batch, BatchOutcome outcome, long nowNanos) {
        batch.lane().onOutcome(batch, outcome, nowNanos);
    }

    @Override
    public void onLost(OutboundBatch batch, KafkaException cause, boolean mayHaveArrived, long nowNanos) {
        batch.lane().onLost(batch, cause, mayHaveArrived, nowNanos);
    }

    /** Somebody waits for memory: nothing lingers until nobody does. */
    public void onMemoryShort(long nowNanos) {
        if (nothingLingers || !isHurried()) {
            return; // every waiting call says so, and the lanes need to hear it once
        }
        nothingLingers = true;
        for (PartitionLane lane : activeNow()) {
            lane.update(nowNanos);
        }
    }

    /** Sends what is there without lingering; the ticket is told when it is complete. */
    public void flush(FlushTicket ticket, long nowNanos) {
        for (PartitionLane lane : activeNow()) {
            lane.flush(ticket, nowNanos);
        }
        rooms.completions().submit(ticket);
    }

    /** From now on nothing lingers. */
    public void beginClose(long nowNanos) {
        closing = true;
        for (PartitionLane lane : activeNow()) {
            lane.update(nowNanos);
        }
    }

    /** Whether every batch has been handed to the callback thread. */
    public boolean isDrained() {
        return active.isEmpty();
    }

    public void abortAll(Supplier<KafkaException> cause, long nowNanos) {
        for (PartitionLane lane : activeNow()) {
            lane.abort(cause, nowNanos);
        }
    }

    private List<PartitionLane> activeNow() {
        return active.copy(); // what is done to a lane may change the list
    }

    /** Any thread. */
    void post(LoopTask task) {
        rooms.mailbox().post(task);
    }

    void addLane(PartitionLane lane) {
        lanesByTopic.computeIfAbsent(lane.topic(), name -> new ArrayList<>()).add(lane);
    }

    void setActive(PartitionLane lane, boolean is) {
        if (is) {
            active.add(lane.amongActive());
        } else {
            active.remove(lane.amongActive());
        }
    }

    void schedule(PartitionLane lane) {
        BrokerLane broker = brokers.get(lane.leaderId());
        if (broker == null) {
            broker = new BrokerLane(this, lane.leaderId());
            brokers.put(lane.leaderId(), broker);
        }
        broker.add(lane);
        makeDue(broker);
    }

    void makeDue(BrokerLane broker) {
        if (!broker.isDue()) {
            broker.due(true);
            due.addLast(broker);
        }
    }

    void askForIdentityIfNone(long nowNanos) {
        if (!rooms.identities().isReady()) {
            rooms.needs().identityNeeded(nowNanos);
        }
    }

    boolean isHurried() {
        boolean is = closing || rooms.gate().isHurried() || rooms.pool().waitingCount() > 0;
        if (!is) {
            nothingLingers = false; // whoever asks may linger now
        }
        return is;
    }

    long backoffNanos(int failures) {
        return settings.backoff().nanos(failures, rooms.random());
    }

    int windowBatches() {
        return windowBatches;
    }

    /** For a broker that only asks for a moment's patience. */
    long shortBackoffNanos(int failures) {
        return settings.shortBackoff().nanos(failures, rooms.random());
    }

    DeliverySettings settings() {
        return settings.delivery();
    }

    long lingerNanos() {
        return settings.lingerNanos();
    }

    int maxRequestBytes() {
        return settings.maxRequestBytes();
    }

    long availabilityTimeoutNanos() {
        return settings.availabilityTimeoutNanos();
    }

    short acks() {
        return settings.delivery().acks();
    }

    int requestTimeoutMillis() {
        return (int) Math.min(
                Integer.MAX_VALUE,
                TimeUnit.NANOSECONDS.toMillis(settings.delivery().requestTimeoutNanos()));
    }

    RecordGate gate() {
        return rooms.gate();
    }

    IdentityManager identities() {
        return rooms.identities();
    }

    ProduceDispatcher dispatcher() {
        return rooms.dispatcher();
    }

    ClusterNeeds needs() {
        return rooms.needs();
    }

    Timers timers() {
        return rooms.timers();
    }

    CompletionQueue completions() {
        return rooms.completions();
    }

    DeadlineLine lingering() {
        return lingering;
    }

    DeadlineLine expiring() {
        return expiring;
    }

    BatchSealer sealer() {
        return rooms.sealer();
    }

    BatchSplitter splitter() {
        return splitter;
    }

    /** All callbacks of the batch have run, whose outcome was handed over then. Any thread. */
    void onTold(ProducerBatch batch, long sinceNanos) {
        long toldNanos = rooms.clock().nanoTime();
        rooms.metrics().stages().onTold(toldNanos - sinceNanos, batch.recordCount(), toldNanos);
        batch.release();
    }

    ProducerMetrics metrics() {
        return rooms.metrics();
    }
}
