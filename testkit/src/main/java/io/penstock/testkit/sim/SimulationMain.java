package io.penstock.testkit.sim;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/**
 * Runs seeds from the command line: {@code SimulationMain <first seed> <count>}, or {@code SimulationMain --trace <seed>}.
 *
 * <p>Ends with status 1 when something was found.
 */
public final class SimulationMain {

    private static final int MAX_REPORTS = 10;

    private SimulationMain() {}

    public static void main(String[] args) {
        System.exit(run(args, System.out));
    }

    static int run(String[] args, PrintStream out) {
        if (args.length == 2 && args[0].equals("--trace")) {
            SimResult result = Simulation.run(Long.parseLong(args[1]), out);
            out.println(result.isFine() ? "fine" : result.report());
            out.printf("trace %016x, %d events%n", result.traceHash(), result.eventCount());
            return result.isFine() ? 0 : 1;
        }
        if (args.length != 2) {
            out.println("Usage: SimulationMain <first seed> <count> | --trace <seed>");
            return 2;
        }
        return runMany(Long.parseLong(args[0]), Long.parseLong(args[1]), out);
    }

    private static int runMany(long first, long count, PrintStream out) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long began = threads.getCurrentThreadCpuTime();
        long records = 0;
        int found = 0;
        for (long seed = first; seed < first + count && found < MAX_REPORTS; seed++) {
            SimResult result = Simulation.run(seed);
            records += result.recordCount();
            if (!result.isFine()) {
                found++;
                out.println(result.report());
                out.println("-".repeat(100));
            }
        }
        double seconds = (threads.getCurrentThreadCpuTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
        out.printf(
                "%d seeds, %d records, %d finding(s), %.1f s of one core, %.0f seeds/s%n",
                count, records, found, seconds, count / seconds);
        return found == 0 ? 0 : 1;
    }
}
