package io.penstock.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * From the start of a JVM to its first acknowledged record, beside a JVM that does nothing; each with the class path that a program has which
 * uses this producer and no other. As a program, that JVM: {@code penstock|kafka|nothing}, bootstrap servers, topic.
 */
public final class ColdStart {

    static final String HEAD = "| producer | wall | CPU | highest resident memory | spread of CPU"
            + " | wall, CPU, memory met |\n|---|---|---|---|---|---|";

    private static final String NOTHING = "nothing";
    private static final String MEMORY = "resident memory";

    /** What the paths of both class paths' entries hold: this module, the logger and the codecs. */
    private static final List<String> COMMON = List.of("benchmarks", "slf4j", "zstd-jni", "lz4-java", "snappy-java");

    private static final List<String> OF_PENSTOCK = List.of(
            "penstock-client", "penstock-wire", "/client/", "/wire/", "jctools", "jspecify", "HdrHistogram", "ongres");
    private static final List<String> OF_KAFKA = List.of("kafka-clients");

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

    private static void tell() throws IOException {
        System.out.println(ProcessCost.now().cpuSeconds() + " " + highestResidentKiB());
    }

    /** Both producers, in turn, so many times each. */
    static List<String> measure(String bootstrap, Effort effort, Report report) throws IOException {
        List<double[]> kafka = new ArrayList<>();
        List<double[]> penstock = new ArrayList<>();
        List<double[]> nothing = new ArrayList<>();
        for (int i = 0; i < effort.rounds(); i++) {
            kafka.add(once(Side.KAFKA, bootstrap));
            penstock.add(once(Side.PENSTOCK, bootstrap));
            nothing.add(once(NOTHING, bootstrap));
        }
        List<String> verdicts = new ArrayList<>();
        String[] figures = {"wall time", "CPU time", MEMORY};
        for (int i = 0; i < figures.length; i++) {
            int at = i;
            double[] ratios = Statistics.sortedRatios(kafka, penstock, run -> run[at]);
            double ratio = ratios[ratios.length / 2];
            double least = Statistics.median(nothing, run -> run[at]) / Statistics.median(kafka, run -> run[at]);
            verdicts.add(String.format(
                    Locale.ROOT,
                    "ratio %.2f, %s",
                    ratio,
                    report.judge(
                            "Cold start: " + figures[i], Marks.COLD_START.because(why(figures[i], least)), ratio)));
        }
        return List.of(
                line("kafka-clients", kafka, ""),
                line("Penstock", penstock, String.join("; ", verdicts)),
                line("a JVM that does nothing", nothing, ""));
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
                        : "the rest is cold code: 374 classes of ours, 31 of slf4j, some 84 lambdas. Tried: classes for lambdas (0.28 ms"
                                + " each as a lambda, 0.25 ms as a class), no verification (6 % less), no second compiler (18 % less)");
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

    private static double[] once(String side, String bootstrap) throws IOException {
        String topic = Shape.noise(5, 1, 0).topic();
        long began = System.nanoTime();
        try (Child child = Child.start(0, classPath(side), List.of(), ColdStart.class, side, bootstrap, topic)) {
            String[] parts = child.read().split(" ");
            return new double[] {
                (System.nanoTime() - began) / 1e9, Double.parseDouble(parts[0]), Double.parseDouble(parts[1])
            };
        }
    }

    private static String line(String name, List<double[]> runs, String verdict) {
        double[] cpu = runs.stream().mapToDouble(run -> run[1]).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "| %s | %.2f s | %.2f s | %.0f MB | %.2f-%.2f s | %s |",
                name,
                Statistics.median(runs, run -> run[0]),
                Statistics.median(runs, run -> run[1]),
                Statistics.median(runs, run -> run[2]) / 1024,
                cpu[0],
                cpu[cpu.length - 1],
                verdict);
    }

    private static long highestResidentKiB() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }
}
