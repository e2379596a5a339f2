package io.penstock.benchmarks;

import java.util.Map;

/**
 * One row of the comparison.
 *
 * @param mark of its CPU time
 * @param settings beyond the defaults
 * @param isMain whether the short run has it too
 */
record Workload(String name, Mark mark, Shape shape, Map<String, Object> settings, boolean isMain) {

    static Workload of(String name, Mark mark, Shape shape) {
        return new Workload(name, mark, shape, Map.of(), false);
    }

    Workload with(Map<String, Object> other) {
        return new Workload(name, mark, shape, other, isMain);
    }

    Workload main() {
        return new Workload(name, mark, shape, settings, true);
    }

    /** The same work in another table. */
    Workload named(String other, Mark otherMark) {
        return new Workload(other, otherMark, shape, settings, isMain);
    }

    boolean isCompressed() {
        return settings.containsKey("compression.type");
    }
}
