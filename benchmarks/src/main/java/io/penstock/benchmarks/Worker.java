package io.penstock.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process that measures one producer at one workload: for each line {@code go} on standard input one window, whose
 * {@link Window} it prints; it ends with its input.
 *
 * <p>Arguments: {@code penstock|kafka}, bootstrap servers, the workload's name.
 */
public final class Worker {

    private static final int DISTINCT_VALUES = 1024;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Workload workload;
    private final Side side;
    private final byte[][] values;
    private final AtomicLong allocatedByEndedSenders = new AtomicLong();

    private Worker(Workload workload, Side side) {
        this.workload = workload;
        this.side = side;
        this.values = values(workload);
    }

    public static void main(String[] args) throws Exception {
        Workload workload = Workloads.ALL.stream()
                .filter(each -> each.name().equals(args[2]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No workload is called " + args[2]));
        Map<String, Object> settings = new HashMap<>(workload.settings());
        settings.put("bootstrap.servers", args[1]);
        try (Side side = args[0].equals("kafka")
                        ? new KafkaSide(settings, workload.topic())
                        : new PenstockSide(settings, workload.topic());
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            Worker worker = new Worker(workload, side);
            System.out.println("ready");
            while (in.readLine() != null) {
                System.out.println(worker.window());
            }
        }
    }

    private Window window() throws InterruptedException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long allocated = allocatedBytes();
        long collections = collections();
        long compile = ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
        long cpu = system.getProcessCpuTime();
        long wall = System.nanoTime();
        if (workload.threads() == 1) {
            send(workload.records());
        } else {
            Thread[] threads = new Thread[workload.threads()];
            for (int i = 0; i < threads.length; i++) {
                threads[i] = new Thread(() -> sendAndEnd(workload.records() / workload.threads()));
                threads[i].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        side.flush();
        return new Window(
                workload.records(),
                (System.nanoTime() - wall) / 1e9,
                (system.getProcessCpuTime() - cpu) / 1e9,
                (ManagementFactory.getCompilationMXBean().getTotalCompilationTime() - compile) / 1e3,
                (double) (allocatedBytes() - allocated) / workload.records(),
                collections() - collections,
                side.failedCount());
    }

    private void send(int count) {
        int spread = workload.spread();
        int partition = -1;
        for (int i = 0; i < count; i++) {
            if (spread > 0) {
                partition = partition + 1 == spread ? 0 : partition + 1;
            }
            side.send(partition, values[i & DISTINCT_VALUES - 1]);
        }
    }

    private static byte[][] values(Workload workload) {
        Random random = new Random(42);
        byte[][] values = new byte[DISTINCT_VALUES][];
        for (int i = 0; i < values.length; i++) {
            if (workload.json()) {
                values[i] = json(workload.valueBytes(), random);
            } else {
                values[i] = new byte[workload.valueBytes()];
                random.nextBytes(values[i]);
            }
        }
        return values;
    }

    private static byte[] json(int size, Random random) {
        StringBuilder text = new StringBuilder("{");
        for (int field = 0; text.length() < size; field++) {
            text.append(field == 0 ? "" : ",")
                    .append("\"field")
                    .append(field)
                    .append("\":")
                    .append(field % 2 == 0 ? "\"user-" + random.nextInt(10_000) + "\"" : random.nextInt(1_000_000));
        }
        return text.substring(0, size - 1).concat("}").getBytes(StandardCharsets.UTF_8);
    }

    /** By all threads that live, and by the senders of windows that are over. */
    private long allocatedBytes() {
        long sum = allocatedByEndedSenders.get();
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }

    private void sendAndEnd(int count) {
        send(count);
        allocatedByEndedSenders.addAndGet(
                THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()));
    }

    private static long collections() {
        long count = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            count += Math.max(0, collector.getCollectionCount());
        }
        return count;
    }
}
