package io.penstock.testkit.fire;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * One producer that keeps sending, from one thread, to a topic of its own.
 *
 * <p>Every key counts for itself: what is in the log under a key must be a rising series.
 */
final class Workload {
    private static final int KEY_COUNT = 24;
    private static final int STEP_MILLIS = 10;

    /** So long the soak waits for producers that are not under test. */
    private static final long OTHERS_SECONDS = 30;

    private final WorkloadKind kind;
    private final Subject subject;
    private final Random random;
    private final Ledger ledger = new Ledger(KEY_COUNT);
    private final Thread thread;
    private volatile boolean stopped;
    private volatile Throwable failure;

    Workload(WorkloadKind kind, Subject subject, long seed) {
        this.kind = kind;
        this.subject = subject;
        this.random = new Random(seed);
        this.thread = new Thread(this::run, "workload-" + kind.topic());
    }

    WorkloadKind kind() {
        return kind;
    }

    Ledger ledger() {
        return ledger;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            int perStep = kind.recordsPerSecond() * STEP_MILLIS / 1000;
            long nextFlush = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            while (!stopped) {
                for (int i = random.nextInt(2 * perStep + 1); i > 0; i--) {
                    sendOne();
                }
                Thread.sleep(STEP_MILLIS);
                if (System.nanoTime() - nextFlush > 0) {
                    subject.flush();
                    nextFlush = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500 + random.nextInt(10_000));
                }
            }
        } catch (Throwable e) {
            failure = e;
        }
    }

    private void sendOne() {
        int key = random.nextInt(KEY_COUNT);
        Ledger.Entry entry = ledger.enter(key);
        byte[] value = new byte[Integer.BYTES + random.nextInt(200)];
        ByteBuffer.wrap(value).putInt(entry.number);
        subject.send(kind.topic(), "k" + key, value, entry);
    }

    static int keyOf(String key) {
        return Integer.parseInt(key.substring(1));
    }

    static int numberOf(byte[] value) {
        return ByteBuffer.wrap(value).getInt();
    }

    /** Sends no more; what was sent goes on. */
    void stop() {
        stopped = true;
    }

    /**
     * Waits for the end of every record, closes the producer and says how many records were sent again. Ours has to come to its end;
     * of another one what is still open after a while is left open, and shows in the report.
     */
    long finish(long limitSeconds) throws InterruptedException {
        boolean sent = ends(thread, limitSeconds, "send or flush");
        if (failure != null) {
            throw new AssertionError(kind + ": the sending thread failed", failure);
        }
        Thread flushing = new Thread(subject::flush, "last-flush");
        flushing.setDaemon(true);
        flushing.start();
        boolean flushed = sent && ends(flushing, limitSeconds, "the last flush");
        long retries = subject.retries();
        subject.close(flushed ? Duration.ofSeconds(limitSeconds) : Duration.ZERO);
        return retries;
    }

    private boolean ends(Thread waiting, long limitSeconds, String what) throws InterruptedException {
        waiting.join(TimeUnit.SECONDS.toMillis(kind.isOurs() ? limitSeconds : OTHERS_SECONDS));
        if (waiting.isAlive() && kind.isOurs()) {
            throw new AssertionError(kind + ": " + what + " still waits " + limitSeconds + " s after the last fault, "
                    + ledger.pending() + " records are open");
        }
        return !waiting.isAlive();
    }
}
