package io.penstock.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The single steps, each in a process of its own, in short: {@code benchmarks/run jmh} takes all of JMH's options. */
final class Pieces {

    static final String HEAD = "| step | ns | error of the mean |\n|---|---|---|";

    private static final TimeValue ITERATION = TimeValue.milliseconds(300);
    private static final int ITERATIONS = 5;
    private static final String ALL = "Piece\\.";

    private Pieces() {}

    static List<String> measure(Effort effort) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(ALL)
                .forks(1)
                .warmupIterations(effort.isRehearsal() ? 1 : ITERATIONS)
                .measurementIterations(effort.isRehearsal() ? 1 : ITERATIONS)
                .warmupTime(ITERATION)
                .measurementTime(ITERATION)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        Collection<RunResult> results = new Runner(options.build()).run();
        List<String> lines = new ArrayList<>();
        results.stream()
                .sorted(Comparator.comparing(each -> each.getParams().getBenchmark()))
                .forEach(each -> lines.add(String.format(
                        Locale.ROOT,
                        "| `%s` | %.1f | %.1f |",
                        shortName(each.getParams().getBenchmark()),
                        each.getPrimaryResult().getScore(),
                        each.getPrimaryResult().getScoreError())));
        return lines;
    }

    /** Class and method. */
    private static String shortName(String benchmark) {
        String[] parts = benchmark.split("\\.");
        return parts[parts.length - 2] + "." + parts[parts.length - 1];
    }
}
