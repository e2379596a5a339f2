package io.penstock.internal.engine;

import io.penstock.errors.KafkaException;
import io.penstock.internal.accumulator.BatchSealer;
import io.penstock.internal.accumulator.RecordAccumulator;
import io.penstock.internal.loop.LoopAgent;
import io.penstock.internal.loop.LoopDuty;
import io.penstock.internal.network.Connections;
import io.penstock.internal.sender.Sender;
import java.io.IOException;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the loop: gracefully once everything admitted is complete, or at once with what is left failed.
 *
 * <p>Asked from any thread, done on the loop as its last duty in each turn.
 */
public final class Shutdown implements LoopDuty {

    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private final EngineSeams seams;
    private final Sender sender;
    private final RecordAccumulator accumulator;
    private final Connections connections;
    private final BatchSealer sealer;
    private final LongPredicate lastWord;
    private final TransactionRoom transactions;
    private @Nullable LoopAgent agent;
    private boolean closing;
    private boolean forced;
    private boolean stopped;

    /** @param lastWord whether nothing is left to say to the brokers; asked in each turn once all records are complete */
    Shutdown(
            EngineSeams seams,
            Sender sender,
            RecordAccumulator accumulator,
            Connections connections,
            BatchSealer sealer,
            TransactionRoom transactions,
            LongPredicate lastWord) {
        this.transactions = transactions;
        this.seams = seams;
        this.sender = sender;
        this.accumulator = accumulator;
        this.connections = connections;
        this.sealer = sealer;
        this.lastWord = lastWord;
    }

    void stops(LoopAgent loop) {
        agent = loop;
    }

    /** Any thread: takes no more records, and ends the loop when those that are there are complete. */
    public void begin() {
        accumulator.close();
        seams.mailbox().post(now -> {
            closing = true;
            sender.beginClose(now);
        });
    }

    /** Any thread: gives up what is left. What is in flight ends with an unknown outcome. */
    public void force() {
        accumulator.close();
        seams.mailbox().post(now -> {
            closing = true;
            forced = true;
            sender.beginClose(now);
            transactions.giveUp(now);
            sender.abortAll(
                    () -> new KafkaException(
                            "The producer was closed before the record was acknowledged: the time given to"
                                    + " close() was over. Give close() more time, or none to wait for all."),
                    now);
        });
    }

    @Override
    public boolean run(long nowNanos) {
        if (closing
                && !stopped
                && transactions.close(nowNanos)
                && sender.isDrained()
                && agent != null
                && (forced || lastWord.test(nowNanos))) {
            stopped = true;
            agent.stop(this::stop);
            return true;
        }
        return false;
    }

    private void stop(long nowNanos) {
        connections.close(nowNanos);
        try {
            seams.transport().close();
        } catch (IOException e) {
            LOG.warn("The selector did not close cleanly", e);
        } catch (Exception e) {
            LOG.error("The transport did not close", e);
        }
        sealer.close();
    }
}
