package io.penstock.testkit.sim;

import io.penstock.internal.admission.Parking;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * One thread that plays all of them: each producer's loop, callbacks and admission, the network and the application, one small step of one
 * of them at a time, chosen by the seed. Time passes when none has anything to do, and now and then while they work.
 *
 * <p>A call of the application that blocks lets the world go on inside it: {@link #park} is a step.
 */
final class World implements Parking {

    /** So many turns of the loop in a row, in which nobody else does anything and no time passes, are a loop that spins. */
    private static final int MAX_TURNS_ALONE = 2_000;

    /** More steps than any run needs. */
    private static final long MAX_STEPS = 500_000;

    /** One step in so many takes time. */
    private static final int STEPS_PER_CREEP = 16;

    private static final long MAX_CREEP_NANOS = 200_000;

    private static final int AGENDA = 0;
    private static final int FIRST_OF_PRODUCERS = 1;
    private static final int CALLBACKS = 0;
    private static final int ADMISSION = 1;
    private static final int FIRST_LOOP = 2;
    private static final int ACTORS_PER_PRODUCER = FIRST_LOOP + SimPlan.MAX_LOOPS;

    /** Ends calls that block when the run is over before them. */
    static final class Over extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final SimClock clock;
    private final Agenda agenda;
    private final Findings findings;
    private final RandomGenerator random;
    private final List<SimProducer> producers = new ArrayList<>(1);
    private int[] runnable = new int[1];
    private int turnsAlone;
    private long stepCount;
    private long turnCount;
    private int blockedDepth;

    World(SimClock clock, Agenda agenda, Findings findings, RandomGenerator random) {
        this.clock = clock;
        this.agenda = agenda;
        this.findings = findings;
        this.random = random;
    }

    SimClock clock() {
        return clock;
    }

    Agenda agenda() {
        return agenda;
    }

    List<SimProducer> producers() {
        return producers;
    }

    /** It goes on with the others from now on. */
    void start(SimProducer producer) {
        producers.add(producer);
        runnable = new int[1 + ACTORS_PER_PRODUCER * producers.size()];
    }

    long turnCount() {
        return turnCount;
    }

    /** Whether a call of the application blocks just now. */
    boolean isBlocked() {
        return blockedDepth > 0;
    }

    /** Goes on until the condition holds or this time has come; says whether it holds. */
    boolean run(long untilNanos, BooleanSupplier done) {
        while (findings.isEmpty()) {
            if (done.getAsBoolean()) {
                return true;
            }
            if (!step(untilNanos)) {
                return done.getAsBoolean();
            }
        }
        return false;
    }

    /** One step; false when there is none left to do before this time, which it is then. */
    private boolean step(long untilNanos) {
        if (++stepCount > MAX_STEPS) {
            findings.add("ProgressMade", MAX_STEPS + " steps and no end");
            return false;
        }
        int count = collectRunnable();
        if (count == 0) {
            long next = agenda.next();
            for (SimProducer producer : producers) {
                next = Math.min(next, producer.loopDue());
            }
            if (next > untilNanos) {
                clock.moveTo(untilNanos == Agenda.NEVER ? clock.now() : untilNanos);
                return false;
            }
            clock.moveTo(next);
            turnsAlone = 0;
            return true;
        }
        if (random.nextInt(STEPS_PER_CREEP) == 0) {
            clock.moveTo(clock.now() + random.nextLong(MAX_CREEP_NANOS));
        }
        runOne(runnable[count == 1 ? 0 : random.nextInt(count)]);
        return true;
    }

    private int collectRunnable() {
        int count = 0;
        if (agenda.next() <= clock.now()) {
            runnable[count++] = AGENDA;
        }
        for (int i = 0; i < producers.size(); i++) {
            SimProducer producer = producers.get(i);
            int first = FIRST_OF_PRODUCERS + i * ACTORS_PER_PRODUCER;
            for (int loop = 0; loop < producer.loops().size(); loop++) {
                if (producer.loopHasWork(loop, clock.now())) {
                    runnable[count++] = first + FIRST_LOOP + loop;
                }
            }
            if (producer.callbacksHaveWork()) {
                runnable[count++] = first + CALLBACKS;
            }
            if (producer.admissionHasWork()) {
                runnable[count++] = first + ADMISSION;
            }
        }
        return count;
    }

    private void runOne(int actor) {
        if (actor == AGENDA) {
            turnsAlone = 0;
            Runnable next = agenda.poll(clock.now());
            if (next != null) {
                next.run();
            }
            return;
        }
        SimProducer producer = producers.get((actor - FIRST_OF_PRODUCERS) / ACTORS_PER_PRODUCER);
        int part = (actor - FIRST_OF_PRODUCERS) % ACTORS_PER_PRODUCER;
        turnsAlone = part >= FIRST_LOOP ? turnsAlone + 1 : 0;
        switch (part) {
            case CALLBACKS -> producer.callbacks().runOne();
            case ADMISSION -> producer.admission().runOne();
            default -> turn(producer.loops().get(part - FIRST_LOOP));
        }
    }

    private void turn(SimLoop loop) {
        turnCount++;
        if (turnsAlone > MAX_TURNS_ALONE) {
            findings.add("ProgressMade", "the loop spins: " + turnsAlone + " turns in a row at " + clock.now() + " ns");
        }
        loop.turn(clock.now());
        if (loop.failureCount() > 0) {
            findings.add("EngineUnharmed", "the loop survived a throwable; its log has it");
        }
    }

    @Override
    public long nanoTime() {
        return clock.nanoTime();
    }

    @Override
    public void park(Object blocker, long nanos) {
        if (!findings.isEmpty()) {
            throw new Over();
        }
        blockedDepth++;
        try {
            step(clock.now() + Math.min(nanos, Agenda.NEVER / 4));
        } finally {
            blockedDepth--;
        }
    }
}
