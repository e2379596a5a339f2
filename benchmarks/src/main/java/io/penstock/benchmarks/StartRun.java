package io.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one process used from its start to its first acknowledged record, read from outside: a process that looked at itself would first start
 * what it looks with, and one producer has that running already where the other has not.
 *
 * @param wallSeconds as its parent saw it
 * @param threadMillis CPU time by group of threads, {@link #GROUPS}; all 0 where the system does not tell
 */
record StartRun(double wallSeconds, double cpuSeconds, double residentKiB, Map<String, Double> threadMillis) {

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

    /** Of a process that has nothing to do any more. */
    static StartRun of(Child child, double wallSeconds) throws IOException {
        Path process = Path.of("/proc", String.valueOf(child.pid()));
        Map<String, Double> threads = threads(process.resolve("task"));
        double millis =
                threads.values().stream().mapToDouble(Double::doubleValue).sum();
        return new StartRun(
                wallSeconds, millis > 0 ? millis / 1e3 : child.cpuSeconds(), highestResidentKiB(process), threads);
    }

    /** All groups, in their order. */
    static Iterable<String> groups() {
        return threadsOf(Map.of()).keySet();
    }

    private static Map<String, Double> threads(Path folder) {
        Map<String, Double> byName = new LinkedHashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(folder)) {
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

    private static long highestResidentKiB(Path process) throws IOException {
        Path status = process.resolve("status");
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
