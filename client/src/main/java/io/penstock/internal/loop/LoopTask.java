package io.penstock.internal.loop;

/** Something another thread wants done on the loop; runs once, there, and must not block. */
@FunctionalInterface
public interface LoopTask {

    void run(long nowNanos);
}
