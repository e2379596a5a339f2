package io.penstock.testkit.sim;

import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.engine.Engine;
import java.util.ArrayList;
import java.util.List;

/**
 * One producer of a run: the production engine with threads, pages and a way into the network of its own.
 *
 * <p>{@link World} steps it. A frozen one gets no turn, as a process that is stopped; time goes on.
 */
final class SimProducer {

    private final int number;
    private final Engine<byte[], byte[]> engine;
    private final SimThread callbacks;
    private final SimThread admission;
    private final List<SimLoop> loops = new ArrayList<>();
    private final PagePool pages;
    private final FlushAndClose calls;
    private boolean frozen;
    private long frozenSinceNanos;
    private long frozenNanos;

    SimProducer(
            int number,
            Engine<byte[], byte[]> engine,
            SimThread callbacks,
            SimThread admission,
            List<SimNetwork.Client> networks,
            PagePool pages,
            FlushAndClose calls) {
        this.number = number;
        this.engine = engine;
        this.callbacks = callbacks;
        this.admission = admission;
        for (int i = 0; i < networks.size(); i++) {
            loops.add(new SimLoop(engine.agents().get(i), networks.get(i)));
        }
        this.pages = pages;
        this.calls = calls;
    }

    int number() {
        return number;
    }

    Engine<byte[], byte[]> engine() {
        return engine;
    }

    SimThread callbacks() {
        return callbacks;
    }

    SimThread admission() {
        return admission;
    }

    int openLinkCount() {
        int count = 0;
        for (SimLoop loop : loops) {
            count += loop.network().openLinkCount();
        }
        return count;
    }

    PagePool pages() {
        return pages;
    }

    FlushAndClose calls() {
        return calls;
    }

    List<SimLoop> loops() {
        return loops;
    }

    boolean hasEnded() {
        return engine.hasEnded();
    }

    /** Nothing is left for its threads to do. */
    boolean isStill() {
        return !callbacks.hasTask() && !admission.hasTask();
    }

    boolean isFrozen() {
        return frozen;
    }

    void freeze(long nowNanos) {
        if (!frozen) {
            frozen = true;
            frozenSinceNanos = nowNanos;
        }
    }

    void thaw(long nowNanos) {
        if (frozen) {
            frozen = false;
            frozenNanos += nowNanos - frozenSinceNanos;
        }
    }

    /** How long it has stood still in all. */
    long frozenNanos(long nowNanos) {
        return frozenNanos + (frozen ? nowNanos - frozenSinceNanos : 0);
    }

    // ------------------------------------------------------------------------------------- what World asks

    boolean loopHasWork(int loop, long nowNanos) {
        return !frozen && loops.get(loop).hasWork(nowNanos);
    }

    boolean callbacksHaveWork() {
        return !frozen && callbacks.hasTask();
    }

    boolean admissionHasWork() {
        return !frozen && admission.hasTask();
    }

    /** When the next of its loops wakes up by itself; {@link Agenda#NEVER} when none does. */
    long loopDue() {
        long due = Agenda.NEVER;
        for (int i = 0; i < loops.size() && !frozen; i++) {
            due = Math.min(due, loops.get(i).due());
        }
        return due;
    }
}
