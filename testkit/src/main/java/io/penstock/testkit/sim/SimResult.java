package io.penstock.testkit.sim;

import org.jspecify.annotations.Nullable;

/**
 * How a seed went.
 *
 * @param options what was drawn, in words
 * @param traceHash of everything that happened; equal for two runs of one seed
 * @param eventCount how much that was
 * @param finding what was found wrong, by which checker; null when nothing was
 */
public record SimResult(
        long seed,
        String options,
        long traceHash,
        long eventCount,
        int recordCount,
        @Nullable String finding) {

    public boolean isFine() {
        return finding == null;
    }

    /** What was found, in which world, and how to see it again. */
    public String report() {
        return finding + "\n\n" + options + "\n\nAgain, with every event printed:\n" + replayCommand();
    }

    public String replayCommand() {
        return "mvn -q -pl testkit -am test -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dpenstock.sim.seed=" + seed;
    }
}
