package io.penstock.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Once all is healed: what was admitted comes to its end, then a record for each partition arrives, and soon. */
final class Liveness {

    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(8);

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** One seed in so many is idle for long before its end. */
    private static final int SEEDS_PER_IDLE = 4;

    /** In which records need not arrive: topics are looked up that nobody used, and leaders that have moved. */
    private static final int MAX_ROUNDS = 3;

    /** As many as the waiting line takes of the smallest producer. */
    private static final int PROBES_AT_ONCE = 4;

    private final Parts parts;
    private final SimPlan plan;
    private final Workload workload;
    private final FlushAndClose calls;

    Liveness(Parts parts, Workload workload, FlushAndClose calls) {
        this.parts = parts;
        this.plan = parts.plan();
        this.workload = workload;
        this.calls = calls;
    }

    void await(long silenceNanos) {
        boolean over = awaitAll();
        if (!over) {
            ProgressMade.look(parts);
            require(calls.openFlushes() == 0, "a flush has not returned although all is over");
            require(nobodyWaits(), "with all healed, records still wait to be admitted");
            for (SimRecord record : parts.history().records()) {
                require(record.isOver(), "with all healed, this did not end: " + record);
            }
        } else if (!calls.isClosed()) {
            probe(silenceNanos);
            calls.close(Agenda.NEVER / 2);
        }
    }

    /** Callbacks may still send: each record has the time that is its own. */
    private boolean awaitAll() {
        int count;
        boolean over;
        do {
            count = parts.history().records().size();
            over = parts.world().run(parts.clock().now() + ProgressMade.limitNanos(plan), this::isQuiet);
        } while (!over
                && parts.history().records().size() > count
                && parts.findings().isEmpty());
        return over;
    }

    private boolean isQuiet() {
        return parts.history().openCount() == 0 && calls.openFlushes() == 0 && nobodyWaits();
    }

    /** A cancelled future is over for its holder alone: its record waits on, and takes up a small waiting line by itself. */
    private boolean nobodyWaits() {
        for (SimProducer producer : parts.producers()) {
            if (producer.engine().sizes().waitingBytes() > 0) {
                return false;
            }
        }
        return true;
    }

    /** Round by round, until all records of one round have arrived: from then on each must. */
    private void probe(long silenceNanos) {
        // Now and then for so long that topics are forgotten and connections closed.
        settle(plan.seed() % SEEDS_PER_IDLE == 0 ? IDLE_NANOS : 0);
        // What was left without an answer is given up by then, on whatever connection, and whoever is to be silent may
        // speak.
        long patience =
                silenceNanos + plan.nanos("request.timeout.ms") + plan.nanos("socket.connection.setup.timeout.ms");
        for (int round = 0; round < MAX_ROUNDS && !probeAll(false); round++) {
            settle(patience);
            patience = 0;
        }
        probeAll(true);
    }

    private void settle(long extraNanos) {
        parts.world().run(parts.clock().now() + SETTLE_NANOS + extraNanos, () -> false);
    }

    /** Whether all have arrived. */
    private boolean probeAll(boolean mustSucceed) {
        boolean all = true;
        for (String topic : plan.topicNames()) {
            int count = parts.cluster().partitionCount(topic);
            for (int first = 0; first < count && parts.findings().isEmpty(); first += PROBES_AT_ONCE) {
                all &= probe(topic, first, Math.min(count, first + PROBES_AT_ONCE), mustSucceed);
            }
        }
        return all;
    }

    private boolean probe(String topic, int first, int end, boolean mustSucceed) {
        List<SimRecord> probes = new ArrayList<>(PROBES_AT_ONCE);
        for (int partition = first; partition < end; partition++) {
            probes.add(workload.probe(topic, partition));
        }
        awaitEach(probes, mustSucceed && plan.nanos("max.block.ms") >= SETTLE_NANOS);
        probes.removeIf(SimRecord::isAcknowledged);
        boolean all = probes.isEmpty();
        if (mustSucceed && !probes.isEmpty() && parts.findings().isEmpty()) {
            settle(0); // a topic that nobody used was forgotten; it has been asked for now
            probes.replaceAll(missed -> workload.probe(missed.topic, missed.namedPartition));
            awaitEach(probes, true);
        }
        return all;
    }

    private void awaitEach(List<SimRecord> probes, boolean mustSucceed) {
        long limit = parts.clock().now()
                + plan.nanos("linger.ms")
                + (mustSucceed ? PROBE_NANOS : PROBE_NANOS + ProgressMade.limitNanos(plan));
        parts.world().run(limit, this::isQuiet);
        for (SimRecord probe : probes) {
            if (!probe.isOver()) {
                parts.findings().add("ProgressMade", "with all healed, this did not end: " + probe);
            } else if (mustSucceed && !probe.isAcknowledged()) {
                parts.findings().add("ProgressMade", "with all healed, this was not acknowledged: " + probe);
            }
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            parts.findings().add("ProgressMade", otherwise);
        }
    }
}
