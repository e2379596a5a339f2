package io.penstock.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What this process has used so far.
 *
 * @param cpuSeconds user and system time of all threads
 * @param compileSeconds of which the just-in-time compiler's; 0 where the system does not tell
 * @param allocatedBytes by all threads that live, and by those that said so before they ended
 * @param collections of garbage
 */
record ProcessCost(double cpuSeconds, double compileSeconds, long allocatedBytes, long collections) {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final AtomicLong ALLOCATED_BY_ENDED = new AtomicLong();

    static ProcessCost now() {
        long allocated = ALLOCATED_BY_ENDED.get();
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            allocated += Math.max(0, bytes);
        }
        long collections = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections += Math.max(0, collector.getCollectionCount());
        }
        return new ProcessCost(SYSTEM.getProcessCpuTime() / 1e9, compilerSeconds(), allocated, collections);
    }

    /** CPU time since then, of all threads but the compiler's. */
    double cpuSecondsSince(ProcessCost before) {
        return Math.max(0, cpuSeconds - before.cpuSeconds - compileSecondsSince(before));
    }

    double compileSecondsSince(ProcessCost before) {
        return compileSeconds - before.compileSeconds;
    }

    /** A sending thread is about to end, and what it allocated with it. */
    static void onThreadEnds() {
        ALLOCATED_BY_ENDED.addAndGet(
                THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()));
    }

    /**
     * CPU nanoseconds and allocated bytes of the producer's own threads: all that are neither this one nor the JVM's.
     *
     * @param except threads whose names begin with one of these
     */
    static long[] ofProducerThreads(String... except) {
        long cpu = 0;
        long allocated = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadId() != Thread.currentThread().getId() && !begins(thread, except)) {
                cpu += Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
                allocated += Math.max(0, THREADS.getThreadAllocatedBytes(thread.getThreadId()));
            }
        }
        return new long[] {cpu, allocated};
    }

    private static boolean begins(ThreadInfo thread, String... names) {
        for (String name : names) {
            if (thread.getThreadName().startsWith(name)) {
                return true;
            }
        }
        return false;
    }

    /** The compiler's threads are not Java's, so only the system knows what they use. */
    private static double compilerSeconds() {
        long nanos = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                String name = Files.readString(task.resolve("comm"));
                if (name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler")) {
                    String used = Files.readString(task.resolve("schedstat"));
                    nanos += Long.parseLong(used.substring(0, used.indexOf(' ')));
                }
            }
        } catch (IOException e) {
            return 0; // not this system, or a thread that has just ended
        }
        return nanos / 1e9;
    }
}
