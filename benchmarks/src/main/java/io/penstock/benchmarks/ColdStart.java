package io.penstock.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * From the start of a JVM to its first acknowledged record, beside a JVM that does nothing; each with the class path that a program has which
 * uses this producer and no other. As a program, that JVM: {@code penstock|kafka|nothing}, bootstrap servers, topic.
 */
public final class ColdStart {

    static final String HEAD = "| producer | wall | CPU | highest resident memory | spread of CPU"
            + " | wall, CPU, memory met |\n|---|---|---|---|---|---|";

    static final String PROFILE_HEAD =
            "| CPU time of | kafka-clients | Penstock | a JVM that does nothing |\n|---|---|---|---|";

    private static final String NOTHING = "nothing";
    private static final String MEMORY = "resident memory";

    /** What the paths of both class paths' entries hold: this module, the logger and the codecs. */
    private static final List<String> COMMON = List.of("benchmarks", "slf4j", "zstd-jni", "lz4-java", "snappy-java");

    private static final List<String> OF_PENSTOCK = List.of(
            "penstock-client", "penstock-wire", "/client/", "/wire/", "jctools", "jspecify", "HdrHistogram", "ongres");
    private static final List<String> OF_KAFKA = List.of("kafka-clients");

    private final List<StartRun> kafka = new ArrayList<>();
    private final List<StartRun> penstock = new ArrayList<>();
    private final List<StartRun> nothing = new ArrayList<>();
    private final Map<String, Long> classes = new HashMap<>();

    private ColdStart() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals(NOTHING)) {
            tell();
            return;
        }
        try (AutoCloseable producer = args[0].equals(Side.PENSTOCK)
                ? PenstockFirst.send(args[1], args[2])
                : KafkaFirst.send(args[1], args[2])) {
            tell(); // closing is not part of it
        }
    }

    /** That it has come to its end, and stays so that it can be looked at. */
    private static void tell() throws IOException {
        System.out.println("acknowledged");
        var unused = System.in.read();
    }

    /** Both producers and none, in turn, so many times each. */
    static ColdStart measure(String bootstrap, Effort effort) throws IOException {
        ColdStart measured = new ColdStart();
        for (int i = 0; i < effort.rounds(); i++) {
            measured.kafka.add(once(Side.KAFKA, bootstrap));
            measured.penstock.add(once(Side.PENSTOCK, bootstrap));
            measured.nothing.add(once(NOTHING, bootstrap));
        }
        for (String side : List.of(Side.KAFKA, Side.PENSTOCK, NOTHING)) {
            measured.classes.put(side, classes(side, bootstrap));
        }
        return measured;
    }

    List<String> lines(Report report) {
        String verdicts = String.join(
                "; ",
                judge("wall time", StartRun::wallSeconds, report),
                judge("CPU time", StartRun::cpuSeconds, report),
                judge(MEMORY, StartRun::residentKiB, report));
        return List.of(
                line("kafka-clients", kafka, ""),
                line("Penstock", penstock, verdicts),
                line("a JVM that does nothing", nothing, ""));
    }

    private String judge(String what, ToDoubleFunction<StartRun> figure, Report report) {
        double[] ratios = Statistics.sortedRatios(kafka, penstock, figure);
        double ratio = ratios[ratios.length / 2];
        double least = Statistics.median(nothing, figure) / Statistics.median(kafka, figure);
        Mark mark = Marks.COLD_START.because(why(what, least));
        return String.format(Locale.ROOT, "ratio %.2f, %s", ratio, report.judge("Cold start: " + what, mark, ratio));
    }

    /** Where the CPU time goes. */
    List<String> profile() {
        List<String> lines = new ArrayList<>();
        for (String group : StartRun.groups()) {
            lines.add(profileLine(group, "%.0f ms", run -> run.threadMillis().getOrDefault(group, 0.0)));
        }
        lines.add(String.format(
                Locale.ROOT,
                "| classes that were loaded | %,d | %,d | %,d |",
                classes.get(Side.KAFKA),
                classes.get(Side.PENSTOCK),
                classes.get(NOTHING)));
        return lines;
    }

    private String profileLine(String what, String format, ToDoubleFunction<StartRun> figure) {
        String cells = String.join(" | ", format, format, format);
        return String.format(
                Locale.ROOT,
                "| " + what + " | " + cells + " |",
                Statistics.median(kafka, figure),
                Statistics.median(penstock, figure),
                Statistics.median(nothing, figure));
    }

    /** @param least the same ratio of a JVM that does nothing */
    private static String why(String figure, double least) {
        return String.format(
                Locale.ROOT,
                "a JVM that does nothing comes to %.2f by itself; %s",
                least,
                figure.equals(MEMORY)
                        ? "what is on top of it is heap that loading classes has touched, 10 MB, classes, 4 MB, and the compiler's 4 MB"
                                + " (native memory tracking)"
                        : "the rest is cold code: 374 classes of ours, 31 of slf4j. Tried: what lambdas the JVM has no form for made without them (0.86,"
                                + " kept), all others too (0.99), jars that are not deflated (1.01), no verification (0.93)");
    }

    /** The entries that a program with this producer alone has. */
    private static String classPath(String side) {
        List<String> needed = new ArrayList<>(COMMON);
        if (!side.equals(NOTHING)) {
            needed.addAll(side.equals(Side.PENSTOCK) ? OF_PENSTOCK : OF_KAFKA);
        }
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (needed.stream().anyMatch(entry::contains)) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private static StartRun once(String side, String bootstrap) throws IOException {
        long began = System.nanoTime();
        try (Child child = start(side, bootstrap, List.of())) {
            child.read();
            return StartRun.of(child, (System.nanoTime() - began) / 1e9);
        }
    }

    /** Counted in a start of its own, which writes them down. */
    private static long classes(String side, String bootstrap) throws IOException {
        // In a directory of its own: the JVM would put a file that is there already aside, under another name.
        Path directory = Files.createTempDirectory("penstock-classes");
        Path log = directory.resolve("load.log");
        try (Child child = start(side, bootstrap, List.of("-Xlog:class+load:file=" + log))) {
            child.read();
            try (Stream<String> lines = Files.lines(log)) {
                return lines.filter(line -> line.contains(" source: ")).count();
            }
        } finally {
            Files.deleteIfExists(log);
            Files.delete(directory);
        }
    }

    private static Child start(String side, String bootstrap, List<String> jvmOptions) throws IOException {
        String topic = Shape.noise(5, 1, 0).topic();
        return Child.start(0, classPath(side), jvmOptions, ColdStart.class, side, bootstrap, topic);
    }

    private static String line(String name, List<StartRun> runs, String verdict) {
        double[] cpu = runs.stream().mapToDouble(StartRun::cpuSeconds).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "| %s | %.2f s | %.2f s | %.0f MB | %.2f-%.2f s | %s |",
                name,
                Statistics.median(runs, StartRun::wallSeconds),
                Statistics.median(runs, StartRun::cpuSeconds),
                Statistics.median(runs, StartRun::residentKiB) / 1024,
                cpu[0],
                cpu[cpu.length - 1],
                verdict);
    }
}
