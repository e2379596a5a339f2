package io.penstock.testkit.fake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Measures how long fake clusters take to start and what they hold. Not part of the build, and no limit is asserted, since times depend on the
 * machine.
 *
 * <p>How to run it, and what came out, is in docs/TESTING.md.
 */
class FakeClusterStartUp {

    private static final int JVM_COUNT = Integer.getInteger("jvms", 11);
    private static final int ROUNDS = 50;
    private static final int BIG_ROUNDS = 3;
    private static final double MICROS_PER_MILLI = 1_000;

    @Test
    void inNewJvms() throws IOException {
        inNewJvms("1 broker, 1 topic of 1 partition", "small", "services");
        inNewJvms("3 brokers, 10 topics of 100 partitions", "usual", "services");
        inNewJvms("1 broker, 1 topic of 1 partition, class path untouched", "small");
    }

    @Test
    void inOneJvm() {
        report("1 broker, 1 topic of 1 partition", ROUNDS, () -> FakeCluster.builder()
                .topic("t", 1)
                .start());
        report("3 brokers, 10 topics of 100 partitions", ROUNDS, FakeClusterStartUp::usual);
        report("1,000 brokers, 1,000 topics of 1,000 partitions", BIG_ROUNDS, BigClusterTest::start);
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();
        try (FakeCluster cluster = BigClusterTest.start()) {
            System.gc();
            long held = runtime.totalMemory() - runtime.freeMemory() - before;
            System.out.println("the last holds " + held / 1_000_000 + " MB, " + cluster.partitionCount("t0")
                    + " partitions in its first topic");
        }
    }

    static FakeCluster usual() {
        FakeClusterBuilder builder = FakeCluster.builder().brokers(3);
        for (int i = 0; i < 10; i++) {
            builder.topic("t" + i, 100);
        }
        return builder.start();
    }

    /** Each figure of {@link FirstStart}: the median of all JVMs, with the least and the most. */
    private static void inNewJvms(String what, String... arguments) throws IOException {
        long[][] micros = new long[4][JVM_COUNT];
        for (int i = 0; i < JVM_COUNT; i++) {
            String[] printed = printed(List.of(), arguments).strip().split(" ");
            for (int figure = 0; figure < micros.length; figure++) {
                micros[figure][i] = Long.parseLong(printed[figure]);
            }
        }
        String[] names = {"first", "first, of a core", "second", "second, of a core"};
        for (int figure = 0; figure < micros.length; figure++) {
            long[] sorted = micros[figure];
            Arrays.sort(sorted);
            System.out.printf(
                    "%s, %s in its JVM: median %.1f ms, %.1f to %.1f ms of %d%n",
                    what,
                    names[figure],
                    sorted[JVM_COUNT / 2] / MICROS_PER_MILLI,
                    sorted[0] / MICROS_PER_MILLI,
                    sorted[JVM_COUNT - 1] / MICROS_PER_MILLI,
                    JVM_COUNT);
        }
    }

    /** What a {@link FirstStart} of these arguments prints, in a JVM of its own with these options. */
    static String printed(List<String> options, String... arguments) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), FirstStart.class.getName()));
        line.addAll(List.of(arguments));
        Process jvm = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void report(String what, int rounds, Supplier<FakeCluster> start) {
        long[] nanos = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            long before = System.nanoTime();
            FakeCluster cluster = start.get();
            nanos[i] = System.nanoTime() - before;
            cluster.close();
        }
        double first = millis(nanos[0]);
        Arrays.sort(nanos);
        System.out.printf(
                "%s, all in one JVM: first %.1f ms, median %.1f ms, slowest %.1f ms of %d%n",
                what, first, millis(nanos[rounds / 2]), millis(nanos[rounds - 1]), rounds);
    }

    private static double millis(long nanos) {
        return nanos / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
