package io.penstock.testkit.sim;

import io.penstock.internal.identity.ProducerIdentity;
import io.penstock.internal.transaction.TransactionDesk;
import io.penstock.internal.transaction.TransactionState;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One producer with a transactional id, and the application that uses it: initializes, sends one transaction after the other, and closes
 * when it can do no more. {@link TransactionalWorkload} makes one after the other for each id.
 *
 * <p>One transaction at a time is open, and it does one thing at a time ({@link SessionThread}); once it is over nothing more happens.
 */
final class TransactionalSession {

    static final String INPUT = "t0";

    private static final int MAX_STEPS = 6;
    private static final int MAX_INIT_ATTEMPTS = 200;
    private static final int MAX_PROBES = 6;
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final TransactionalWorkload workload;
    private final Parts run;
    private final String id;
    private final SessionParts parts;
    private final SessionThread thread;
    private final TransactionDesk desk;
    private final RandomGenerator random;
    private @Nullable SimTransaction current;
    private int initAttempts;
    private int probeAttempts;
    private boolean proven;

    private long initCalledNanos;

    /** When it was ready; {@link Agenda#NEVER} before. */
    private long readyNanos = Agenda.NEVER;

    /** Who has come after it. */
    private @Nullable TransactionalSession successor;

    TransactionalSession(
            TransactionalWorkload workload, Parts run, String id, int incarnation, RandomGenerator random) {
        this.workload = workload;
        this.run = run;
        this.id = id;
        this.random = random;
        this.parts = SessionParts.of(run, workload, id, random);
        this.thread = new SessionThread(parts, id + " no. " + incarnation);
        this.desk = parts.desk();
    }

    String id() {
        return id;
    }

    SimProducer producer() {
        return parts.producer();
    }

    boolean isOver() {
        return thread.isOver();
    }

    /** Calls of it that have not been answered. */
    int openOperations() {
        return thread.openOperations();
    }

    /** Whether that is the transaction it has open. */
    boolean isIn(SimTransaction transaction) {
        return current == transaction;
    }

    /** Another one of its id has certainly come after it, and was ready before this time. */
    boolean isReplacedBefore(long nanos) {
        for (TransactionalSession other : run.book().sessions()) {
            if (other.id.equals(id) && other.initCalledNanos > readyNanos && other.readyNanos < nanos) {
                return true;
            }
        }
        return false;
    }

    /** The coordinator has given the id away since this one got it: also to a late request of its own, or for lack of time. */
    boolean isTaken() {
        ProducerIdentity identity = desk.identity();
        return !run.cluster().transactions().isHeldBy(id, identity.producerId(), identity.epoch());
    }

    void followedBy(TransactionalSession next) {
        successor = next;
    }

    static String group(String id) {
        return "group-of-" + id;
    }

    // ------------------------------------------------------------------------------------- from transaction to
    // transaction

    void start() {
        initialize();
    }

    private void initialize() {
        thread.doing("initTransactions");
        initCalledNanos = run.clock().now();
        if (++initAttempts > MAX_INIT_ATTEMPTS) {
            run.findings().add("ProgressMade", this + " is refused again and again");
            return;
        }
        thread.call(
                () -> parts.calls().initialize(false),
                () -> desk.initialize(false).done(),
                told -> {},
                this::onInitialized,
                Runnable::run);
    }

    private void onInitialized(@Nullable Throwable failure) {
        if (failure == null) {
            readyNanos = run.clock().now();
            next();
        } else if (desk.state() == TransactionState.UNINITIALIZED) {
            thread.later(RETRY_NANOS, this::initialize);
        } else {
            die();
        }
    }

    /** Between two transactions. */
    void next() {
        thread.doing("nothing");
        current = null;
        if (!workload.isFinishing()) {
            thread.later(workload.pauseNanos(random), this::begin);
        } else if (successor != null || proven) {
            die();
        } else if (++probeAttempts > MAX_PROBES && run.plan().transactions().impatient()) {
            proven = true; // its time may be too short for a connection that was closed meanwhile, each time
            die();
        } else if (probeAttempts > MAX_PROBES) {
            run.findings()
                    .add(
                            "ProgressMade",
                            "with all healed, " + this + " cannot commit a transaction: " + thread.lastFailure());
        } else {
            thread.later(pauseBeforeProbeNanos(), this::probe);
        }
    }

    /** Before the second, what was left without an answer is given up: nobody looks for a leader that has moved before that. */
    private long pauseBeforeProbeNanos() {
        return switch (probeAttempts) {
            case 1 -> 0;
            case 2 -> SETTLE_NANOS + run.plan().nanos("request.timeout.ms");
            default -> SETTLE_NANOS;
        };
    }

    private void begin() {
        if (workload.isFinishing()) {
            next();
            return;
        }
        int stepCount = random.nextInt(MAX_STEPS);
        open(steps -> steps.take(stepCount));
    }

    private void probe() {
        open(steps -> steps.probe(() -> proven = true));
    }

    private void open(Consumer<TransactionSteps> then) {
        thread.doing("begin");
        try {
            parts.calls().begin();
        } catch (RuntimeException e) {
            if (desk.state() != TransactionState.FATAL_ERROR) {
                run.findings().add("AtomicTransactions", this + " cannot begin", e);
            }
            die();
            return;
        }
        SimTransaction opened = workload.opened(this);
        current = opened;
        then.accept(new TransactionSteps(this, parts, thread, opened));
    }

    /** Its end, in good order or not; somebody else goes on with the id, unless all is done. */
    void die() {
        if (thread.isOver()) {
            return;
        }
        thread.end();
        run.trace().note("%s ends", this);
        boolean patient = proven || random.nextBoolean();
        producer().calls().close(patient ? Agenda.NEVER / 2 : random.nextLong(2) * workload.pauseNanos(random));
        if (successor == null && !proven) {
            workload.succeed(this);
        }
    }

    @Override
    public String toString() {
        return thread.toString();
    }
}
