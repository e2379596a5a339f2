package io.penstock.internal.engine;

import io.penstock.internal.accumulator.BatchSealer;
import io.penstock.internal.admission.TopicWaiters;
import io.penstock.internal.cluster.ClusterKnowledge;
import io.penstock.internal.cluster.ClusterTracker;
import io.penstock.internal.cluster.ClusterView;
import io.penstock.internal.cluster.FollowedCluster;
import io.penstock.internal.cluster.TopicView;
import io.penstock.internal.config.BatchSettings;
import io.penstock.internal.config.DeliverySettings;
import io.penstock.internal.config.ProducerSettings;
import io.penstock.internal.exchange.ExchangeSettings;
import io.penstock.internal.exchange.IdentityExchange;
import io.penstock.internal.exchange.ProduceExchange;
import io.penstock.internal.exchange.ThrottleListener;
import io.penstock.internal.identity.IdentityManager;
import io.penstock.internal.loop.Backoff;
import io.penstock.internal.loop.LoopAgent;
import io.penstock.internal.loop.LoopDuty;
import io.penstock.internal.loop.LoopTask;
import io.penstock.internal.loop.Timers;
import io.penstock.internal.metrics.NetworkMetrics;
import io.penstock.internal.metrics.ProducerMetrics;
import io.penstock.internal.network.Connections;
import io.penstock.internal.network.NetworkSeams;
import io.penstock.internal.sender.Sender;
import io.penstock.internal.sender.SenderRooms;
import io.penstock.internal.sender.SenderSettings;
import io.penstock.wire.compress.CompressionType;
import io.penstock.wire.compress.Compressor;
import io.penstock.wire.compress.Compressors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One loop and all that only it touches: connections, lanes, a producer id of its own, timers, measures.
 *
 * <p>A partition is looked after by one of them for good, so nothing of its order, sequences and retries ever crosses from one loop to
 * another. The first one also looks after what there is once. Put together before it starts; what is for any thread says so.
 */
final class SendingLoop implements LoopDuty, ThrottleListener {

    private final LoopSeams own;
    private final LoopCommons commons;
    private final ProducerMetrics metrics;
    private final NetworkMetrics network;
    private final Timers timers = new Timers();
    private final ExchangeSettings exchange;
    private final Connections connections;
    private final IdentityExchange identity;
    private final BatchSealer sealer;
    private final Sender sender;
    private final EngineEvents events;
    private final ClusterDoor door;

    /** How news of the cluster comes in; called on the tracker's loop. */
    interface ClusterDoor {
        void onUpdate(ClusterView view, Collection<TopicView> changedTopics, long nowNanos);
    }

    private SendingLoop(
            LoopCommons commons,
            LoopSeams own,
            ClusterKnowledge cluster,
            Optional<TopicWaiters> hopeless,
            ProducerMetrics metrics) {
        this.own = own;
        this.commons = commons;
        this.metrics = metrics;
        this.network = new NetworkMetrics(commons.windows());
        ProducerSettings settings = commons.settings();
        DeliverySettings delivery = settings.delivery();
        NetworkMeters meters = new NetworkMeters(
                network, settings.tls().used() || settings.sasl().isUsed());
        own.transport().measure(meters);
        this.events = new EngineEvents(
                cluster,
                commons.lastFailure(),
                hopeless,
                new BootstrapWatch(
                        settings.connection().bootstrap(), settings.connection().bootstrapResolveTimeoutNanos()),
                settings.metadata().clusterCheck(),
                settings.transaction().isTransactional());
        this.connections =
                new Connections(settings.connection(), delivery.requestTimeoutNanos(), networkSeams(meters), events);
        this.exchange = new ExchangeSettings(
                settings.client().clientId(),
                delivery.maxInFlightPerConnection(),
                delivery.requestTimeoutNanos(),
                settings.batch().compressionType());
        this.identity = new IdentityExchange(
                connections,
                timers,
                exchange,
                new Backoff(delivery.retryBackoffNanos(), delivery.retryBackoffMaxNanos()),
                own.random(),
                events);
        this.sealer = new BatchSealer(
                compressor(settings.batch()), settings.transaction().isTransactional());
        this.sender = sender(settings, cluster);
        events.connect(new LoopRooms(sender, connections, identity));
        this.door = cluster instanceof FollowedCluster followed
                ? (view, changed, now) -> post(then -> follow(followed, view, changed, then))
                : events;
    }

    /** The one on which the tracker lives. */
    static SendingLoop first(LoopCommons commons, LoopSeams own, ClusterTracker tracker, TopicWaiters hopeless) {
        return new SendingLoop(commons, own, tracker, Optional.of(hopeless), new ProducerMetrics(commons.windows()));
    }

    /** One more. Whether waiting for metadata is of any use is not for it to say: it asks for none. */
    static SendingLoop next(LoopCommons commons, LoopSeams own, FollowedCluster cluster, ProducerMetrics first) {
        return new SendingLoop(commons, own, cluster, Optional.empty(), new ProducerMetrics(commons.windows(), first));
    }

    private NetworkSeams networkSeams(NetworkMeters meters) {
        return new NetworkSeams(
                own.transport(), commons.seams().clock(), timers, own.resolver(), own.random(), meters, own.sasl());
    }

    private Sender sender(ProducerSettings settings, ClusterKnowledge cluster) {
        DeliverySettings delivery = settings.delivery();
        TransactionRoom transactions = commons.transactions();
        return new Sender(
                new SenderSettings(
                        delivery,
                        settings.batch().lingerNanos(),
                        settings.batch().maxRequestSizeBytes(),
                        settings.partition().availabilityTimeoutNanos()),
                new SenderRooms(
                        commons.pool(),
                        sealer,
                        new IdentityManager(
                                delivery.idempotent(), settings.transaction().isTransactional()),
                        transactions.recordGate(),
                        new ProduceExchange(connections, cluster, exchange, this, transactions.recordGate()),
                        events,
                        commons.seams().completions(),
                        own.mailbox(),
                        timers,
                        own.random(),
                        metrics,
                        commons.seams().clock()));
    }

    private static @Nullable Compressor compressor(BatchSettings batch) {
        return batch.compressionType() == CompressionType.NONE
                ? null
                : Compressors.create(batch.compressionType(), batch.compressionLevel());
    }

    /**
     * What the agent runs. The sender first: what it asks of the others is then done in the same turn.
     *
     * @param more what only the first loop does
     */
    LoopAgent agent(String name, List<LoopDuty> more, LoopEnd end) {
        List<LoopDuty> duties = new ArrayList<>();
        duties.add(this);
        duties.add(sender);
        duties.addAll(more);
        duties.addAll(List.of(identity, connections, end));
        LoopAgent agent = new LoopAgent(name, commons.seams().clock(), own.mailbox(), timers, own.transport(), duties);
        end.stops(agent);
        return agent;
    }

    /** Begins a turn. */
    @Override
    public boolean run(long nowNanos) {
        metrics.onTurn(nowNanos);
        if (exchange.compression() != CompressionType.NONE) {
            commons.seams().completions().wake(); // it need not wait until batches are compressed
        }
        return false;
    }

    /**
     * Ends a turn: all that it has completed wakes the callback thread once, and after the turn's requests are written: where it runs on the same
     * core, it takes that from this loop at once.
     */
    void endTurn() {
        commons.seams().completions().wake();
    }

    @Override
    public void onThrottle(int millis, long nowNanos) {
        metrics.onThrottle(millis, nowNanos);
    }

    private void follow(FollowedCluster cluster, ClusterView view, Collection<TopicView> changedTopics, long nowNanos) {
        cluster.onUpdate(view);
        if (view.brokers().isEmpty()) {
            connections.rebootstrap(); // the first loop has done so
        }
        events.onUpdate(view, changedTopics, nowNanos);
    }

    /** The tracker's loop: this is how the cluster is now. */
    void tellOfCluster(ClusterView view, Collection<TopicView> changedTopics, long nowNanos) {
        door.onUpdate(view, changedTopics, nowNanos);
    }

    private record LoopRooms(Sender sender, Connections connections, IdentityExchange identity)
            implements EngineEvents.Rooms {}

    /** Any thread. */
    boolean post(LoopTask task) {
        return own.mailbox().post(task);
    }

    LoopSeams seams() {
        return own;
    }

    ProducerMetrics metrics() {
        return metrics;
    }

    NetworkMetrics network() {
        return network;
    }

    Timers timers() {
        return timers;
    }

    ExchangeSettings exchange() {
        return exchange;
    }

    Connections connections() {
        return connections;
    }

    BatchSealer sealer() {
        return sealer;
    }

    Sender sender() {
        return sender;
    }

    EngineEvents events() {
        return events;
    }
}
