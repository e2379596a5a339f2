package io.penstock.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A producer that takes part in a row.
 *
 * @param label what the tables call it
 * @param isCompiled whether one window warms it up, as nothing is compiled while it runs
 * @param starter starts its process
 */
record Contender(String label, boolean isCompiled, Starter starter) {

    interface Starter {
        Child start() throws IOException;
    }

    /** A {@link Worker} on the first core. */
    static Contender of(String label, String side, String workload, String bootstrap, String... settings) {
        return withOptions(label, List.of(), side, workload, bootstrap, settings);
    }

    /** A {@link Worker} on all cores. */
    static Contender onAnyCore(String label, String side, String workload, String bootstrap, String... settings) {
        return withOptions(label, Child.ANY_CORE, List.of(), List.of(side, bootstrap, workload), settings);
    }

    static Contender withOptions(
            String label, List<String> jvmOptions, String side, String workload, String bootstrap, String... settings) {
        return withOptions(label, 0, jvmOptions, List.of(side, bootstrap, workload), settings);
    }

    private static Contender withOptions(
            String label, int core, List<String> jvmOptions, List<String> work, String... settings) {
        List<String> args = new ArrayList<>(work);
        args.addAll(List.of(settings));
        return new Contender(
                label, false, () -> Child.start(core, jvmOptions, Worker.class, args.toArray(new String[0])));
    }
}
