package io.penstock.testkit.sim;

import io.penstock.internal.sender.FlushTicket;
import io.penstock.internal.transaction.OffsetCommit;
import io.penstock.internal.transaction.Operation;
import io.penstock.internal.transaction.TransactionDesk;
import io.penstock.internal.transaction.TransactionState;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One producer with a transactional id, and the application that uses it: initializes, sends one transaction after the other, commits or
 * aborts, and closes when it can do no more.
 *
 * <p>As an application without threads: what a call waits for, the agenda does next.
 */
final class TransactionalSession {

    static final String INPUT = "t0";

    private static final int MAX_STEPS = 6;
    private static final int MAX_BURST = 6;
    private static final int MAX_INIT_ATTEMPTS = 200;
    private static final int MAX_PROBES = 6;
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long FROZEN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final TransactionalWorkload workload;
    private final Parts parts;
    private final String id;
    private final int incarnation;
    private final SimProducer producer;
    private final TransactionDesk desk;
    private final Sending sending;
    private final RandomGenerator random;
    private @Nullable SimTransaction current;
    private String doing = "nothing yet";
    private String lastFailure = "nothing has failed";
    private int stepsLeft;
    private int initAttempts;
    private int probeAttempts;
    private boolean proven;
    private int openOperations;
    private boolean over;

    private long initCalledNanos;

    /** When it was ready; {@link Agenda#NEVER} before. */
    private long readyNanos = Agenda.NEVER;

    /** Who has come after it. */
    private @Nullable TransactionalSession successor;

    TransactionalSession(
            TransactionalWorkload workload, Parts parts, String id, int incarnation, RandomGenerator random) {
        this.workload = workload;
        this.parts = parts;
        this.id = id;
        this.incarnation = incarnation;
        this.random = random;
        this.producer = parts.producers().make(id);
        this.desk = Objects.requireNonNull(producer.engine().transactionDesk());
        this.sending = new Sending(parts, producer);
    }

    String id() {
        return id;
    }

    SimProducer producer() {
        return producer;
    }

    boolean isOver() {
        return over;
    }

    /** Another one of its id has certainly come after it, and was ready before this time. */
    boolean isReplacedBefore(long nanos) {
        for (TransactionalSession other : parts.book().sessions()) {
            if (other.id.equals(id) && other.initCalledNanos > readyNanos && other.readyNanos < nanos) {
                return true;
            }
        }
        return false;
    }

    void followedBy(TransactionalSession next) {
        successor = next;
    }

    /** Calls of it that have not been answered. */
    int openOperations() {
        return openOperations;
    }

    // ------------------------------------------------------------------------------------- from call to call

    void start() {
        initialize();
    }

    private void initialize() {
        doing = "initTransactions";
        initCalledNanos = parts.clock().now();
        if (++initAttempts > MAX_INIT_ATTEMPTS) {
            parts.findings().add("ProgressMade", this + " is refused again and again");
            return;
        }
        call(() -> desk.initialize(false).done(), told -> {}, failure -> {
            if (failure == null) {
                readyNanos = parts.clock().now();
                next();
            } else if (desk.state() == TransactionState.UNINITIALIZED) {
                later(RETRY_NANOS, this::initialize);
            } else {
                die();
            }
        });
    }

    /** Between two transactions. */
    private void next() {
        doing = "nothing";
        current = null;
        if (!workload.isFinishing()) {
            later(workload.pauseNanos(random), this::begin);
        } else if (successor != null || proven) {
            die();
        } else if (++probeAttempts > MAX_PROBES) {
            parts.findings()
                    .add("ProgressMade", "with all healed, " + this + " cannot commit a transaction: " + lastFailure);
        } else {
            later(probeAttempts == 1 ? 0 : SETTLE_NANOS, this::probe);
        }
    }

    private void begin() {
        if (workload.isFinishing()) {
            next();
            return;
        }
        stepsLeft = random.nextInt(MAX_STEPS);
        if (open()) {
            step();
        }
    }

    /** All is well, and nobody else uses the id: some records and a position are committed. */
    private void probe() {
        if (open()) {
            workload.probes(this).forEach(record -> send(record, false));
            sendPosition(() -> commit(() -> proven = true));
        }
    }

    private boolean open() {
        doing = "begin";
        try {
            desk.begin();
        } catch (RuntimeException e) {
            if (desk.state() != TransactionState.FATAL_ERROR) {
                parts.findings().add("AtomicTransactions", this + " cannot begin", e);
            }
            die();
            return false;
        }
        current = workload.opened(this);
        return true;
    }

    private void step() {
        if (desk.state() == TransactionState.FATAL_ERROR) {
            die();
        } else if (--stepsLeft < 0) {
            end();
        } else if (desk.state() == TransactionState.ABORTABLE_ERROR && random.nextBoolean()) {
            abort();
        } else {
            act();
        }
    }

    private void act() {
        doing = "sending";
        switch (random.nextInt(8)) {
            case 0 -> flush();
            case 1 -> {
                if (random.nextBoolean()) {
                    sendPosition(this::step);
                } else {
                    sendPosition(() -> {});
                    later(workload.stepNanos(random), this::step);
                }
            }
            case 2 -> later(workload.longPauseNanos(random), this::step);
            case 3, 4 -> {
                burst(!parts.world().isBlocked());
                later(workload.stepNanos(random), this::step);
            }
            default -> {
                burst(false);
                later(random.nextBoolean() ? 0 : workload.stepNanos(random), this::step);
            }
        }
    }

    private void burst(boolean blocking) {
        for (int i = random.nextInt(MAX_BURST); i >= 0 && !over; i--) {
            send(workload.draw(this, callerNow(), random), blocking);
        }
    }

    /** While a call of another session blocks, this one acts as another thread. */
    private SimRecord.Caller callerNow() {
        return SimRecord.Caller.MAIN;
    }

    private void send(SimRecord record, boolean blocking) {
        SimTransaction of = Objects.requireNonNull(current);
        if (!blocking) {
            sending.async(record);
        } else if (random.nextInt(3) == 0) {
            sending.blocking(record, null);
        } else {
            boolean sendsMore = random.nextInt(20) == 0;
            sending.blocking(record, (told, failure) -> {
                if (sendsMore && current == of && desk.state() == TransactionState.IN_TRANSACTION) {
                    SimRecord more = workload.draw(this, SimRecord.Caller.CALLBACK, random);
                    sending.async(more);
                    keep(of, more);
                }
            });
        }
        keep(of, record);
    }

    private static void keep(SimTransaction of, SimRecord record) {
        if (!(record.thrown instanceof IllegalStateException)) {
            of.records.add(record);
        }
    }

    private void flush() {
        doing = "flush";
        FlushTicket ticket = producer.engine().flush();
        if (ticket == null) {
            step();
        } else {
            openOperations++;
            ticket.done()
                    .thenRun(() -> later(0, () -> {
                        openOperations--;
                        step();
                    }));
        }
    }

    /** Where the next transaction would go on reading. */
    private void sendPosition(Runnable after) {
        doing = "sendOffsetsToTransaction";
        SimTransaction of = Objects.requireNonNull(current);
        call(
                () -> {
                    CompletableFuture<Void> done = new CompletableFuture<>();
                    of.position = of.number + 1L;
                    desk.sendOffsets(commitOf(of.position, done));
                    return done;
                },
                failure -> of.positionFailed |= failure != null,
                failure -> after.run());
    }

    private OffsetCommit commitOf(long position, CompletableFuture<Void> done) {
        List<OffsetCommit.Position> positions = List.of(new OffsetCommit.Position(INPUT, 0, position, -1, ""));
        return new OffsetCommit(group(id), -1, "", null, positions, done);
    }

    static String group(String id) {
        return "group-of-" + id;
    }

    // ------------------------------------------------------------------------------------- how it ends

    private void end() {
        int how = random.nextInt(20);
        if (how == 0) {
            parts.trace().note("%s gives up in the middle", this);
            die();
        } else if (how < 4) {
            abort();
        } else {
            commit(() -> {});
        }
    }

    private void commit(Runnable onCommitted) {
        doing = "commit";
        SimTransaction of = Objects.requireNonNull(current);
        call(
                () -> {
                    Operation operation = desk.commit();
                    of.end = SimTransaction.End.UNKNOWN; // until it is known
                    of.commitCalledNanos = parts.clock().now();
                    if (random.nextInt(4) == 0 && desk.commit() != operation) {
                        parts.findings().add("AtomicTransactions", "a second commit waits for another end: " + this);
                    }
                    return operation.done();
                },
                failure -> onCommit(of, failure),
                failure -> {
                    if (failure == null) {
                        onCommitted.run();
                        next();
                    } else if (desk.state() == TransactionState.FATAL_ERROR) {
                        die();
                    } else {
                        abort();
                    }
                });
    }

    private void onCommit(SimTransaction of, @Nullable Throwable failure) {
        if (failure == null) {
            of.end = SimTransaction.End.COMMITTED;
            for (SimRecord record : of.records) {
                if (!record.isOver()) {
                    parts.findings().add("AtomicTransactions", "a commit was done before the end of " + record);
                }
            }
        } else if (of.end == SimTransaction.End.UNKNOWN && desk.state() != TransactionState.FATAL_ERROR) {
            of.end = SimTransaction.End.REFUSED;
            of.refusal = failure;
        }
    }

    private void abort() {
        doing = "abort";
        SimTransaction of = Objects.requireNonNull(current);
        call(
                () -> desk.abort().done(),
                failure -> {
                    if (failure == null) {
                        of.end = SimTransaction.End.ABORTED;
                    }
                },
                failure -> {
                    if (failure == null) {
                        next();
                    } else {
                        die();
                    }
                });
    }

    /** Its end, in good order or not; somebody else goes on with the id, unless all is done. */
    private void die() {
        if (over) {
            return;
        }
        over = true;
        parts.trace().note("%s ends", this);
        boolean patient = proven || random.nextBoolean();
        producer.calls().close(patient ? Agenda.NEVER / 2 : random.nextLong(2) * workload.pauseNanos(random));
        if (successor == null && !proven) {
            workload.succeed(this);
        }
    }

    // ------------------------------------------------------------------------------------- its thread

    /**
     * Makes a call.
     *
     * @param told what the application hears, in that moment
     * @param after what it does then
     */
    private void call(
            Supplier<CompletableFuture<Void>> call,
            Consumer<@Nullable Throwable> told,
            Consumer<@Nullable Throwable> after) {
        CompletableFuture<Void> done;
        try {
            done = call.get();
        } catch (RuntimeException e) {
            done = CompletableFuture.failedFuture(e);
        }
        openOperations++;
        done.whenComplete((nothing, failure) -> {
            openOperations--;
            parts.trace().add(failure == null ? "done" : "refused", producer.number(), openOperations);
            parts.trace().note("%s: %s", this, failure == null ? "done" : failure);
            if (failure != null) {
                lastFailure = failure.toString();
            }
            told.accept(failure);
            later(workload.stepNanos(random), () -> after.accept(failure));
        });
    }

    /** The application goes on after a while; not while its process is frozen, and not after its end. */
    private void later(long nanos, Runnable task) {
        parts.agenda().at(parts.clock().now() + nanos, () -> {
            if (over) {
                return;
            }
            if (producer.isFrozen()) {
                later(FROZEN_NANOS, task);
            } else {
                task.run();
            }
        });
    }

    @Override
    public String toString() {
        return id + " no. " + incarnation + " (" + desk.state() + ", busy with " + doing + ")";
    }
}
