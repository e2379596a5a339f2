package io.penstock.testkit.sim;

import io.penstock.internal.sender.FlushTicket;
import io.penstock.internal.transaction.OffsetCommit;
import io.penstock.internal.transaction.TransactionDesk;
import io.penstock.internal.transaction.TransactionState;
import io.penstock.producer.ConsumerGroupMetadata;
import io.penstock.producer.OffsetAndMetadata;
import io.penstock.producer.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What an application does inside of one transaction, step by step, up to its end; its {@link TransactionalSession} makes one for each.
 *
 * <p>The transaction lists each record as soon as it was sent, unless the call was refused because of the transaction's state.
 */
final class TransactionSteps {

    private static final int MAX_BURST = 6;

    private final TransactionalSession session;
    private final SessionParts parts;
    private final SessionThread thread;
    private final SimTransaction of;
    private final TransactionEnd end;
    private final TransactionDesk desk;
    private final TransactionalWorkload workload;
    private final RandomGenerator random;
    private int stepsLeft;

    TransactionSteps(TransactionalSession session, SessionParts parts, SessionThread thread, SimTransaction of) {
        this.session = session;
        this.parts = parts;
        this.thread = thread;
        this.of = of;
        this.end = new TransactionEnd(session, parts, thread, of);
        this.desk = parts.desk();
        this.workload = parts.workload();
        this.random = parts.random();
    }

    /** So many steps, each drawn, and then an end. */
    void take(int count) {
        stepsLeft = count;
        step();
    }

    /** All is well, and nobody else uses the id: some records and a position are committed. */
    void probe(Runnable onCommitted) {
        workload.probes(session).forEach(record -> send(record, false));
        sendPosition(() -> end.commit(onCommitted));
    }

    private void step() {
        if (desk.state() == TransactionState.FATAL_ERROR) {
            session.die();
        } else if (--stepsLeft < 0) {
            end.draw();
        } else if (desk.state() == TransactionState.ABORTABLE_ERROR && random.nextBoolean()) {
            end.abort();
        } else {
            act();
        }
    }

    private void act() {
        thread.doing("sending");
        switch (random.nextInt(8)) {
            case 0 -> flush();
            case 1 -> {
                if (random.nextBoolean()) {
                    sendPosition(this::step);
                } else {
                    thread.call(this::beginPosition, this::onPosition, failure -> {});
                    thread.later(workload.stepNanos(random), this::step);
                }
            }
            case 2 -> thread.later(workload.longPauseNanos(random), this::step);
            case 3, 4 -> {
                burst(!parts.run().world().isBlocked());
                thread.later(workload.stepNanos(random), this::step);
            }
            default -> {
                burst(false);
                thread.later(random.nextBoolean() ? 0 : workload.stepNanos(random), this::step);
            }
        }
    }

    private void burst(boolean blocking) {
        for (int i = random.nextInt(MAX_BURST); i >= 0 && !thread.isOver(); i--) {
            send(workload.draw(session, SimRecord.Caller.MAIN, random), blocking);
        }
    }

    private void send(SimRecord record, boolean blocking) {
        if (!blocking) {
            parts.sending().async(record);
        } else if (random.nextInt(3) == 0) {
            parts.sending().blocking(record, null);
        } else {
            boolean sendsMore = random.nextInt(20) == 0;
            parts.sending().blocking(record, (told, failure) -> {
                if (sendsMore && session.isIn(of) && desk.state() == TransactionState.IN_TRANSACTION) {
                    SimRecord more = workload.draw(session, SimRecord.Caller.CALLBACK, random);
                    parts.sending().async(more);
                    keep(more);
                }
            });
        }
        keep(record);
    }

    private void keep(SimRecord record) {
        if (!(record.thrown instanceof IllegalStateException)) {
            of.records.add(record);
        }
    }

    private void flush() {
        thread.doing("flush");
        FlushTicket ticket = parts.producer().engine().flush();
        if (ticket == null) {
            step();
        } else {
            thread.await(ticket.done(), this::step);
        }
    }

    /** Where the next transaction would go on reading. */
    private void sendPosition(Runnable after) {
        thread.doing("sendOffsetsToTransaction");
        thread.call(
                () -> {
                    of.position = of.number + 1L;
                    parts.calls()
                            .sendOffsets(
                                    Map.of(
                                            new TopicPartition(TransactionalSession.INPUT, 0),
                                            new OffsetAndMetadata(of.position)),
                                    new ConsumerGroupMetadata(TransactionalSession.group(session.id())));
                },
                this::beginPosition,
                this::onPosition,
                failure -> after.run(),
                again -> { // each is a request of its own, so that who insists adds to what has to be waited for
                    if (random.nextBoolean()) {
                        again.run();
                    } else {
                        after.run();
                    }
                });
    }

    private CompletableFuture<Void> beginPosition() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        of.position = of.number + 1L;
        desk.sendOffsets(commitOf(of.position, done));
        return done;
    }

    private void onPosition(@Nullable Throwable failure) {
        of.positionFailed |= failure != null;
    }

    private OffsetCommit commitOf(long position, CompletableFuture<Void> done) {
        List<OffsetCommit.Position> positions =
                List.of(new OffsetCommit.Position(TransactionalSession.INPUT, 0, position, -1, ""));
        return new OffsetCommit(TransactionalSession.group(session.id()), -1, "", null, positions, done);
    }
}
