package io.penstock.internal.engine;

import io.penstock.errors.KafkaException;
import io.penstock.internal.loop.LoopAgent;
import io.penstock.internal.loop.LoopDuty;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends one loop: gracefully once everything of it is complete, or at once with what is left failed.
 *
 * <p>Asked from any thread, done on the loop as its last duty in each turn.
 */
final class LoopEnd implements LoopDuty {

    private static final Logger LOG = LoggerFactory.getLogger(LoopEnd.class);

    private final SendingLoop loop;
    private final TransactionRoom transactions;
    private final Shutdown shutdown;
    private @Nullable LoopAgent agent;
    private boolean closing;
    private boolean forced;
    private boolean stopped;

    LoopEnd(SendingLoop loop, TransactionRoom transactions, Shutdown shutdown) {
        this.loop = loop;
        this.transactions = transactions;
        this.shutdown = shutdown;
    }

    SendingLoop loop() {
        return loop;
    }

    void stops(LoopAgent agentOfLoop) {
        agent = agentOfLoop;
    }

    /** Any thread. */
    void begin() {
        loop.post(now -> {
            closing = true;
            loop.sender().beginClose(now);
        });
    }

    /** Any thread. */
    void force() {
        loop.post(now -> {
            closing = true;
            forced = true;
            loop.sender().beginClose(now);
            transactions.giveUp(now);
            loop.sender()
                    .abortAll(
                            () -> new KafkaException(
                                    "The producer was closed before the record was acknowledged: the time given to"
                                            + " close() was over. Give close() more time, or none to wait for all."),
                            now);
        });
    }

    @Override
    public boolean run(long nowNanos) {
        loop.endTurn();
        if (closing
                && !stopped
                && transactions.close(nowNanos)
                && loop.sender().isDrained()
                && agent != null
                && (forced || shutdown.mayEnd(this, nowNanos))) {
            stopped = true;
            agent.stop(this::stop);
            return true;
        }
        return false;
    }

    private void stop(long nowNanos) {
        try {
            loop.connections().close(nowNanos);
            closeTransport();
            loop.sealer().close();
        } finally {
            shutdown.onEnded(this);
        }
    }

    private void closeTransport() {
        try {
            loop.seams().transport().close();
        } catch (IOException e) {
            LOG.warn("The selector did not close cleanly", e);
        } catch (Exception e) {
            LOG.error("The transport did not close", e);
        }
    }
}
