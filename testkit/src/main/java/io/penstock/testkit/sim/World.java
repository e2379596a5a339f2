package io.penstock.testkit.sim;

import io.penstock.internal.admission.Parking;
import io.penstock.internal.loop.LoopAgent;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One thread that plays all of them: the loop, the callbacks, the admission, the network and the application, one small step of one
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
    private static final int LOOP = 1;
    private static final int CALLBACKS = 2;
    private static final int ADMISSION = 3;

    /** Ends calls that block when the run is over before them. */
    static final class Over extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final SimClock clock;
    private final Agenda agenda;
    private final SimNetwork network;
    private final SimThread callbacks;
    private final SimThread admission;
    private final Findings findings;
    private final RandomGenerator random;
    private final int[] runnable = new int[4];
    private @Nullable LoopAgent loop;
    private long loopDue;
    private boolean loopAgain = true;
    private int turnsAlone;
    private long stepCount;
    private long turnCount;
    private int blockedDepth;

    World(
            SimClock clock,
            Agenda agenda,
            SimNetwork network,
            SimThread callbacks,
            SimThread admission,
            Findings findings,
            RandomGenerator random) {
        this.clock = clock;
        this.agenda = agenda;
        this.network = network;
        this.callbacks = callbacks;
        this.admission = admission;
        this.findings = findings;
        this.random = random;
    }

    void start(LoopAgent agent) {
        loop = agent;
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
            long next = Math.min(agenda.next(), loopRests() ? loopDue : Agenda.NEVER);
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
        if (loopRests() && (loopAgain || loopDue <= clock.now() || network.hasNews())) {
            runnable[count++] = LOOP;
        }
        if (callbacks.hasTask()) {
            runnable[count++] = CALLBACKS;
        }
        if (admission.hasTask()) {
            runnable[count++] = ADMISSION;
        }
        return count;
    }

    /** It is there and has not ended. */
    private boolean loopRests() {
        return loop != null && !loop.hasEnded();
    }

    private void runOne(int actor) {
        turnsAlone = actor == LOOP ? turnsAlone + 1 : 0;
        switch (actor) {
            case AGENDA -> {
                Runnable next = agenda.poll(clock.now());
                if (next != null) {
                    next.run();
                }
            }
            case LOOP -> turn();
            case CALLBACKS -> callbacks.runOne();
            default -> admission.runOne();
        }
    }

    private void turn() {
        LoopAgent agent = loop;
        if (agent == null) {
            return;
        }
        turnCount++;
        if (turnsAlone > MAX_TURNS_ALONE) {
            findings.add("ProgressMade", "the loop spins: " + turnsAlone + " turns in a row at " + clock.now() + " ns");
        }
        long idle = agent.turn();
        loopAgain = idle <= 0 || !agent.rest();
        loopDue = idle == Long.MAX_VALUE ? Agenda.NEVER : clock.now() + idle;
        if (agent.failureCount() > 0) {
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
