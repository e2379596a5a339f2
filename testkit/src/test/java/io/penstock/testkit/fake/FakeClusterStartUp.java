package io.penstock.testkit.fake;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Measures how long fake clusters take to start and what they hold; no test, since that depends on the machine.
 *
 * <p>How to run it, and what came out, is in docs/TESTING.md.
 */
final class FakeClusterStartUp {

    private static final int ROUNDS = 50;
    private static final int BIG_ROUNDS = 3;

    private FakeClusterStartUp() {}

    public static void main(String[] args) {
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

    private static FakeCluster usual() {
        FakeClusterBuilder builder = FakeCluster.builder().brokers(3);
        for (int i = 0; i < 10; i++) {
            builder.topic("t" + i, 100);
        }
        return builder.start();
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
                "%s: first %.1f ms, median %.1f ms, slowest %.1f ms of %d%n",
                what, first, millis(nanos[rounds / 2]), millis(nanos[rounds - 1]), rounds);
    }

    private static double millis(long nanos) {
        return nanos / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
