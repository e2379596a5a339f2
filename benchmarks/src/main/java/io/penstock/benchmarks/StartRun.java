package io.penstock.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What one process used from its start to its first acknowledged record.
 *
 * @param wallSeconds as its parent saw it
 * @param threadMillis CPU time by group of threads, {@link #GROUPS}; all 0 where the system does not tell
 */
record StartRun(
        double wallSeconds, double cpuSeconds, double residentKiB, int classes, Map<String, Double> threadMillis) {

    private static final String OTHERS = "all others, above all the JVM's own";

    /** By how the system calls their threads, which is 15 characters long. */
    private static final Map<String, String> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put("java", "the JVM's start, and the thread that makes the producer and sends");
        GROUPS.put("penstock-sender", "the producer's loop");
        GROUPS.put("kafka-producer", "the producer's loop");
        GROUPS.put("penstock-callba", "callbacks");
        GROUPS.put("C1 ", "the compilers");
        GROUPS.put("C2 ", "the compilers");
        GROUPS.put("G1 ", "the collector");
        GROUPS.put("GC ", "the collector");
        GROUPS.put("", OTHERS);
    }

    /** Of this process, as the line that {@link #parse} reads. */
    static String line() throws IOException {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%f %d %d",
                ProcessCost.now().cpuSeconds(),
                highestResidentKiB(),
                ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount()));
        threads().forEach((group, millis) -> line.append(String.format(Locale.ROOT, "\t%f %s", millis, group)));
        return line.toString();
    }

    static StartRun parse(double wallSeconds, String line) {
        String[] parts = line.split("\t");
        String[] figures = parts[0].split(" ");
        Map<String, Double> threads = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] use = parts[i].split(" ", 2);
            threads.put(use[1], Double.parseDouble(use[0]));
        }
        return new StartRun(
                wallSeconds,
                Double.parseDouble(figures[0]),
                Double.parseDouble(figures[1]),
                Integer.parseInt(figures[2]),
                threads);
    }

    /** All groups, in their order. */
    static Iterable<String> groups() {
        return threadsOf(Map.of()).keySet();
    }

    private static Map<String, Double> threads() {
        Map<String, Double> byName = new LinkedHashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                String used = Files.readString(task.resolve("schedstat"));
                byName.merge(
                        Files.readString(task.resolve("comm")).strip(),
                        Long.parseLong(used.substring(0, used.indexOf(' '))) / 1e6,
                        Double::sum);
            }
        } catch (IOException e) {
            return threadsOf(Map.of()); // not this system, or a thread that has just ended
        }
        return threadsOf(byName);
    }

    private static Map<String, Double> threadsOf(Map<String, Double> byName) {
        Map<String, Double> groups = new LinkedHashMap<>();
        GROUPS.values().forEach(group -> groups.put(group, 0.0));
        byName.forEach((name, millis) -> groups.merge(groupOf(name), millis, Double::sum));
        return groups;
    }

    private static String groupOf(String name) {
        for (Map.Entry<String, String> group : GROUPS.entrySet()) {
            if (name.startsWith(group.getKey())) {
                return group.getValue();
            }
        }
        return OTHERS;
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
