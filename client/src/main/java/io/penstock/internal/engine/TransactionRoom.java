package io.penstock.internal.engine;

import io.penstock.errors.KafkaException;
import io.penstock.internal.admission.SendGate;
import io.penstock.internal.config.TransactionSettings;
import io.penstock.internal.exchange.ExchangeSettings;
import io.penstock.internal.exchange.TransactionExchange;
import io.penstock.internal.identity.ProducerIdentity;
import io.penstock.internal.loop.Backoff;
import io.penstock.internal.loop.LoopDuty;
import io.penstock.internal.loop.Timer;
import io.penstock.internal.loop.Timers;
import io.penstock.internal.network.Connections;
import io.penstock.internal.sender.FlushTicket;
import io.penstock.internal.sender.Sender;
import io.penstock.internal.transaction.RecordGate;
import io.penstock.internal.transaction.TransactedRecords;
import io.penstock.internal.transaction.TransactionDesk;
import io.penstock.internal.transaction.TransactionMachine;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The transaction machine between its neighbours; without a transactional id, doors that stand open. */
class TransactionRoom implements LoopDuty {

    /** @param patienceNanos how long a close waits for the coordinator's answer once all records are complete */
    static TransactionRoom of(TransactionSettings settings, EngineSeams seams, Backoff backoff, long patienceNanos) {
        return settings.isTransactional()
                ? new WithMachine(
                        seams,
                        new TransactionMachine(
                                settings,
                                seams.first().mailbox(),
                                backoff,
                                seams.first().random()),
                        patienceNanos)
                : new TransactionRoom();
    }

    RecordGate recordGate() {
        return RecordGate.NONE;
    }

    SendGate sendGate() {
        return SendGate.OPEN;
    }

    /** Once, before the loop starts; returns what the loop does for it in each turn. */
    LoopDuty connect(Sender sender, Connections connections, Timers timers, ExchangeSettings settings) {
        return this;
    }

    @Override
    public boolean run(long nowNanos) {
        return false;
    }

    @Nullable
    TransactionDesk desk() {
        return null;
    }

    /** Loop: aborts what is open; whether nothing is left to be waited for. */
    boolean close(long nowNanos) {
        return true;
    }

    /** Loop: what is not done never will be. */
    void giveUp(long nowNanos) {}

    private static final class WithMachine extends TransactionRoom {

        private final EngineSeams seams;
        private final TransactionMachine machine;
        private final TransactionDesk desk;
        private final long patienceNanos;

        /** Set when a close begins to wait for the coordinator alone, which may be away for ever. */
        private final Timer patience = new Timer() {
            @Override
            protected void onTimer(long nowNanos) {
                giveUp(nowNanos);
            }
        };

        private LongPredicate closing = nowNanos -> true;

        WithMachine(EngineSeams seams, TransactionMachine machine, long patienceNanos) {
            this.seams = seams;
            this.machine = machine;
            this.patienceNanos = patienceNanos;
            this.desk = new TransactionDesk(machine);
        }

        @Override
        RecordGate recordGate() {
            return machine.gate();
        }

        @Override
        SendGate sendGate() {
            return new DeskGate(desk);
        }

        @Override
        LoopDuty connect(Sender sender, Connections connections, Timers timers, ExchangeSettings settings) {
            TransactionExchange exchange = new TransactionExchange(machine, connections, timers, settings);
            machine.connect(new SenderRecords(sender, seams), exchange);
            closing = nowNanos -> isClosed(sender, timers, nowNanos);
            return exchange;
        }

        @Override
        TransactionDesk desk() {
            return desk;
        }

        @Override
        boolean close(long nowNanos) {
            return closing.test(nowNanos);
        }

        private boolean isClosed(Sender sender, Timers timers, long nowNanos) {
            boolean nothingLeft = machine.close(nowNanos);
            if (nothingLeft) {
                timers.cancel(patience);
            } else if (sender.isDrained() && !patience.isScheduled()) {
                timers.schedule(patience, nowNanos + patienceNanos);
            }
            return nothingLeft;
        }

        @Override
        void giveUp(long nowNanos) {
            machine.giveUp(nowNanos);
        }
    }

    private record DeskGate(TransactionDesk desk) implements SendGate {

        @Override
        public void enter() {
            desk.enter();
        }

        @Override
        public void leave() {
            desk.leave();
        }

        @Override
        public void onRefused(KafkaException cause) {
            desk.refused(cause);
        }
    }

    private record SenderRecords(Sender sender, EngineSeams seams) implements TransactedRecords {

        @Override
        public void onIdentity(ProducerIdentity identity, long nowNanos) {
            sender.onIdentity(identity.producerId(), identity.epoch(), nowNanos);
        }

        @Override
        public boolean areSettled() {
            return sender.isDrained();
        }

        @Override
        public void lookAgain(long nowNanos) {
            sender.onPassage(nowNanos);
        }

        @Override
        public CompletableFuture<Void> callbacks() {
            FlushTicket ticket = new FlushTicket();
            seams.completions().submit(ticket);
            return ticket.done();
        }
    }
}
