package io.penstock.testkit.sim;

/** What an engine that was loaded by {@link CountedEngine} has done; one for each such loader. */
public final class WorkCounter {

    private static long done;

    private WorkCounter() {}

    public static void count() {
        done++;
    }

    static long done() {
        return done;
    }
}
