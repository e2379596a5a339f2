package io.penstock.benchmarks;

/**
 * How long is measured.
 *
 * @param rounds measured windows of each side, taken in turn
 * @param warmups windows before them that do not count, at least
 * @param mostWarmups the same at most, while much is compiled
 * @param windowSeconds of sending
 * @param isFull all rows, or the main ones alone
 */
record Effort(int rounds, int warmups, int mostWarmups, double windowSeconds, boolean isFull) {

    static final Effort FULL = new Effort(5, 3, 8, 0.8, true);
    static final Effort SHORT = new Effort(3, 2, 5, 0.6, false);
}
