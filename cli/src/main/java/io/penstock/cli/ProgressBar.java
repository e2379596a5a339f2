package io.penstock.cli;

import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Shows on a terminal, five times a second, how far the run is; elsewhere nothing. Has a thread of its own. */
final class ProgressBar implements AutoCloseable {
    private static final int WIDTH = 30;
    private static final long PERIOD_MILLIS = 200;

    private final Terminal terminal;
    private final Tally tally;
    private final LongSupplier readBytes;
    private final long totalBytes;
    private final long startNanos = System.nanoTime();
    private final ScheduledExecutorService timer;
    private boolean closed;

    private ProgressBar(Terminal terminal, Tally tally, LongSupplier readBytes, long totalBytes) {
        this.terminal = terminal;
        this.tally = tally;
        this.readBytes = readBytes;
        this.totalBytes = totalBytes;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "penstock-progress");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param totalBytes what there is to read, or -1 when nobody knows */
    static ProgressBar start(Terminal terminal, Tally tally, LongSupplier readBytes, long totalBytes) {
        ProgressBar bar = new ProgressBar(terminal, tally, readBytes, totalBytes);
        if (terminal.isInteractive()) {
            var unused = bar.timer.scheduleAtFixedRate(bar::show, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
        return bar;
    }

    private synchronized void show() {
        if (!closed) {
            terminal.status(text(readBytes.getAsLong(), System.nanoTime() - startNanos));
        }
    }

    String text(long read, long nanos) {
        long records = tally.acknowledged();
        long rate = Math.round(records / Math.max(nanos / 1e9, 1e-3));
        String counts = String.format(Locale.ROOT, "%d records, %.1f MB read, %d records/s", records, read / 1e6, rate);
        String failures = tally.failed() == 0 ? "" : ", " + tally.failed() + " failed";
        if (totalBytes <= 0) {
            return counts + failures;
        }
        double part = Math.min(1.0, (double) read / totalBytes);
        int full = (int) (part * WIDTH);
        String bar = "[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "]";
        return String.format(Locale.ROOT, "%s %3d%% %s%s", bar, (int) (part * 100), counts, failures);
    }

    /** Nothing is shown from now on, even if it was being made. */
    @Override
    public synchronized void close() {
        closed = true;
        timer.shutdownNow();
        terminal.clearStatus();
    }
}
