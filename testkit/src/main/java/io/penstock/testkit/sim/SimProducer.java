package io.penstock.testkit.sim;

import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.engine.Engine;
import io.penstock.internal.loop.LoopAgent;

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
    private final SimNetwork.Client network;
    private final PagePool pages;
    private final FlushAndClose calls;
    private boolean frozen;
    private long frozenSinceNanos;
    private long frozenNanos;
    private long loopDue;
    private boolean loopAgain = true;

    SimProducer(
            int number,
            Engine<byte[], byte[]> engine,
            SimThread callbacks,
            SimThread admission,
            SimNetwork.Client network,
            PagePool pages,
            FlushAndClose calls) {
        this.number = number;
        this.engine = engine;
        this.callbacks = callbacks;
        this.admission = admission;
        this.network = network;
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

    SimNetwork.Client network() {
        return network;
    }

    PagePool pages() {
        return pages;
    }

    FlushAndClose calls() {
        return calls;
    }

    LoopAgent loop() {
        return engine.agent();
    }

    boolean hasEnded() {
        return loop().hasEnded();
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

    boolean loopHasWork(long nowNanos) {
        return !frozen && !hasEnded() && (loopAgain || loopDue <= nowNanos || network.hasNews());
    }

    boolean callbacksHaveWork() {
        return !frozen && callbacks.hasTask();
    }

    boolean admissionHasWork() {
        return !frozen && admission.hasTask();
    }

    /** When the loop wakes up by itself; {@link Agenda#NEVER} when it does not. */
    long loopDue() {
        return frozen || hasEnded() ? Agenda.NEVER : loopDue;
    }

    /** One turn of the loop. */
    void turn(long nowNanos) {
        LoopAgent agent = loop();
        long idle = agent.turn();
        loopAgain = idle <= 0 || !agent.rest();
        loopDue = idle == Long.MAX_VALUE ? Agenda.NEVER : nowNanos + idle;
    }
}
