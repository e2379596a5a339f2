package io.penstock.internal.loop;

import java.util.Locale;

/** What a thread of the producer does while it has nothing to do ({@code loop.idle.strategy}). */
public enum IdleStrategy {
    /** It sleeps, and is woken: no CPU time, and some tens of microseconds until it runs again. */
    PARK {
        @Override
        public void pause() {
            throw new IllegalStateException("A thread that parks does not pause");
        }
    },

    /** It looks again and again, and lets every other thread of its core go first. */
    YIELD {
        @Override
        public void pause() {
            Thread.yield();
        }
    },

    /** It looks again and again, and keeps its core. */
    SPIN {
        @Override
        public void pause() {
            Thread.onSpinWait();
        }
    };

    /** Between two looks, for one that does not park. */
    public abstract void pause();

    /** By the name that the setting has, in any case. */
    public static IdleStrategy named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
