package io.penstock.internal.loop;

/** Work that the loop looks at in every turn; must cost next to nothing when there is none. Runs on the loop. */
@FunctionalInterface
public interface LoopDuty {

    /** Does what is ready now; returns true when it wants another turn at once. */
    boolean run(long nowNanos);
}
