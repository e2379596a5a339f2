package io.penstock.internal.engine;

import io.penstock.internal.accumulator.BatchLimits;
import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.accumulator.PartitionQueue;
import io.penstock.internal.accumulator.RecordAccumulator;
import io.penstock.internal.admission.Admission;
import io.penstock.internal.admission.AdmissionLimits;
import io.penstock.internal.admission.AdmissionRooms;
import io.penstock.internal.admission.Interceptors;
import io.penstock.internal.admission.LastFailure;
import io.penstock.internal.admission.RecordSerializer;
import io.penstock.internal.admission.TopicWaiters;
import io.penstock.internal.cluster.ClusterTracker;
import io.penstock.internal.cluster.FollowedCluster;
import io.penstock.internal.config.BatchSettings;
import io.penstock.internal.config.DeliverySettings;
import io.penstock.internal.config.ProducerSettings;
import io.penstock.internal.exchange.MetadataExchange;
import io.penstock.internal.loop.Backoff;
import io.penstock.internal.loop.LoopAgent;
import io.penstock.internal.loop.LoopDuty;
import io.penstock.internal.metrics.NetworkMetrics;
import io.penstock.internal.metrics.ProducerMetrics;
import io.penstock.internal.metrics.SampleWindows;
import io.penstock.internal.partition.ClusterAdapter;
import io.penstock.internal.partition.RecordPartitioner;
import io.penstock.internal.partition.StickyPartitioner;
import io.penstock.internal.sender.FlushTicket;
import io.penstock.internal.telemetry.PayloadSource;
import io.penstock.internal.telemetry.TelemetryExchange;
import io.penstock.internal.telemetry.TelemetryRooms;
import io.penstock.internal.transaction.TransactionDesk;
import io.penstock.producer.Metric;
import io.penstock.producer.MetricName;
import io.penstock.producer.MetricsReporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One producer's rooms, put together.
 *
 * <p>The composition root: it builds, and beyond that only starts, flushes and stops. Which thread runs what is decided by the
 * {@link EngineSeams} it is given.
 */
public final class Engine<K, V> {

    private final Admission<K, V> admission;
    private final ClusterTracker tracker;
    private final List<SendingLoop> loops = new ArrayList<>();
    private final List<LoopAgent> agents = new ArrayList<>();
    private final EngineSeams seams;
    private final Shutdown shutdown;
    private final MetricBook book;
    private final TopicWaiters topicWaiters;
    private final Optional<Telemetry> telemetry;
    private final TransactionRoom transactionRoom;
    private final Transactions transactions;

    public Engine(ProducerSettings settings, Plugins<K, V> plugins, EngineSeams seams) {
        this.seams = seams;
        BatchSettings batch = settings.batch();
        DeliverySettings delivery = settings.delivery();
        LastFailure lastFailure = new LastFailure(settings.connection().bootstrap());
        this.topicWaiters = new TopicWaiters(seams.first().mailbox(), this::tracker);
        ClusterEvents clusterEvents =
                new ClusterEvents(topicWaiters, lastFailure, new ClusterNews(plugins, seams.completions()));
        this.tracker = new ClusterTracker(settings.metadata(), seams.first().random(), clusterEvents);
        this.transactionRoom = TransactionRoom.of(
                settings.transaction(),
                seams,
                new Backoff(delivery.retryBackoffNanos(), delivery.retryBackoffMaxNanos()),
                settings.client().maxBlockNanos());

        AdmissionLimits limits = AdmissionLimits.of(
                settings.client().maxBlockNanos(), batch.maxRequestSizeBytes(), batch.bufferMemoryBytes());
        PagePool pool = seams.pages().apply(limits.pageBytes());
        BatchLimits batchLimits = BatchLimits.of(
                batch.batchSizeBytes(), batch.batchSizeSet(), batch.maxRequestSizeBytes(), pool.capacityBytes());
        RecordAccumulator accumulator = new RecordAccumulator(pool, batchLimits, seams.clock());
        SampleWindows windows = new SampleWindows(
                settings.metrics().sampleCount(), settings.metrics().sampleWindowNanos());
        addLoops(new LoopCommons(settings, seams, windows, pool, transactionRoom, lastFailure));
        clusterEvents.connect(loops);
        this.transactions =
                new Transactions(transactionRoom.desk(), settings.client().maxBlockNanos(), seams, counters());
        List<ProducerMetrics> producer = new ArrayList<>();
        List<NetworkMetrics> network = new ArrayList<>();
        for (SendingLoop loop : loops) {
            producer.add(loop.metrics());
            network.add(loop.network());
        }
        this.book = new MetricBook(
                settings.client().clientId(), MetricSources.of(producer, network, pool, tracker), seams.clock());
        book.watch(seams.completions());
        this.telemetry = settings.metrics().push() ? Optional.of(telemetry(settings)) : Optional.empty();
        if (telemetry.isPresent()) {
            first().events().connect(telemetry.get()::onReady);
        }
        this.shutdown = new Shutdown(accumulator, telemetry);
        addAgents(settings.client().clientId(), clusterEvents);
        this.admission = new Admission<>(
                limits,
                new AdmissionRooms(
                        accumulator,
                        (topic, queue) -> loopOf(queue).sender().listenerFor(topic, queue),
                        tracker,
                        topicWaiters,
                        new RecordPartitioner(settings.partition(), plugins.partitioner(), new ClusterAdapter()),
                        () -> new StickyPartitioner(
                                settings.partition(),
                                batchLimits.readyBytes(),
                                batchLimits.maxBytes(),
                                seams.callerRandom()),
                        this::onMemoryShort,
                        transactionRoom.sendGate(),
                        seams.completions(),
                        seams.parking(),
                        seams.clock(),
                        counters()),
                new Interceptors<>(plugins.interceptors()),
                new RecordSerializer<>(plugins.keySerializer(), plugins.valueSerializer()),
                lastFailure,
                seams.admission());
        tracker.refresh("the producer has started", seams.clock().nanoTime());
    }

    private void addLoops(LoopCommons commons) {
        for (LoopSeams own : seams.loops()) {
            loops.add(
                    loops.isEmpty()
                            ? SendingLoop.first(commons, own, tracker, topicWaiters)
                            : SendingLoop.next(
                                    commons,
                                    own,
                                    new FollowedCluster(tracker, seams.first().mailbox()),
                                    counters()));
        }
    }

    private void addAgents(String clientId, ClusterEvents clusterEvents) {
        SendingLoop first = first();
        LoopDuty transactionDuty =
                transactionRoom.connect(first.sender(), first.connections(), first.timers(), first.exchange());
        List<LoopDuty> once = new ArrayList<>();
        once.add(transactionDuty);
        if (telemetry.isPresent()) {
            once.add(telemetry.get().exchange());
        }
        once.add(new MetadataExchange(first.connections(), tracker, first.timers(), first.exchange(), clusterEvents));
        for (SendingLoop loop : loops) {
            LoopEnd end = shutdown.of(loop, transactionRoom);
            String name = "penstock-sender-" + clientId + (loop == first ? "" : "-" + (agents.size() + 1));
            agents.add(loop.agent(name, loop == first ? once : List.of(), end));
        }
    }

    private SendingLoop first() {
        return loops.get(0);
    }

    /** For good: what a partition's lane knows is what the order and the sequences of its records rest on. */
    private SendingLoop loopOf(PartitionQueue queue) {
        return loops.get(Math.floorMod(queue.topic().hashCode() + queue.partition(), loops.size()));
    }

    private void onMemoryShort() {
        for (SendingLoop loop : loops) {
            loop.post(loop.sender()::onMemoryShort);
        }
    }

    private Telemetry telemetry(ProducerSettings settings) {
        Map<String, String> resource = settings.client().clientRack().isEmpty()
                ? Map.of()
                : Map.of("client_rack", settings.client().clientRack());
        PayloadSource payload = new PayloadSource(() -> metrics().values(), resource, seams.clock());
        return new Telemetry(
                payload,
                new TelemetryExchange(
                        new TelemetryRooms(
                                payload,
                                settings.client().clientId(),
                                settings.delivery().requestTimeoutNanos(),
                                TimeUnit.NANOSECONDS.toMillis(
                                        settings.delivery().retryBackoffMaxNanos())),
                        first().connections(),
                        first().timers(),
                        seams.first().mailbox(),
                        seams.first().random(),
                        seams.completions()));
    }

    /** What brokers are told of this producer, unless it is not to tell anything. */
    Optional<Telemetry> telemetry() {
        return telemetry;
    }

    /** The two ends of it: what is pushed, and who pushes. */
    record Telemetry(PayloadSource payload, TelemetryExchange exchange) {
        void onReady() {
            exchange.onReady();
        }
    }

    private ClusterTracker tracker() {
        return tracker;
    }

    /** The loops, each to be started, or stepped by a simulator. */
    public List<LoopAgent> agents() {
        return agents;
    }

    /** Whether every loop has. Any thread. */
    public boolean hasEnded() {
        for (LoopAgent agent : agents) {
            if (!agent.hasEnded()) {
                return false;
            }
        }
        return true;
    }

    /** Waits so long at most for the ends of all loops' threads. */
    void awaitEnd(long timeoutNanos) throws InterruptedException {
        long deadline = System.nanoTime() + timeoutNanos;
        for (LoopAgent agent : agents) {
            agent.awaitEnd(deadline - System.nanoTime());
        }
    }

    public Admission<K, V> admission() {
        return admission;
    }

    /** The calls that a user makes of them. Any thread. */
    public Transactions transactions() {
        return transactions;
    }

    /** What these calls come to; null without a transactional id. */
    public @Nullable TransactionDesk transactionDesk() {
        return transactionRoom.desk();
    }

    /** What callers count, too, wherever their records go. */
    ProducerMetrics counters() {
        return first().metrics();
    }

    /** Once, on any thread. */
    void reportTo(List<MetricsReporter> reporters) {
        book.report(reporters);
    }

    /** What the user sees of them. Any thread. */
    public Map<MetricName, Metric> metrics() {
        return book.all();
    }

    /**
     * Sends what was admitted without lingering; the ticket is done when all of it is complete. Any thread.
     *
     * @return null when a loop has ended, so that the callback thread ends once it has told of everything
     */
    public @Nullable FlushTicket flush() {
        FlushTicket ticket = new FlushTicket(loops.size());
        boolean all = true;
        for (SendingLoop loop : loops) {
            all &= loop.post(now -> loop.sender().flush(ticket, now));
        }
        return all ? ticket : null;
    }

    /** How much its queues hold now. Loop only, or whoever steps it. */
    public EngineSizes sizes() {
        int mail = 0;
        int timers = 0;
        for (int i = 0; i < agents.size(); i++) {
            mail += seams.loops().get(i).mailbox().size();
            timers += agents.get(i).timerCount();
        }
        return new EngineSizes(mail, timers, topicWaiters.count(), admission.waitingBytes());
    }

    public Shutdown shutdown() {
        return shutdown;
    }
}
