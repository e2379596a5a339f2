package io.penstock.testkit.sim;

import io.penstock.internal.loop.LoopAgent;

/** One of the loops of a {@link SimProducer}, with its way into the network and when it wakes up by itself. */
final class SimLoop {

    private final LoopAgent agent;
    private final SimNetwork.Client network;
    private long due;
    private boolean again = true;

    SimLoop(LoopAgent agent, SimNetwork.Client network) {
        this.agent = agent;
        this.network = network;
    }

    SimNetwork.Client network() {
        return network;
    }

    boolean hasEnded() {
        return agent.hasEnded();
    }

    long failureCount() {
        return agent.failureCount();
    }

    boolean hasWork(long nowNanos) {
        return !hasEnded() && (again || due <= nowNanos || network.hasNews());
    }

    /** {@link Agenda#NEVER} when it does not. */
    long due() {
        return hasEnded() ? Agenda.NEVER : due;
    }

    void turn(long nowNanos) {
        long idle = agent.turn();
        again = idle <= 0 || !agent.rest();
        due = idle == Long.MAX_VALUE ? Agenda.NEVER : nowNanos + idle;
    }
}
