package io.penstock.cli;

import io.penstock.producer.Producer;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@code penstock produce}: set up, send, finish.
 *
 * <p>The main thread sets up and sends; whoever comes first finishes, the main thread at the end of the input or the
 * thread that an interrupt runs. Setting up and finishing hold the lock, so that an interrupt waits for a broker that is
 * just starting, and the other one finds the work done. Every line read before an interrupt is sent, and the summary is
 * always printed once something could have been sent.
 */
final class ProduceJob {
    static final int INTERRUPTED = 130;
    private static final Duration INTERRUPT_PATIENCE = Duration.ofSeconds(10);
    private static final long SETUP_PATIENCE_SECONDS = 60;

    private final ProduceOptions options;
    private final InputStream in;
    private final Terminal terminal;
    private final Environment environment;
    private final Tally tally = new Tally();
    private final ReentrantLock phase = new ReentrantLock();
    private volatile boolean interrupted;

    // Guarded by phase.
    private @Nullable LocalBroker broker;
    private @Nullable Verification verification;
    private @Nullable Producer<byte[], byte[]> producer;
    private @Nullable Sending sending;
    private @Nullable Integer status;

    ProduceJob(ProduceOptions options, InputStream in, Terminal terminal, Environment environment) {
        this.options = options;
        this.in = in;
        this.terminal = terminal;
        this.environment = environment;
    }

    /** What surrounds a job: where producers come from, and who tells of an interrupt. */
    interface Environment {

        Producer<byte[], byte[]> producer(Map<String, Object> settings);

        /** Has the action run when the user wants the job to end early; the process ends after it. */
        void onInterrupt(Runnable action);

        /** The JVM's own: Ctrl-C and termination run its shutdown hooks. */
        static Environment ofJvm(Function<Map<String, Object>, Producer<byte[], byte[]>> producers) {
            return new Environment() {
                @Override
                public Producer<byte[], byte[]> producer(Map<String, Object> settings) {
                    return producers.apply(settings);
                }

                @Override
                public void onInterrupt(Runnable action) {
                    Runtime.getRuntime().addShutdownHook(new Thread(action, "penstock-interrupt"));
                }
            };
        }
    }

    /** Runs to the end and returns the exit status; prints all there is to say. */
    int run() {
        environment.onInterrupt(this::interrupt);
        Throwable problem = null;
        try {
            Sending ready = setUp();
            if (ready != null) {
                try (ProgressBar bar =
                        ProgressBar.start(terminal, tally, ready::readBytes, Input.totalBytes(options.inputs()))) {
                    ready.sendAll(() -> interrupted || tally.isHopeless());
                }
            }
        } catch (RuntimeException e) {
            problem = e;
        }
        phase.lock();
        try {
            return finish(problem);
        } finally {
            phase.unlock();
        }
    }

    private @Nullable Sending setUp() {
        phase.lock();
        try {
            if (interrupted) {
                return null;
            }
            Map<String, Object> settings = new HashMap<>(options.settings());
            if (options.embedded()) {
                broker = LocalBroker.start(options, terminal);
                settings.put("bootstrap.servers", broker.bootstrapServers());
            }
            if (options.verify()) {
                verification = Verification.begin(String.valueOf(settings.get("bootstrap.servers")), options.topic());
            }
            producer = environment.producer(settings);
            sending = new Sending(options, in, producer, tally);
            return sending;
        } finally {
            phase.unlock();
        }
    }

    /** Ends the job early: sends what was read, waits a little for the answers, says how far it came. */
    void interrupt() {
        interrupted = true;
        try {
            if (phase.tryLock(SETUP_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                try {
                    finish(null);
                } finally {
                    phase.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int finish(@Nullable Throwable problem) {
        if (status != null) {
            return status;
        }
        boolean early = interrupted;
        boolean complete = problem == null && !early;
        if (problem != null) {
            terminal.line("penstock: " + Failures.describe(problem));
        }
        if (producer != null && sending != null) {
            complete &= end(producer, sending, early);
        }
        if (verification != null) {
            verification.close();
        }
        if (broker != null) {
            broker.close();
        }
        status = early ? INTERRUPTED : complete ? 0 : Penstock.FAILED;
        return status;
    }

    /** Waits for the answers and reports; true when all is well. */
    private boolean end(Producer<byte[], byte[]> open, Sending done, boolean early) {
        try {
            if (early) {
                open.close(INTERRUPT_PATIENCE);
            } else {
                open.flush();
                open.close();
            }
        } catch (RuntimeException e) {
            terminal.line("penstock: the producer did not close cleanly: " + Failures.describe(e));
        }
        terminal.line(tally.summary(options.topic(), done.elapsedNanos()));
        boolean delivered = reportFailures(done);
        if (early) {
            terminal.line("penstock: interrupted after " + done.sentCount() + " lines"
                    + (options.verify() ? ", not verified" : ""));
        }
        return delivered && (early || verified(done));
    }

    private boolean reportFailures(Sending done) {
        long failed = tally.failed();
        Throwable first = tally.firstFailure();
        if (first != null) {
            terminal.line("penstock: " + failed + (failed == 1 ? " record" : " records, the first of them,")
                    + " failed: " + Failures.describe(first)
                    + (tally.isHopeless() ? " (stopped after line " + done.sentCount() + ")" : ""));
        }
        long unanswered = done.sentCount() - tally.acknowledged() - failed;
        if (unanswered > 0) {
            terminal.line("penstock: " + unanswered + " records were not answered, and may or may not be written");
        }
        return failed == 0 && unanswered == 0;
    }

    private boolean verified(Sending done) {
        if (verification == null) {
            return true;
        }
        if (tally.failed() > 0) {
            terminal.line("penstock: not verified, because " + tally.failed() + " records failed");
            return false;
        }
        try {
            terminal.line(verification.compare(done.sum()));
            return true;
        } catch (RuntimeException e) {
            terminal.line("penstock: " + Failures.describe(e));
            return false;
        }
    }
}
