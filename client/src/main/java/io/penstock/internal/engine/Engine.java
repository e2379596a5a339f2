package io.penstock.internal.engine;

import io.penstock.internal.accumulator.BatchLimits;
import io.penstock.internal.accumulator.BatchSealer;
import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.accumulator.RecordAccumulator;
import io.penstock.internal.admission.Admission;
import io.penstock.internal.admission.AdmissionLimits;
import io.penstock.internal.admission.AdmissionRooms;
import io.penstock.internal.admission.Interceptors;
import io.penstock.internal.admission.LastFailure;
import io.penstock.internal.admission.RecordSerializer;
import io.penstock.internal.admission.TopicWaiters;
import io.penstock.internal.cluster.ClusterTracker;
import io.penstock.internal.config.BatchSettings;
import io.penstock.internal.config.DeliverySettings;
import io.penstock.internal.config.ProducerSettings;
import io.penstock.internal.exchange.ExchangeSettings;
import io.penstock.internal.exchange.IdentityExchange;
import io.penstock.internal.exchange.MetadataExchange;
import io.penstock.internal.exchange.ProduceExchange;
import io.penstock.internal.identity.IdentityManager;
import io.penstock.internal.loop.Backoff;
import io.penstock.internal.loop.LoopAgent;
import io.penstock.internal.loop.LoopDuty;
import io.penstock.internal.loop.Timers;
import io.penstock.internal.metrics.NetworkMetrics;
import io.penstock.internal.metrics.ProducerMetrics;
import io.penstock.internal.metrics.SampleWindows;
import io.penstock.internal.network.Connections;
import io.penstock.internal.network.NetworkSeams;
import io.penstock.internal.partition.ClusterAdapter;
import io.penstock.internal.partition.RecordPartitioner;
import io.penstock.internal.partition.StickyPartitioner;
import io.penstock.internal.sender.FlushTicket;
import io.penstock.internal.sender.Sender;
import io.penstock.internal.sender.SenderRooms;
import io.penstock.internal.sender.SenderSettings;
import io.penstock.internal.telemetry.PayloadSource;
import io.penstock.internal.telemetry.TelemetryExchange;
import io.penstock.internal.telemetry.TelemetryRooms;
import io.penstock.internal.transaction.TransactionDesk;
import io.penstock.producer.Metric;
import io.penstock.producer.MetricName;
import io.penstock.producer.MetricsReporter;
import io.penstock.wire.compress.CompressionType;
import io.penstock.wire.compress.Compressor;
import io.penstock.wire.compress.Compressors;
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
    private final Sender sender;
    private final LoopAgent agent;
    private final EngineSeams seams;
    private final Shutdown shutdown;
    private final ProducerMetrics metrics;
    private final MetricBook book;
    private final TopicWaiters topicWaiters;
    private final Optional<Telemetry> telemetry;
    private final TransactionRoom transactions;

    public Engine(ProducerSettings settings, Plugins<K, V> plugins, EngineSeams seams) {
        this.seams = seams;
        SampleWindows windows = new SampleWindows(
                settings.metrics().sampleCount(), settings.metrics().sampleWindowNanos());
        this.metrics = new ProducerMetrics(windows);
        NetworkMetrics network = new NetworkMetrics(windows);
        seams.transport().measure((waitNanos, ioNanos, now) -> {
            network.waitNanos().record(waitNanos, now);
            network.ioNanos().record(ioNanos, now);
        });
        BatchSettings batch = settings.batch();
        DeliverySettings delivery = settings.delivery();
        Timers timers = new Timers();
        Backoff backoff = new Backoff(delivery.retryBackoffNanos(), delivery.retryBackoffMaxNanos());
        LastFailure lastFailure = new LastFailure();
        this.topicWaiters = new TopicWaiters(seams.mailbox(), this::tracker);
        EngineEvents events = new EngineEvents(
                topicWaiters,
                lastFailure,
                new BootstrapWatch(
                        settings.connection().bootstrap(), settings.connection().bootstrapResolveTimeoutNanos()),
                new ClusterNews(plugins, seams.completions()),
                settings.metadata().clusterCheck(),
                settings.transaction().isTransactional());

        this.tracker = new ClusterTracker(settings.metadata(), seams.random(), events);
        Connections connections = new Connections(
                settings.connection(),
                delivery.requestTimeoutNanos(),
                new NetworkSeams(
                        seams.transport(),
                        seams.clock(),
                        timers,
                        seams.resolver(),
                        seams.random(),
                        new NetworkMeters(
                                network,
                                settings.tls().used() || settings.sasl().isUsed()),
                        seams.sasl()),
                events);
        ExchangeSettings exchange = new ExchangeSettings(
                settings.client().clientId(),
                delivery.maxInFlightPerConnection(),
                delivery.requestTimeoutNanos(),
                batch.compressionType());
        IdentityExchange identityExchange =
                new IdentityExchange(connections, timers, exchange, backoff, seams.random(), events);

        this.transactions = TransactionRoom.of(
                settings.transaction(), seams, backoff, settings.client().maxBlockNanos());

        AdmissionLimits limits = AdmissionLimits.of(
                settings.client().maxBlockNanos(), batch.maxRequestSizeBytes(), batch.bufferMemoryBytes());
        PagePool pool = seams.pages().apply(limits.pageBytes());
        RecordAccumulator accumulator = new RecordAccumulator(
                pool,
                BatchLimits.of(
                        batch.batchSizeBytes(),
                        batch.batchSizeSet(),
                        batch.maxRequestSizeBytes(),
                        pool.capacityBytes()),
                seams.clock()::nanoTime);
        this.book = new MetricBook(
                settings.client().clientId(), new MetricSources(metrics, network, pool, tracker), seams.clock());
        BatchSealer sealer =
                new BatchSealer(compressor(batch), settings.transaction().isTransactional());
        this.sender = new Sender(
                new SenderSettings(
                        delivery,
                        batch.lingerNanos(),
                        batch.maxRequestSizeBytes(),
                        settings.partition().availabilityTimeoutNanos()),
                new SenderRooms(
                        pool,
                        sealer,
                        new IdentityManager(
                                delivery.idempotent(), settings.transaction().isTransactional()),
                        transactions.recordGate(),
                        new ProduceExchange(
                                connections, tracker, exchange, metrics::onThrottle, transactions.recordGate()),
                        events,
                        seams.completions(),
                        seams.mailbox(),
                        timers,
                        seams.random(),
                        metrics,
                        seams.clock()));
        events.connect(new LoopRooms(sender, tracker, connections, identityExchange));
        LoopDuty transactionDuty = transactions.connect(sender, connections, timers, exchange);

        this.telemetry =
                settings.metrics().push() ? Optional.of(telemetry(settings, connections, timers)) : Optional.empty();
        telemetry.ifPresent(each -> events.connect(each::onReady));
        this.shutdown = new Shutdown(
                seams,
                sender,
                accumulator,
                connections,
                sealer,
                transactions,
                now -> telemetry.isEmpty() || telemetry.get().exchange().finish(now));
        this.agent = new LoopAgent(
                "penstock-sender-" + settings.client().clientId(),
                seams.clock(),
                seams.mailbox(),
                timers,
                seams.transport(),
                // The sender first: what it asks of the others is then done in the same turn.
                List.of(
                        this::countTurn,
                        sender,
                        transactionDuty,
                        identityExchange,
                        now -> telemetry.isPresent()
                                && telemetry.get().exchange().run(now),
                        new MetadataExchange(connections, tracker, timers, exchange, events::onMetadataFrom),
                        connections,
                        shutdown));
        shutdown.stops(agent);
        this.admission = new Admission<>(
                limits,
                new AdmissionRooms(
                        accumulator,
                        sender::listenerFor,
                        tracker,
                        topicWaiters,
                        new RecordPartitioner(settings.partition(), plugins.partitioner(), new ClusterAdapter()),
                        () -> new StickyPartitioner(
                                settings.partition(), Math.max(1, batch.batchSizeBytes()), seams.callerRandom()),
                        () -> seams.mailbox().post(sender::onMemoryShort),
                        transactions.sendGate(),
                        seams.completions(),
                        seams.parking(),
                        seams.clock(),
                        metrics),
                new Interceptors<>(plugins.interceptors()),
                new RecordSerializer<>(plugins.keySerializer(), plugins.valueSerializer()),
                lastFailure,
                seams.admission());
        seams.mailbox().post(now -> tracker.refresh("the producer has started", now));
    }

    private Telemetry telemetry(ProducerSettings settings, Connections connections, Timers timers) {
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
                        connections,
                        timers,
                        seams.mailbox(),
                        seams.random(),
                        seams.completions()::submit));
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

    private static @Nullable Compressor compressor(BatchSettings batch) {
        return batch.compressionType() == CompressionType.NONE
                ? null
                : Compressors.create(batch.compressionType(), batch.compressionLevel());
    }

    private boolean countTurn(long nowNanos) {
        metrics.onTurn(nowNanos);
        return false;
    }

    private record LoopRooms(Sender sender, ClusterTracker tracker, Connections connections, IdentityExchange identity)
            implements EngineEvents.Rooms {}

    private ClusterTracker tracker() {
        return tracker;
    }

    /** The loop, to be started, or stepped by a simulator. */
    public LoopAgent agent() {
        return agent;
    }

    public Admission<K, V> admission() {
        return admission;
    }

    /** What the user does with transactions; null without a transactional id. */
    public @Nullable TransactionDesk transactionDesk() {
        return transactions.desk();
    }

    /** For whoever waits on the engine's behalf, to say so. */
    ProducerMetrics counters() {
        return metrics;
    }

    /** Before the loop starts. */
    void reportTo(List<MetricsReporter> reporters) {
        book.report(reporters, seams.completions()::submit);
    }

    /** What the user sees of them. Any thread. */
    public Map<MetricName, Metric> metrics() {
        return book.all();
    }

    /**
     * Sends what was admitted without lingering; the ticket is done when all of it is complete. Any thread.
     *
     * @return null when the loop has ended, so that everything has been handed to the callback thread
     */
    public @Nullable FlushTicket flush() {
        FlushTicket ticket = new FlushTicket();
        return seams.mailbox().post(now -> sender.flush(ticket, now)) ? ticket : null;
    }

    /** How much its queues hold now. Loop only, or whoever steps it. */
    public EngineSizes sizes() {
        return new EngineSizes(
                seams.mailbox().size(), agent.timerCount(), topicWaiters.count(), admission.waitingBytes());
    }

    public Shutdown shutdown() {
        return shutdown;
    }
}
