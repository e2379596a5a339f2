package io.penstock.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Fails when reading some bytes takes more memory than they are worth. The calling thread's allocations only. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** Twice, since the first time may also load and link what words a refusal. */
    public static void within(long limitBytes, Runnable reading) {
        if (bytesOf(reading) > limitBytes) {
            long again = bytesOf(reading);
            if (again > limitBytes) {
                throw new AssertionError(again + " bytes allocated, at most " + limitBytes + " are allowed");
            }
        }
    }

    private static long bytesOf(Runnable reading) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        reading.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
