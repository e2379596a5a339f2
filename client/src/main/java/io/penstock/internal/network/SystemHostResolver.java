package io.penstock.internal.network;

import io.penstock.internal.loop.Clock;
import io.penstock.internal.loop.IdleThreads;
import io.penstock.internal.loop.Mailbox;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * The machine's name service, asked on daemon threads that exist only while there is something to ask.
 *
 * <p>{@link #resolve} is for the loop; answers are posted to its mailbox. A literal address is answered at once, without
 * a thread. A few threads, so that one name whose servers do not answer does not hold up the others.
 */
public final class SystemHostResolver implements HostResolver, AutoCloseable {

    private static final int THREAD_COUNT = 4;

    /** Names waiting to be looked up; each broker has at most one under way. */
    private static final int WAITING_COUNT = 10_000;

    private final Mailbox mailbox;
    private final Clock clock;
    private final ThreadPoolExecutor threads;

    public SystemHostResolver(Mailbox mailbox, Clock clock, String threadName) {
        this.mailbox = mailbox;
        this.clock = clock;
        this.threads = IdleThreads.pool(THREAD_COUNT, WAITING_COUNT, threadName);
    }

    @Override
    public void resolve(String host, boolean canonicalNames, HostListener listener) {
        InetAddress literal = LiteralAddress.parse(host);
        if (literal != null && !canonicalNames) {
            listener.onResolved(List.of(literal), clock.nanoTime());
            return;
        }
        try {
            threads.execute(() -> lookUp(host, canonicalNames, listener));
        } catch (RejectedExecutionException e) {
            mailbox.post(now -> listener.onUnknownHost(
                    new UnknownHostException(host + " (not looked up: " + WAITING_COUNT + " names wait already)"),
                    now));
        }
    }

    /** Ends its threads; answers under way may be lost. Any thread. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** Threads that exist now. */
    int threadCount() {
        return threads.getPoolSize();
    }

    private void lookUp(String host, boolean canonicalNames, HostListener listener) {
        List<InetAddress> found;
        try {
            InetAddress[] all = InetAddress.getAllByName(host);
            found = canonicalNames ? named(all) : List.of(all);
        } catch (UnknownHostException e) {
            mailbox.post(now -> listener.onUnknownHost(e, now));
            return;
        } catch (RuntimeException e) {
            UnknownHostException failure = new UnknownHostException(host + " (" + e.getMessage() + ")");
            failure.initCause(e);
            mailbox.post(now -> listener.onUnknownHost(failure, now));
            return;
        }
        mailbox.post(now -> listener.onResolved(found, now));
    }

    private static List<InetAddress> named(InetAddress[] addresses) throws UnknownHostException {
        List<InetAddress> named = new ArrayList<>(addresses.length);
        for (InetAddress address : addresses) {
            named.add(InetAddress.getByAddress(address.getCanonicalHostName(), address.getAddress()));
        }
        return named;
    }
}
