package io.penstock.testkit.sim;

import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.FakeClusterBuilder;
import io.penstock.testkit.fake.TopicOptions;
import io.penstock.testkit.sim.SimPlan.Stream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One seed, from start to verdict: a time in which things go wrong, then all is healed, then everything must come to its end.
 *
 * <p>One thread, no time, no sockets. Not reusable.
 */
public final class Simulation {

    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LATEST_NANOS = TimeUnit.MINUTES.toNanos(30);

    private static final List<Checker> CHECKERS = List.of(
            new AcknowledgedIsStored(),
            new StoredOnce(),
            new OrderKept(),
            new FailureTellsTheTruth(),
            new CompletedOnceInOrder(),
            new MemoryReturns(),
            new AtomicTransactions(),
            new SecretsHidden());

    private final SimPlan plan;
    private final Parts parts;
    private final Application application;
    private final FaultPhase faults;
    private final QueuesBounded queues = new QueuesBounded();

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
        World world = new World(clock, agenda, findings, SimPlan.random(seed, Stream.SCHEDULE));
        SimResolver resolver = new SimResolver(clock, agenda, names);
        FakeCluster cluster = cluster(network);
        cluster.onMalformed(what -> findings.add("NoPageReadAfterRelease", what));
        History history = new History(trace, findings, clock);
        SimProducers producers =
                new SimProducers(plan, cluster.bootstrapServers(), network, resolver, world, history, trace, findings);
        this.parts = new Parts(
                plan,
                clock,
                agenda,
                trace,
                findings,
                network,
                resolver,
                world,
                cluster,
                history,
                producers,
                new StoredLogs(),
                new TransactionBook());
        this.application = plan.transactions().isNone()
                ? new Workload(parts, SimPlan.random(seed, Stream.WORKLOAD))
                : new TransactionalWorkload(parts, SimPlan.random(seed, Stream.WORKLOAD));
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
                parts.findings().isEmpty() ? "seed " + plan.seed() : plan.toString(),
                parts.trace().hash(),
                parts.trace().eventCount(),
                parts.history().records().size(),
                parts.findings().first());
    }

    private void play() {
        application.schedule();
        faults.schedule();
        lookAgain();
        parts.world().run(plan.workNanos(), () -> false);
        faults.heal();
        application.finish(faults.silenceNanos());
        end();
    }

    private void end() {
        long limit = parts.clock().now() + CLOSE_NANOS + ProgressMade.limitNanos(plan);
        boolean ended = parts.world().run(limit, this::haveEnded);
        if (!ended) {
            parts.findings().add("ProgressMade", "a producer does not come to its end");
        }
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
        if (parts.agenda().size() > 0) {
            return false;
        }
        for (SimProducer producer : parts.producers()) {
            if (!producer.isStill()) {
                return false;
            }
        }
        return true;
    }

    private boolean haveEnded() {
        for (SimProducer producer : parts.producers()) {
            if (!producer.hasEnded()) {
                return false;
            }
        }
        return true;
    }

    private void lookAgain() {
        queues.look(parts);
        ProgressMade.look(parts);
        if (!haveEnded()) {
            parts.agenda().at(parts.clock().now() + LOOK_NANOS, this::lookAgain);
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

    private FakeCluster cluster(SimNetwork network) {
        FakeClusterBuilder builder = FakeCluster.builder()
                .brokers(plan.brokerCount())
                .release(plan.release())
                .transactionVersion(plan.transactions().version());
        plan.topics().forEach(builder::topic);
        if (plan.createsTopics()) {
            builder.autoCreateTopics(TopicOptions.partitions(2));
        }
        return builder.start(network.host());
    }
}
