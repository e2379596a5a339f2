package io.penstock.testkit.sim;

import io.penstock.internal.loop.Mailbox;
import io.penstock.internal.network.HostResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.random.RandomGenerator;

/** The virtual name service: knows one host, answers after a while, and sometimes not while it is {@link #unreliable}. */
final class SimResolver {

    private static final long MAX_DELAY_NANOS = 2_000_000;
    private static final byte[] ADDRESS = {10, 0, 0, 1};

    private final SimClock clock;
    private final Agenda agenda;
    private final RandomGenerator random;
    private boolean unreliable;

    SimResolver(SimClock clock, Agenda agenda, RandomGenerator random) {
        this.clock = clock;
        this.agenda = agenda;
        this.random = random;
    }

    void unreliable(boolean is) {
        unreliable = is;
    }

    /** It as one producer knows it, which hears the answers through its mailbox. */
    HostResolver of(Mailbox mailbox) {
        return (host, canonicalNames, listener) -> resolve(host, mailbox, listener);
    }

    private void resolve(String host, Mailbox mailbox, HostResolver.HostListener listener) {
        boolean known = host.equals(SimNetwork.HOST) && !(unreliable && random.nextInt(8) == 0);
        agenda.at(
                clock.now() + random.nextLong(MAX_DELAY_NANOS),
                () -> mailbox.post(now -> {
                    if (known) {
                        listener.onResolved(List.of(address(host)), now);
                    } else {
                        listener.onUnknownHost(new UnknownHostException(host), now);
                    }
                }));
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByAddress(host, ADDRESS);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }
}
