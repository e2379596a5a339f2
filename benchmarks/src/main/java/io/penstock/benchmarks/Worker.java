package io.penstock.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * A process that measures one producer at one workload: each line on standard input is one window, whose result is one line on
 * standard output; it ends with its input.
 *
 * <pre>
 *   window SECONDS                as many records as it takes in that time: a {@link Window}
 *   paced RATE SECONDS            so many records a second, each at its own time: a {@link PacedWindow}
 *   transactions RECORDS SECONDS  transactions of so many records, one after the other: a {@link TransactionWindow}
 *   profile SECONDS FILE          as {@code window}, recorded by the JVM into that file: a {@link ProfiledWindow}
 *   collect                       all garbage, as the JVM's first collection is to be in no window
 *   steady RATE SECONDS FILE      the same of so many records a second
 * </pre>
 *
 * <p>Arguments: the name of a {@link Side}, bootstrap servers, the workload's name, and {@code key=value} settings beyond its own.
 */
public final class Worker {

    /** Records between two looks at the clock. */
    private static final int CHUNK = 64;

    private static final long HIGHEST_LATENCY_NANOS = 60_000_000_000L;

    private final Shape shape;
    private final Side side;
    private final Object[] values;
    private int nextPartition;

    private Worker(Shape shape, Side side) {
        this.shape = shape;
        this.side = side;
        this.values = Values.of(shape);
    }

    public static void main(String[] args) throws Exception {
        Workload workload = Workloads.named(args[2]);
        Map<String, Object> settings = new HashMap<>(workload.settings());
        settings.put("bootstrap.servers", args[1]);
        for (int i = 3; i < args.length; i++) {
            settings.put(args[i].substring(0, args[i].indexOf('=')), args[i].substring(args[i].indexOf('=') + 1));
        }
        try (Side side = Side.of(args[0], settings, workload.shape());
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            if (settings.containsKey("transactional.id")) {
                side.transactions().init().run();
            }
            Worker worker = new Worker(workload.shape(), side);
            System.out.println("ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(worker.obey(line.split(" ")));
            }
        }
    }

    private Object obey(String[] order) throws Exception {
        return switch (order[0]) {
            case "window" -> window(Double.parseDouble(order[1]));
            case "paced" -> paced(Integer.parseInt(order[1]), Double.parseDouble(order[2]));
            case "transactions" -> transactions(Integer.parseInt(order[1]), Double.parseDouble(order[2]));
            case "profile" -> ProfiledWindow.record(Path.of(order[2]), () -> window(Double.parseDouble(order[1])));
            case "collect" -> {
                System.gc();
                yield "collected";
            }
            case "steady" ->
                ProfiledWindow.record(
                        Path.of(order[3]), () -> steady(Integer.parseInt(order[1]), Double.parseDouble(order[2])));
            default -> throw new IllegalArgumentException("No order is called " + order[0]);
        };
    }

    private Window window(double seconds) throws Exception {
        return measured(() -> {
            long end = System.nanoTime() + (long) (seconds * 1e9);
            return shape.threads() == 1 ? sendUntil(end) : sendByThreads(end);
        });
    }

    private Window steady(int rate, double seconds) throws Exception {
        return measured(() -> sendSteadily(rate, seconds, new Histogram(HIGHEST_LATENCY_NANOS, 3)));
    }

    /** @param sending returns how many records it sent */
    private Window measured(Callable<Long> sending) throws Exception {
        double sent = side.total("outgoing-byte-total");
        ProcessCost before = ProcessCost.now();
        long began = System.nanoTime();
        long records = sending.call();
        side.flush();
        double wall = (System.nanoTime() - began) / 1e9;
        ProcessCost after = ProcessCost.now();
        return new Window(
                records,
                wall,
                after.cpuSecondsSince(before),
                after.compileSecondsSince(before),
                (double) (after.allocatedBytes() - before.allocatedBytes()) / records,
                after.collections() - before.collections(),
                (side.total("outgoing-byte-total") - sent) / records,
                side.failedCount());
    }

    private long sendByThreads(long endNanos) throws InterruptedException {
        AtomicLong records = new AtomicLong();
        Thread[] threads = new Thread[shape.threads()];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                records.addAndGet(sendUntil(endNanos));
                ProcessCost.onThreadEnds();
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return records.get();
    }

    private long sendUntil(long endNanos) {
        int spread = shape.spread();
        int partition = spread > 0 ? nextPartition : -1;
        long count = 0;
        while (System.nanoTime() - endNanos < 0) {
            for (int i = 0; i < CHUNK; i++) {
                if (spread > 0) {
                    partition = partition + 1 >= spread ? 0 : partition + 1;
                }
                side.send(partition, values[(int) (count++ & values.length - 1)]);
            }
        }
        if (spread > 0) {
            nextPartition = partition; // one thread only
        }
        return count;
    }

    /** Latency counts from when a record was meant to go, so that a producer that holds up its caller does not look fast. */
    private PacedWindow paced(int rate, double seconds) {
        Histogram latencies = new Histogram(HIGHEST_LATENCY_NANOS, 3);
        double requests = side.total("request-total");
        long[] threads = ProcessCost.ofProducerThreads();
        ProcessCost before = ProcessCost.now();
        long count = sendSteadily(rate, seconds, latencies);
        side.flush();
        ProcessCost after = ProcessCost.now();
        long[] threadsAfter = ProcessCost.ofProducerThreads();
        return new PacedWindow(
                count,
                seconds,
                after.cpuSecondsSince(before),
                after.compileSecondsSince(before),
                side.total("request-total") - requests,
                (threadsAfter[0] - threads[0]) / 1e9,
                threadsAfter[1] - threads[1],
                latencies);
    }

    private long sendSteadily(int rate, double seconds, Histogram latencies) {
        long began = System.nanoTime();
        long count = (long) (rate * seconds);
        for (long i = 0; i < count; i++) {
            long intended = began + i * 1_000_000_000L / rate;
            for (long wait = intended - System.nanoTime(); wait > 0; wait = intended - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            side.sendTimed(values[(int) (i & values.length - 1)], intended, latencies);
        }
        return count;
    }

    private TransactionWindow transactions(int records, double seconds) {
        Histogram latencies = new Histogram(HIGHEST_LATENCY_NANOS, 3);
        ProcessCost before = ProcessCost.now();
        long began = System.nanoTime();
        long end = began + (long) (seconds * 1e9);
        for (long now = began; now - end < 0; ) {
            side.transaction(records, values[(int) (latencies.getTotalCount() & values.length - 1)]);
            long done = System.nanoTime();
            latencies.recordValue(done - now);
            now = done;
        }
        double wall = (System.nanoTime() - began) / 1e9;
        if (side.failedCount() > 0) {
            throw new IllegalStateException(side.failedCount() + " records of transactions were not acknowledged");
        }
        ProcessCost after = ProcessCost.now();
        return new TransactionWindow(wall, after.cpuSecondsSince(before), after.compileSecondsSince(before), latencies);
    }
}
