package io.penstock.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import jdk.jfr.Recording;

/**
 * A window during which the JVM's Flight Recorder ran, with what each thread used; the recording lies in a file.
 *
 * <p>The recorder sees Java code only. How much of a thread's time the kernel took is known exactly from its user and CPU time, so both
 * together tell where all of it went.
 *
 * @param window the same figures as without
 * @param threads by name
 */
record ProfiledWindow(Window window, List<ThreadUse> threads) {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Duration PERIOD = Duration.ofMillis(5);

    /** What one thread used during the window. */
    record ThreadUse(String name, double cpuSeconds, double userSeconds) {}

    static ProfiledWindow record(Path file, Callable<Window> work) throws Exception {
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ExecutionSample").withPeriod(PERIOD);
            recording.enable("jdk.ObjectAllocationSample").with("throttle", "1000/s");
            recording.start();
            Map<Long, long[]> before = uses();
            Window window = work.call();
            List<ThreadUse> threads = since(before);
            recording.stop();
            dump(recording, file);
            return new ProfiledWindow(window, threads);
        }
    }

    private static void dump(Recording recording, Path file) throws IOException {
        recording.dump(file);
    }

    private static Map<Long, long[]> uses() {
        Map<Long, long[]> uses = new HashMap<>();
        for (long id : THREADS.getAllThreadIds()) {
            uses.put(id, new long[] {THREADS.getThreadCpuTime(id), THREADS.getThreadUserTime(id)});
        }
        return uses;
    }

    private static List<ThreadUse> since(Map<Long, long[]> before) {
        List<ThreadUse> threads = new ArrayList<>();
        uses().forEach((id, use) -> {
            long[] old = before.getOrDefault(id, new long[2]);
            ThreadInfo info = THREADS.getThreadInfo(id);
            if (info != null && use[0] > old[0]) {
                threads.add(new ThreadUse(info.getThreadName(), (use[0] - old[0]) / 1e9, (use[1] - old[1]) / 1e9));
            }
        });
        return threads;
    }

    /** One line that {@link #parse} reads. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(window.toString());
        for (ThreadUse use : threads) {
            line.append('\t')
                    .append(String.format(Locale.ROOT, "%f %f ", use.cpuSeconds(), use.userSeconds()))
                    .append(use.name().replace('\t', ' '));
        }
        return line.toString();
    }

    static ProfiledWindow parse(String line) {
        String[] parts = line.split("\t");
        List<ThreadUse> threads = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            String[] use = parts[i].split(" ", 3);
            threads.add(new ThreadUse(use[2], Double.parseDouble(use[0]), Double.parseDouble(use[1])));
        }
        return new ProfiledWindow(Window.parse(parts[0]), threads);
    }
}
