package io.penstock.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * From the start of a JVM to its first acknowledged record, beside a JVM that does nothing. As a program, that JVM: {@code
 * penstock|kafka|nothing}, bootstrap servers.
 */
public final class ColdStart {

    static final String HEAD = "| producer | wall | CPU | highest resident memory | spread of CPU"
            + " | wall, CPU, memory met |\n|---|---|---|---|---|---|";

    private static final String NOTHING = "nothing";

    private ColdStart() {}

    public static void main(String[] args) throws IOException {
        if (args[0].equals(NOTHING)) {
            tell();
        } else {
            sendOne(args);
        }
    }

    private static void tell() throws IOException {
        System.out.println(ProcessCost.now().cpuSeconds() + " " + highestResidentKiB());
    }

    private static void sendOne(String[] args) throws IOException {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", args[1]);
        try (Side side = Side.of(args[0], settings, Shape.noise(5, 1, 0))) {
            side.send(-1, "first".getBytes(StandardCharsets.UTF_8));
            side.flush();
            if (side.failedCount() > 0) {
                throw new IllegalStateException("The first record was not acknowledged");
            }
            tell(); // closing is not part of it
        }
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
        String[] figures = {"wall time", "CPU time", "resident memory"};
        for (int i = 0; i < figures.length; i++) {
            int at = i;
            double[] ratios = Statistics.sortedRatios(kafka, penstock, run -> run[at]);
            double ratio = ratios[ratios.length / 2];
            verdicts.add(String.format(
                    Locale.ROOT,
                    "ratio %.2f, %s",
                    ratio,
                    report.judge("Cold start: " + figures[i], Marks.COLD_START, ratio)));
        }
        return List.of(
                line("kafka-clients", kafka, ""),
                line("Penstock", penstock, String.join("; ", verdicts)),
                line("a JVM that does nothing", nothing, ""));
    }

    private static double[] once(String side, String bootstrap) throws IOException {
        long began = System.nanoTime();
        try (Child child = Child.start(0, ColdStart.class, side, bootstrap)) {
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
