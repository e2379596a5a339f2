package io.penstock.benchmarks;

import java.util.Locale;

/**
 * What a row is held to: Penstock's figure over {@code kafka-clients}', at most.
 *
 * <p>Given as the two figures that were measured when the marks were set. They move with the machine; their ratio is what counts.
 *
 * @param ours the figure meant for Penstock
 * @param theirs that of {@code kafka-clients}
 * @param reason why the row misses its mark, as far as is known and shown by a profile; empty when it does not
 */
record Mark(double ours, double theirs, String reason) {

    static Mark of(double ours, double theirs) {
        return new Mark(ours, theirs, "");
    }

    static Mark ratio(double ratio) {
        return new Mark(ratio, 1, "");
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

    /** {@code yes}, or by how much not. */
    String verdict(double measured) {
        return isMet(measured)
                ? "yes"
                : String.format(Locale.ROOT, "misses by %.0f %%", 100 * (measured / ratio() - 1));
    }
}
