package io.penstock.testkit.sim;

import io.penstock.testkit.sim.SimPlan.Stream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The application of seeds with transactions: some transactional ids, each used by one session after the other, now and then by two at
 * once, of which the later fences the earlier.
 */
final class TransactionalWorkload implements Application {

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MAX_SESSIONS = 12;
    private static final int PROBE_COUNT = 4;

    private final Parts parts;
    private final TransactionPlan plan;
    private final RandomGenerator random;
    private final Map<String, TransactionalSession> current = new HashMap<>();
    private boolean finishing;
    private int successionsDue;

    TransactionalWorkload(Parts parts, RandomGenerator random) {
        this.parts = parts;
        this.plan = parts.plan().transactions();
        this.random = random;
    }

    @Override
    public void schedule() {
        for (int i = 0; i < plan.idCount(); i++) {
            String id = "tx" + i;
            at(random.nextLong(pauseNanos()), () -> start(id));
        }
        for (int i = 0; i < plan.rivalCount(); i++) {
            at(random.nextLong(parts.plan().workNanos()), () -> start(someId()));
        }
        for (int i = 0; i < plan.freezeCount(); i++) {
            at(random.nextLong(parts.plan().workNanos()), () -> freeze(someId()));
        }
        if (plan.upgrades()) {
            at(
                    random.nextLong(parts.plan().workNanos()),
                    () -> parts.cluster().transactions().version(2));
        }
    }

    @Override
    public void finish(long silenceNanos) {
        finishing = true;
        for (SimProducer producer : parts.producers()) {
            producer.thaw(parts.clock().now());
        }
        boolean over = parts.world().run(parts.clock().now() + silenceNanos + limitNanos(), this::isOver);
        if (!over) {
            for (TransactionalSession session : parts.book().sessions()) {
                if (!session.isOver()) {
                    parts.findings().add("ProgressMade", "with all healed, this does not come to its end: " + session);
                }
            }
        }
    }

    private long limitNanos() {
        SimPlan all = parts.plan();
        return 2 * ProgressMade.limitNanos(all)
                + 20 * all.nanos("request.timeout.ms")
                + TimeUnit.MILLISECONDS.toNanos(plan.timeoutMs())
                + TimeUnit.MINUTES.toNanos(2);
    }

    private boolean isOver() {
        return successionsDue == 0 && parts.book().sessions().stream().allMatch(TransactionalSession::isOver);
    }

    boolean isFinishing() {
        return finishing;
    }

    private void at(long nanos, Runnable task) {
        parts.agenda().at(parts.clock().now() + nanos, () -> {
            if (!finishing) {
                task.run();
            }
        });
    }

    private String someId() {
        return "tx" + random.nextInt(plan.idCount());
    }

    // ------------------------------------------------------------------------------------- sessions

    /** One more session, which takes the id over if somebody has it. */
    private void start(String id) {
        if (parts.book().sessions().size() >= MAX_SESSIONS && !finishing) {
            return;
        }
        int number = parts.book().sessions().size();
        TransactionalSession session = new TransactionalSession(
                this, parts, id, number, SimPlan.random(random.nextLong(), Stream.TRANSACTIONS));
        parts.book().sessions().add(session);
        TransactionalSession before = current.put(id, session);
        if (before != null) {
            before.followedBy(session);
        }
        session.start();
    }

    /** The session that had the id last has come to its end. */
    void succeed(TransactionalSession ended) {
        long pause = random.nextLong(pauseNanos());
        successionsDue++;
        parts.agenda().at(parts.clock().now() + pause, () -> {
            successionsDue--;
            if (current.get(ended.id()) == ended) {
                start(ended.id());
            }
        });
    }

    /** As a process that is stopped, or a long pause of its garbage collector: often somebody takes over meanwhile. */
    private void freeze(String id) {
        TransactionalSession session = current.get(id);
        if (session == null || session.isOver()) {
            return;
        }
        parts.trace().add("freeze", session.producer().number(), 0);
        session.producer().freeze(parts.clock().now());
        at(random.nextLong(parts.plan().workNanos()), () -> session.producer()
                .thaw(parts.clock().now()));
        if (random.nextBoolean()) {
            at(random.nextLong(pauseNanos()), () -> start(id));
        }
    }

    // ------------------------------------------------------------------------------------- what sessions ask

    SimTransaction opened(TransactionalSession session) {
        return parts.book().open(session);
    }

    private long pauseNanos() {
        return 1 + parts.plan().workNanos() / plan.transactionCount();
    }

    long pauseNanos(RandomGenerator of) {
        return of.nextLong(pauseNanos());
    }

    long longPauseNanos(RandomGenerator of) {
        return of.nextLong(1 + parts.plan().workNanos() / 4);
    }

    long stepNanos(RandomGenerator of) {
        return of.nextInt(3) == 0 ? 0 : of.nextLong(STEP_NANOS);
    }

    SimRecord draw(TransactionalSession session, SimRecord.Caller caller, RandomGenerator of) {
        List<String> topics = parts.plan().topicNames();
        String topic = of.nextInt(200) == 0 ? "missing" : topics.get(of.nextInt(topics.size()));
        int partitions = parts.plan().partitionCount(topic);
        int partition = of.nextBoolean() ? of.nextInt(partitions) : -1;
        byte[] key = of.nextInt(3) == 0 ? new byte[] {(byte) of.nextInt(6)} : null;
        int bytes = of.nextInt(10) == 0 ? 150 + of.nextInt(1_500) : of.nextInt(100);
        return parts.history().sending(session.producer(), topic, partition, key, bytes, caller);
    }

    /** Small ones, for some partitions. */
    List<SimRecord> probes(TransactionalSession session) {
        List<SimRecord> probes = new ArrayList<>();
        for (String topic : parts.plan().topicNames()) {
            int count = Math.min(
                    PROBE_COUNT / parts.plan().topicNames().size(), parts.plan().partitionCount(topic));
            for (int partition = 0; partition < count; partition++) {
                probes.add(
                        parts.history().sending(session.producer(), topic, partition, null, 1, SimRecord.Caller.MAIN));
            }
        }
        return probes;
    }
}
