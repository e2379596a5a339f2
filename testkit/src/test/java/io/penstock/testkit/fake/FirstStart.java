package io.penstock.testkit.fake;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ServiceLoader;

/**
 * The first fake cluster of a JVM, and another one after it: prints for each the microseconds on the clock and on the processor.
 *
 * <p>A main class for JVMs of its own, which {@link FakeClusterStartUp} measures and {@link FakeClusterStartTest} watches. It touches nothing
 * beforehand that would load classes, unless it is to look through the class path for services first, as JUnit has before any test.
 */
final class FirstStart {

    private static final long NANOS_PER_MICRO = 1_000;

    private FirstStart() {}

    /** Loaded when the first cluster has started, so that a log of the classes loaded shows where that was. */
    private static final class Started {
        static void mark() {}
    }

    /** @param args {@code small} or {@code usual}; then, perhaps, {@code services} */
    public static void main(String[] args) {
        if (args.length > 1) {
            ServiceLoader.load(Runnable.class).findFirst();
        }
        long[] first = timed(args[0]);
        long[] second = timed(args[0]);
        System.out.println(first[0] + " " + first[1] + " " + second[0] + " " + second[1]);
    }

    private static long[] timed(String kind) {
        long cpu = cpuNanos();
        long began = System.nanoTime();
        FakeCluster cluster = start(kind);
        long took = System.nanoTime() - began;
        long cpuTook = cpuNanos() - cpu;
        Started.mark();
        cluster.close();
        return new long[] {took / NANOS_PER_MICRO, cpuTook / NANOS_PER_MICRO};
    }

    private static FakeCluster start(String kind) {
        if (kind.equals("usual")) {
            return FakeClusterStartUp.usual();
        }
        return FakeCluster.builder().topic("t", 1).start();
    }

    /** What this thread has run for, by the first number of Linux' account; 0 elsewhere. A management bean would load some hundred classes. */
    private static long cpuNanos() {
        try (InputStream account = new FileInputStream("/proc/thread-self/schedstat")) {
            long nanos = 0;
            for (int digit = account.read(); digit >= '0' && digit <= '9'; digit = account.read()) {
                nanos = nanos * 10 + digit - '0';
            }
            return nanos;
        } catch (IOException e) {
            return 0;
        }
    }
}
