package io.penstock.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Compares the producers against a discarding broker: each side a process of its own on the first core, the broker one on the
 * second, windows taken in turn, the median of each side and of the ratios window by window.
 *
 * <p>Arguments: {@code [rounds [warm-up rounds [part of a workload's name]]]}.
 */
public final class Compare {

    private Compare() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int warmup = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        String filter = args.length > 2 ? args[2] : "";
        System.out.println("CPU seconds a million records (records/s), medians of " + rounds + " windows, "
                + System.getProperty("java.vm.name") + " " + System.getProperty("java.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " cores");
        System.out.println();
        System.out.println("| work | kafka-clients | Penstock | ratio (spread) | bytes allocated a record, each |");
        System.out.println("|---|---|---|---|---|");
        for (Workload workload : Workloads.ALL) {
            if (workload.name().contains(filter)) {
                compare(workload, rounds, warmup);
            }
        }
    }

    private static void compare(Workload workload, int rounds, int warmup) throws Exception {
        List<Window> kafka = new ArrayList<>();
        List<Window> penstock = new ArrayList<>();
        try (Child broker = Child.start(1, "io.penstock.testkit.DiscardingBroker")) {
            String bootstrap = broker.read();
            try (Child a = Child.start(0, Worker.class.getName(), "kafka", bootstrap, workload.name());
                    Child b = Child.start(0, Worker.class.getName(), "penstock", bootstrap, workload.name())) {
                a.read();
                b.read();
                for (int i = 0; i < warmup + rounds; i++) {
                    Window ofKafka = Window.parse(a.ask());
                    Window ofPenstock = Window.parse(b.ask());
                    if (i >= warmup) {
                        kafka.add(ofKafka);
                        penstock.add(ofPenstock);
                    }
                }
            }
        }
        double[] ratios = new double[rounds];
        long failed = 0;
        for (int i = 0; i < rounds; i++) {
            ratios[i] = penstock.get(i).cpuSecondsPerMillion() / kafka.get(i).cpuSecondsPerMillion();
            failed += kafka.get(i).failed() + penstock.get(i).failed();
        }
        Arrays.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f (%.2f M/s) | %.2f (%.2f M/s) | %.2f (%.2f-%.2f)%s | %.0f, %.0f |%n",
                workload.name(),
                median(kafka, Window::cpuSecondsPerMillion),
                median(kafka, Window::recordsPerSecond) / 1e6,
                median(penstock, Window::cpuSecondsPerMillion),
                median(penstock, Window::recordsPerSecond) / 1e6,
                ratios[rounds / 2],
                ratios[0],
                ratios[rounds - 1],
                failed == 0 ? "" : " " + failed + " FAILED",
                median(kafka, Window::allocatedBytes),
                median(penstock, Window::allocatedBytes));
    }

    private static double median(List<Window> windows, ToDoubleFunction<Window> figure) {
        return windows.stream().mapToDouble(figure).sorted().toArray()[windows.size() / 2];
    }

    /** A Java process with this one's class path, pinned to a core where that can be done. */
    private static final class Child implements AutoCloseable {

        private final Process process;
        private final BufferedReader out;
        private final PrintStream in;

        private Child(Process process) {
            this.process = process;
            this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        }

        static Child start(int core, String mainClass, String... args) throws IOException {
            List<String> command = new ArrayList<>();
            if (Files.isExecutable(Path.of("/usr/bin/taskset"))
                    && Runtime.getRuntime().availableProcessors() > core) {
                command.addAll(List.of("/usr/bin/taskset", "-c", String.valueOf(core)));
            }
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx1g",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                    "-cp",
                    System.getProperty("java.class.path"),
                    mainClass));
            command.addAll(List.of(args));
            return new Child(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }

        String ask() throws IOException {
            in.println("go");
            return read();
        }

        String read() throws IOException {
            String line = out.readLine();
            if (line == null) {
                throw new IOException("A measured process ended early; its errors are above");
            }
            return line;
        }

        @Override
        public void close() throws InterruptedException {
            in.close();
            process.waitFor();
        }
    }
}
