package io.penstock.internal.loop;

import java.util.Locale;

/** What a thread of the producer does while it has nothing to do ({@code loop.idle.strategy}). */
public enum IdleStrategy {
    /** It sleeps, and is woken: no CPU time, and some tens of microseconds until it runs again. */
    PARK,

    /** It looks again and again, and lets every other thread of its core go first. */
    YIELD,

    /** It looks again and again, and keeps its core. */
    SPIN;

    /** Between two looks, for one that does not park. */
    public void pause() {
        switch (this) {
            case YIELD -> Thread.yield();
            case SPIN -> Thread.onSpinWait();
            case PARK -> throw new IllegalStateException("A thread that parks does not pause");
        }
    }

    /** By the name that the setting has, in any case. */
    public static IdleStrategy named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
