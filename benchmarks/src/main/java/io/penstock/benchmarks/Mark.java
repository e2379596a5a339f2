package io.penstock.benchmarks;

import java.util.Locale;

/**
 * What a row is held to: Penstock's figure over {@code kafka-clients}', at most.
 *
 * <p>Given as the two figures that were measured when the marks were set. They move with the machine; their ratio is what counts.
 *
 * @param ours the figure meant for Penstock
 * @param theirs that of {@code kafka-clients}
 * @param reason why the row misses its mark, as far as is known and shown by a profile; empty when it does not; the table's title for a
 *     mark {@linkplain #inTable elsewhere}
 */
record Mark(double ours, double theirs, String reason) {

    static Mark of(double ours, double theirs) {
        return new Mark(ours, theirs, "");
    }

    static Mark ratio(double ratio) {
        return new Mark(ratio, 1, "");
    }

    /** None here: this work is held to its mark in a table of its own. */
    static Mark inTable(String title) {
        return new Mark(Double.POSITIVE_INFINITY, 1, title);
    }

    Mark because(String why) {
        return new Mark(ours, theirs, why);
    }

    double ratio() {
        return ours / theirs;
    }

    boolean isMet(double measured) {
        return measured <= ratio();
    }

    boolean isElsewhere() {
        return Double.isInfinite(ours);
    }

    /** The ratio in figures. */
    String text() {
        return isElsewhere() ? "-" : String.format(Locale.ROOT, "%.2f", ratio());
    }

    /** {@code yes}, or by how much not. */
    String verdict(double measured) {
        if (isElsewhere()) {
            return "see " + reason;
        }
        return isMet(measured)
                ? "yes"
                : String.format(Locale.ROOT, "misses by %.0f %%", 100 * (measured / ratio() - 1));
    }
}
