package io.penstock.internal.sasl;

import io.penstock.internal.loop.LoopTask;
import io.penstock.internal.network.SaslExchange;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import javax.security.auth.login.LoginException;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One exchange, whose mechanism works on the authentication threads.
 *
 * <p>The loop's, but for {@code mechanism}: that belongs to the one task that is under way, and the hand-over through the executor and
 * the mailbox publishes it.
 */
final class Exchange implements SaslExchange {

    private static final Logger LOG = LoggerFactory.getLogger(SaslAuthentication.class);

    /** Logs in and begins a mechanism; may block. */
    interface Beginning {
        Mechanism begin() throws LoginException, SaslException;
    }

    private final Beginning beginning;
    private final Executor threads;
    private final Consumer<LoopTask> mailbox;
    private volatile @Nullable Mechanism mechanism;
    private boolean closed;

    Exchange(Beginning beginning, Executor threads, Consumer<LoopTask> mailbox) {
        this.beginning = beginning;
        this.threads = threads;
        this.mailbox = mailbox;
    }

    @Override
    public void next(byte[] challenge, Replies replies) {
        submit(() -> evaluate(challenge, replies), replies);
    }

    private void submit(Runnable task, Replies replies) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            tell(now -> replies.onFailed(String.valueOf(e.getMessage()), now));
        }
    }

    private void evaluate(byte[] challenge, Replies replies) {
        try {
            Mechanism current = mechanism;
            if (current == null) {
                current = beginning.begin();
                mechanism = current;
            }
            Reply reply = new Reply(current.evaluate(challenge), current.isComplete(), current.principal());
            tell(now -> replies.onReply(reply, now));
        } catch (LoginException e) {
            failed("the login failed: " + e.getMessage(), e, replies);
        } catch (SaslException e) {
            failed(String.valueOf(e.getMessage()), e, replies);
        } catch (RuntimeException | Error e) {
            // The user's code, or a security provider's.
            failed(e.getClass().getName() + ": " + e.getMessage(), e, replies);
        }
    }

    private void failed(String why, Throwable failure, Replies replies) {
        String safe = conceal(why);
        LOG.debug(
                "Authentication failed on this side: {} ({})",
                safe,
                failure.getClass().getName());
        tell(now -> replies.onFailed(safe, now));
    }

    private void tell(LoopTask task) {
        mailbox.accept(now -> {
            if (!closed) {
                task.run(now);
            }
        });
    }

    @Override
    public String conceal(String text) {
        Mechanism current = mechanism;
        return current == null ? text : current.conceal(text);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (mechanism != null) {
            try {
                threads.execute(this::dispose);
            } catch (RejectedExecutionException e) {
                // The producer is closed: the garbage collector is left to do it.
            }
        }
    }

    private void dispose() {
        Mechanism current = mechanism;
        if (current != null) {
            current.dispose();
        }
    }
}
