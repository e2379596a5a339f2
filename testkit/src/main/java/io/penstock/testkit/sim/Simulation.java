package io.penstock.testkit.sim;

import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.config.ProducerSettings;
import io.penstock.internal.engine.Engine;
import io.penstock.internal.engine.EngineSeams;
import io.penstock.internal.engine.Plugins;
import io.penstock.internal.loop.Mailbox;
import io.penstock.internal.network.SaslExchanges;
import io.penstock.producer.ProducerInterceptor;
import io.penstock.serialization.ByteArraySerializer;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.FakeClusterBuilder;
import io.penstock.testkit.fake.TopicOptions;
import io.penstock.testkit.sim.SimPlan.Stream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One seed, from start to verdict: a time in which things go wrong, then all is healed, then everything must come to its end.
 *
 * <p>One thread, no time, no sockets. Not reusable.
 */
public final class Simulation {

    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(8);
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LATEST_NANOS = TimeUnit.MINUTES.toNanos(30);

    private static final List<Checker> CHECKERS = List.of(
            new AcknowledgedIsStored(),
            new StoredOnce(),
            new OrderKept(),
            new FailureTellsTheTruth(),
            new CompletedOnceInOrder(),
            new MemoryReturns());

    private final SimPlan plan;
    private final Parts parts;
    private final Workload workload;
    private final FaultPhase faults;
    private final QueuesBounded queues = new QueuesBounded();
    private @Nullable PagePool pool;

    private Simulation(long seed, @Nullable PrintStream traceOut) {
        this.plan = SimPlan.draw(seed);
        RandomGenerator names = SimPlan.random(seed, Stream.NAMES);
        long origin = origin(names);
        SimClock clock = new SimClock(origin, 1_700_000_000_000L);
        Agenda agenda = new Agenda();
        Trace trace = new Trace(clock, traceOut);
        trace.note("%s", plan);
        Findings findings = new Findings();
        SimNetwork network = new SimNetwork(clock, agenda, plan.network(), SimPlan.random(seed, Stream.NETWORK), trace);
        SimThread callbacks = new SimThread("callback", clock, agenda, findings);
        SimThread admission = new SimThread("admission", clock, agenda, findings);
        World world = new World(
                clock, agenda, network, callbacks, admission, findings, SimPlan.random(seed, Stream.SCHEDULE));
        Mailbox mailbox = new Mailbox();
        SimResolver resolver = new SimResolver(clock, agenda, mailbox, names);
        FakeCluster cluster = cluster(network);
        cluster.onMalformed(what -> findings.add("NoPageReadAfterRelease", what));
        History history = new History(trace, findings, clock, callbacks);
        Random callerRandom = new Random(SimPlan.random(seed, Stream.CALLERS).nextLong());
        Engine<byte[], byte[]> engine = new Engine<>(
                ProducerSettings.from(settings(cluster), true, true),
                new Plugins<>(
                        new ByteArraySerializer(), new ByteArraySerializer(), null, interceptors(history), List.of()),
                new EngineSeams(
                        clock,
                        mailbox,
                        network.transport(),
                        resolver,
                        callbacks,
                        admission,
                        new Random(SimPlan.random(seed, Stream.ENGINE).nextLong()),
                        () -> callerRandom,
                        world,
                        this::newPool,
                        SaslExchanges.NONE));
        world.start(engine.agent());
        FlushAndClose calls = new FlushAndClose(engine, agenda, clock, trace, history, findings);
        this.parts = new Parts(
                plan,
                clock,
                agenda,
                trace,
                findings,
                network,
                resolver,
                callbacks,
                admission,
                world,
                cluster,
                engine,
                Objects.requireNonNull(pool),
                history,
                calls,
                new StoredLogs());
        this.workload = new Workload(parts, SimPlan.random(seed, Stream.WORKLOAD));
        this.faults = new FaultPhase(parts, SimPlan.random(seed, Stream.FAULTS));
    }

    /** Runs a seed. */
    public static SimResult run(long seed) {
        return run(seed, null);
    }

    /**
     * Runs a seed and prints every event of it.
     *
     * @param traceOut null to print nothing
     */
    public static SimResult run(long seed, @Nullable PrintStream traceOut) {
        Simulation simulation = new Simulation(seed, traceOut);
        try {
            simulation.play();
        } catch (World.Over over) {
            // A call that blocked when something had been found already.
        } catch (RuntimeException | AssertionError e) {
            simulation.parts.findings().add("EngineUnharmed", "the run ended by a throwable", e);
        }
        return simulation.result();
    }

    private SimResult result() {
        return new SimResult(
                plan.seed(),
                plan.toString(),
                parts.trace().hash(),
                parts.trace().eventCount(),
                parts.history().records().size(),
                parts.findings().first());
    }

    private void play() {
        workload.schedule(parts.agenda());
        faults.schedule();
        lookAgain();
        parts.world().run(plan.workNanos(), () -> false);
        faults.heal();
        long limit = parts.clock().now() + ProgressMade.limitNanos(plan);
        boolean over = parts.world().run(limit, this::isQuiet);
        if (!over) {
            ProgressMade.look(parts);
            require(parts.calls().openFlushes() == 0, "a flush has not returned although all is over");
            return;
        }
        if (!parts.calls().isClosed()) {
            probe();
            parts.calls().close(Agenda.NEVER / 2);
        }
        end();
    }

    private boolean isQuiet() {
        return parts.history().openCount() == 0 && parts.calls().openFlushes() == 0;
    }

    /** All is well, so a record for each partition must arrive, and soon. */
    private void probe() {
        // What was left without an answer is given up by then, on whatever connection.
        settle(plan.nanos("request.timeout.ms") + plan.nanos("socket.connection.setup.timeout.ms"));
        probeAll(false); // has topics looked up that nobody used, and leaders that have moved
        settle(0);
        probeAll(false);
        settle(0);
        probeAll(true);
    }

    private void settle(long extraNanos) {
        parts.world().run(parts.clock().now() + SETTLE_NANOS + extraNanos, () -> false);
    }

    private void probeAll(boolean mustSucceed) {
        for (String topic : plan.topicNames()) {
            for (int partition = 0; partition < parts.cluster().partitionCount(topic); partition++) {
                boolean arrived = probe(workload.probe(topic, partition), mustSucceed && maxBlockIsLong());
                if (!arrived && mustSucceed && parts.findings().isEmpty()) {
                    settle(0); // a topic that nobody used was forgotten; it has been asked for now
                    probe(workload.probe(topic, partition), true);
                }
                if (!parts.findings().isEmpty()) {
                    return;
                }
            }
        }
    }

    private boolean maxBlockIsLong() {
        return plan.nanos("max.block.ms") >= SETTLE_NANOS;
    }

    private boolean probe(SimRecord probe, boolean mustSucceed) {
        long limit = parts.clock().now()
                + plan.nanos("linger.ms")
                + (mustSucceed ? PROBE_NANOS : PROBE_NANOS + ProgressMade.limitNanos(plan));
        boolean over = parts.world().run(limit, this::isQuiet);
        require(over, "with all healed, this did not end: " + probe);
        require(!mustSucceed || probe.isAcknowledged(), "with all healed, this was not acknowledged: " + probe);
        return probe.isAcknowledged();
    }

    private void end() {
        long limit = parts.clock().now() + CLOSE_NANOS + ProgressMade.limitNanos(plan);
        parts.world().run(limit, () -> parts.engine().agent().hasEnded());
        require(parts.engine().agent().hasEnded(), "the producer does not come to its end");
        // What is under way in the network and in the brokers still arrives.
        parts.world().run(parts.clock().now() + LATEST_NANOS, this::isStill);
        if (!parts.findings().isEmpty()) {
            return;
        }
        parts.cluster().topics().forEach(topic -> parts.logs().keep(parts.cluster(), topic));
        for (Checker checker : CHECKERS) {
            checker.check(parts);
        }
        queues.check(parts);
    }

    private boolean isStill() {
        return parts.agenda().size() == 0
                && !parts.callbacks().hasTask()
                && !parts.admission().hasTask();
    }

    private void lookAgain() {
        queues.look(parts);
        ProgressMade.look(parts);
        if (!parts.engine().agent().hasEnded()) {
            parts.agenda().at(parts.clock().now() + LOOK_NANOS, this::lookAgain);
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            parts.findings().add("ProgressMade", otherwise);
        }
    }

    // ------------------------------------------------------------------------------------------- putting together

    /** Mostly anywhere; sometimes so that nanoTime turns negative, or overflows, within the run. */
    private static long origin(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);
            case 1 -> -TimeUnit.SECONDS.toNanos(1);
            default -> random.nextLong() >> 2;
        };
    }

    private PagePool newPool(long bytes) {
        PagePool made = new PagePool(bytes, true);
        pool = made;
        return made;
    }

    private FakeCluster cluster(SimNetwork network) {
        FakeClusterBuilder builder =
                FakeCluster.builder().brokers(plan.brokerCount()).release(plan.release());
        plan.topics().forEach(builder::topic);
        if (plan.createsTopics()) {
            builder.autoCreateTopics(TopicOptions.partitions(2));
        }
        return builder.start(network.host());
    }

    private Map<String, Object> settings(FakeCluster cluster) {
        Map<String, Object> settings = new HashMap<>(plan.settings());
        settings.put("bootstrap.servers", cluster.bootstrapServers());
        return settings;
    }

    private List<ProducerInterceptor<byte[], byte[]>> interceptors(History history) {
        return plan.intercepts() ? List.of(new HistoryInterceptor(history)) : List.of();
    }
}
