package io.penstock.benchmarks;

/**
 * How long is measured.
 *
 * @param rounds measured windows of each side, taken in turn
 * @param warmups windows before them that do not count, at least
 * @param mostWarmups the same at most, while a contender is not {@link #isWarm warm}
 * @param windowSeconds of sending as fast as it goes
 * @param pacedSeconds of sending at a steady rate
 * @param profileSeconds recorded by the JVM for one profile
 */
record Effort(
        int rounds, int warmups, int mostWarmups, double windowSeconds, double pacedSeconds, double profileSeconds) {

    static final Effort FULL = new Effort(5, 5, 30, 0.6, 1, 5);
    static final Effort SHORT = new Effort(3, 2, 4, 0.5, 1, 5);

    /** The compiler's time beside all else's in a window that counts, at most. */
    private static final double MAX_COMPILER_SHARE = 0.03;

    /** Windows to warm up at a steady rate, where there may be so many. */
    private static final int STEADY_WARMUPS = 12;

    /** Everything once: shows that it runs, measures nothing. */
    static final Effort REHEARSAL = new Effort(1, 1, 1, 0.1, 0.2, 1);

    /**
     * The same with a fixed number of windows to warm up, many of them: at a steady rate the compiler hears of code late, and what is
     * measured are the rarest delays.
     */
    Effort patient() {
        int fixed = Math.min(mostWarmups, STEADY_WARMUPS);
        return new Effort(rounds, fixed, fixed, windowSeconds, pacedSeconds, profileSeconds);
    }

    /** Twice as many that count after as many to warm up as there may be: for a difference that is hoped not to be there. */
    Effort careful() {
        return new Effort(2 * rounds, mostWarmups, mostWarmups, windowSeconds, pacedSeconds, profileSeconds);
    }

    boolean isRehearsal() {
        return rounds == 1;
    }

    /** Whether so little was compiled in a window that the next one may count. */
    static boolean isWarm(double compileSeconds, double cpuSeconds) {
        return compileSeconds <= MAX_COMPILER_SHARE * cpuSeconds;
    }

    String window() {
        return "window " + windowSeconds;
    }
}
