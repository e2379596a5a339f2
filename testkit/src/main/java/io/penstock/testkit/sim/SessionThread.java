package io.penstock.testkit.sim;

import io.penstock.errors.TimeoutException;
import io.penstock.internal.transaction.TransactionDesk;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an application's thread would be to one {@link TransactionalSession}, which owns it: what a call waits for, the agenda does next.
 *
 * <p>Nothing runs while the session's process is frozen, and nothing after its end.
 */
final class SessionThread {

    private static final long OTHERS_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long FROZEN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final SessionParts parts;
    private final String name;
    private final TransactionDesk desk;
    private String doing = "nothing yet";
    private String lastFailure = "nothing has failed";
    private int openOperations;
    private boolean over;

    SessionThread(SessionParts parts, String name) {
        this.parts = parts;
        this.name = name;
        this.desk = parts.desk();
    }

    /** What it is busy with from now on, in words. */
    void doing(String what) {
        doing = what;
    }

    String lastFailure() {
        return lastFailure;
    }

    /** Calls that have not been answered. */
    int openOperations() {
        return openOperations;
    }

    boolean isOver() {
        return over;
    }

    void end() {
        over = true;
    }

    /**
     * Makes a call that blocks, where this seed's do and no other does just now, again and again until its end is known; elsewhere
     * the one that does not.
     *
     * @param again has the call made again, which has run out of time, or something else done first
     */
    void call(
            Runnable blocking,
            Supplier<CompletableFuture<Void>> call,
            Consumer<@Nullable Throwable> told,
            Consumer<@Nullable Throwable> after,
            Consumer<Runnable> again) {
        if (parts.run().plan().transactions().blocks() && !parts.run().world().isBlocked()) {
            block(blocking, told, after, again);
        } else {
            call(call, told, after);
        }
    }

    /** Only a call that blocks hears of what such a call has left behind. */
    void block(
            Runnable blocking,
            Consumer<@Nullable Throwable> told,
            Consumer<@Nullable Throwable> after,
            Consumer<Runnable> again) {
        Runnable repeat = () -> block(blocking, told, after, again);
        if (parts.run().world().isBlocked()) {
            later(OTHERS_NANOS, repeat);
            return;
        }
        call(
                () -> {
                    blocking.run();
                    return CompletableFuture.completedFuture(null);
                },
                failure -> {
                    if (!isOutOfTime(failure)) {
                        told.accept(failure);
                    }
                },
                failure -> {
                    if (isOutOfTime(failure)) {
                        again.accept(repeat);
                    } else {
                        after.accept(failure);
                    }
                });
    }

    private static boolean isOutOfTime(@Nullable Throwable failure) {
        return failure instanceof TimeoutException
                && String.valueOf(failure.getMessage()).contains("still under way");
    }

    /**
     * Makes a call.
     *
     * @param told what the application hears, in that moment
     * @param after what it does then
     */
    void call(
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
        Ends.tell(done, (nothing, failure) -> {
            openOperations--;
            Trace trace = parts.run().trace();
            trace.add(failure == null ? "done" : "refused", parts.producer().number(), openOperations);
            trace.note("%s: %s", this, failure == null ? "done" : failure);
            if (failure != null) {
                lastFailure = failure.toString();
            }
            told.accept(failure);
            later(parts.workload().stepNanos(parts.random()), () -> after.accept(failure));
        });
    }

    /** Goes on once this is done; it does not fail. */
    void await(CompletableFuture<?> done, Runnable after) {
        openOperations++;
        done.thenRun(() -> later(0, () -> {
            openOperations--;
            after.run();
        }));
    }

    /** Goes on after a while. */
    void later(long nanos, Runnable task) {
        parts.run().agenda().at(parts.run().clock().now() + nanos, () -> {
            if (over) {
                return;
            }
            if (parts.producer().isFrozen()) {
                later(FROZEN_NANOS, task);
            } else {
                task.run();
            }
        });
    }

    @Override
    public String toString() {
        return name + " (" + desk.state() + ", busy with " + doing + ")";
    }
}
