package io.penstock.testkit.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.errors.KafkaException;
import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.config.ProducerSettings;
import io.penstock.internal.engine.Engine;
import io.penstock.internal.engine.EngineSeams;
import io.penstock.internal.engine.LoopSeams;
import io.penstock.internal.engine.Plugins;
import io.penstock.internal.loop.Mailbox;
import io.penstock.internal.network.SaslExchanges;
import io.penstock.internal.transaction.OffsetCommit;
import io.penstock.internal.transaction.Operation;
import io.penstock.internal.transaction.TransactionDesk;
import io.penstock.producer.Delivery;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import io.penstock.serialization.ByteArraySerializer;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.FakeClusterBuilder;
import io.penstock.testkit.fake.Isolation;
import io.penstock.testkit.fake.StoredRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A transactional producer and a fake cluster in one thread on virtual time: a call returns when what it began is over, and however
 * long the producer waits for that, the test does not.
 *
 * <p>Not for several threads. Fails by itself when the loop spins or survives a throwable.
 */
final class VirtualProducer {

    static final String TOPIC = "t";
    static final String ID = "tx";
    static final String GROUP = "g";

    private static final SimNetwork.Traits QUICK = new SimNetwork.Traits(50_000, 60_000, 1 << 20, 0);
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(30);

    private final SimClock clock = new SimClock(0, 1_700_000_000_000L);
    private final Findings findings = new Findings();
    private final Agenda agenda = new Agenda();
    private final World world;
    private final FakeCluster cluster;
    private final Engine<byte[], byte[]> engine;
    private final List<CompletableFuture<RecordMetadata>> sent = new ArrayList<>();

    /** Two brokers and a topic of two partitions, unless the builder is told otherwise. */
    VirtualProducer(FakeClusterBuilder builder, Object... keysAndValues) {
        Trace trace = new Trace(clock, null);
        SimNetwork network = new SimNetwork(clock, agenda, QUICK, new Random(1), trace);
        SimNetwork.Client client = network.client();
        PagePool[] pages = new PagePool[1];
        SimThread callbacks = new SimThread("callback", clock, agenda, findings);
        SimThread admission = new SimThread("admission", clock, agenda, findings);
        this.world = new World(clock, agenda, findings, new Random(2));
        this.cluster = builder.start(network.host());
        Mailbox mailbox = new Mailbox();
        Random random = new Random(3);
        this.engine = new Engine<>(
                ProducerSettings.from(settings(cluster, keysAndValues), true, true),
                new Plugins<>(new ByteArraySerializer(), new ByteArraySerializer(), null, List.of(), List.of()),
                new EngineSeams(
                        clock,
                        List.of(new LoopSeams(
                                mailbox,
                                client,
                                new SimResolver(clock, agenda, new Random(4)).of(mailbox),
                                random,
                                SaslExchanges.NONE)),
                        callbacks,
                        admission,
                        () -> random,
                        world,
                        bytes -> pages[0] = new PagePool(bytes)));
        History history = new History(trace, findings, clock);
        FlushAndClose calls = new FlushAndClose(engine, agenda, clock, trace, history, findings);
        world.start(new SimProducer(0, engine, callbacks, admission, List.of(client), pages[0], calls));
    }

    static FakeClusterBuilder cluster(int transactionVersion) {
        return FakeCluster.builder().brokers(2).topic(TOPIC, 2).transactionVersion(transactionVersion);
    }

    private static Map<String, Object> settings(FakeCluster cluster, Object... keysAndValues) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", cluster.bootstrapServers());
        settings.put("transactional.id", ID);
        settings.put("enable.metrics.push", false);
        settings.put("linger.ms", 0);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return settings;
    }

    FakeCluster cluster() {
        return cluster;
    }

    TransactionDesk desk() {
        TransactionDesk desk = engine.transactionDesk();
        if (desk == null) {
            throw new AssertionError("A transactional producer has one");
        }
        return desk;
    }

    Engine<byte[], byte[]> engine() {
        return engine;
    }

    Duration now() {
        return Duration.ofNanos(clock.now());
    }

    // ---- calls

    void init() {
        await(desk().initialize(false));
    }

    void initKeepingPrepared() {
        await(desk().initialize(true));
    }

    void begin() {
        desk().begin();
    }

    CompletableFuture<RecordMetadata> send(int partition, String value) {
        return send(new ProducerRecord<>(TOPIC, partition, null, value.getBytes(UTF_8)));
    }

    CompletableFuture<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<RecordMetadata> done = engine.admission().send(record, null);
        sent.add(done);
        return done;
    }

    Delivery sendAsync(int partition, String value) {
        Delivery delivery =
                engine.admission().sendAsync(new ProducerRecord<>(TOPIC, partition, null, value.getBytes(UTF_8)));
        sent.add(delivery.delivered());
        return delivery;
    }

    CompletableFuture<Void> sendOffsetsAsync(long offset) {
        return sendOffsetsAsync(TOPIC, offset);
    }

    CompletableFuture<Void> sendOffsetsAsync(String topic, long offset) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        List<OffsetCommit.Position> positions = List.of(new OffsetCommit.Position(topic, 0, offset, -1, ""));
        desk().sendOffsets(new OffsetCommit(GROUP, -1, "", null, positions, done));
        return done;
    }

    void sendOffsets(long offset) {
        await(sendOffsetsAsync(offset));
    }

    void commit() {
        await(desk().commit());
    }

    void abort() {
        await(desk().abort());
    }

    void await(Operation operation) {
        await(operation.done());
    }

    /** The result, or what it failed with; an error when it takes more than half an hour of virtual time. */
    <T> T await(CompletableFuture<T> done) {
        if (!world.run(clock.now() + PATIENCE_NANOS, done::isDone)) {
            throw new AssertionError(
                    "Not over after half an hour, in state " + desk().state() + "; found: " + findings.first());
        }
        try {
            return done.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException cause) {
                throw cause;
            }
            throw new AssertionError("Failed with what is no KafkaException", e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody waits", e);
        }
    }

    /** Until the loop has ended. */
    void awaitEnd() {
        if (!world.run(clock.now() + PATIENCE_NANOS, engine::hasEnded)) {
            throw new AssertionError("The loop has not ended after half an hour; found: " + findings.first());
        }
    }

    /** Lets so much time pass, or less if the loop ends. */
    void pass(Duration time) {
        world.run(clock.now() + time.toNanos(), () -> false);
        checkFindings();
    }

    void checkFindings() {
        if (!findings.isEmpty()) {
            throw new AssertionError(findings.first());
        }
    }

    // ---- what came of it

    /** Whether every record that was sent has its result. */
    boolean allSentAreDone() {
        return sent.stream().allMatch(CompletableFuture::isDone);
    }

    /** What a reader of the committed sees, by partition and offset. */
    List<String> committed() {
        return values(Isolation.READ_COMMITTED);
    }

    List<String> values(Isolation isolation) {
        return cluster.records(TOPIC, isolation).stream()
                .map(StoredRecord::valueText)
                .toList();
    }

    long committedOffset() {
        return cluster.groups().committed(GROUP, TOPIC, 0);
    }
}
