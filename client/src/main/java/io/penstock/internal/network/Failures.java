package io.penstock.internal.network;

import io.penstock.internal.network.ConnectionException.Reason;
import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a failure to connect means for the other addresses of its node, and how it is told. Loop only. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private Failures() {}

    /** Says so at first, and then ever more rarely: a broker that is down is asked for many times a second. */
    static void tell(int failureCount, Throwable cause) {
        if (Integer.bitCount(failureCount) == 1) {
            LOG.warn("{} (failure {} in a row)", cause.getMessage(), failureCount);
        } else {
            LOG.debug("{} (failure {} in a row)", cause.getMessage(), failureCount);
        }
    }

    static boolean isIdle(Throwable cause) {
        return cause instanceof ConnectionException failure && failure.reason() == Reason.IDLE;
    }

    static boolean mayTryNextAddress(BrokerSlot slot, Throwable cause) {
        return slot.triedCount < slot.addresses.size() && isUnreachable(cause);
    }

    /** Whether it says something about one address rather than about the broker. */
    private static boolean isUnreachable(Throwable cause) {
        return cause instanceof ConnectionException failure
                && (failure.reason() == Reason.CONNECT_FAILED || failure.reason() == Reason.SETUP_TIMEOUT);
    }

    /** Names all addresses when there were several and none of them worked. */
    static Throwable withAddresses(BrokerSlot slot, Throwable cause) {
        if (slot.triedCount < 2 || !isUnreachable(cause) || !(cause instanceof ConnectionException last)) {
            return cause;
        }
        StringBuilder tried = new StringBuilder();
        for (InetAddress address : slot.addresses) {
            tried.append(tried.isEmpty() ? "" : ", ").append(address.getHostAddress());
        }
        return new ConnectionException(
                last.reason(),
                slot.nodeId,
                slot.endpoint,
                "none of its " + slot.triedCount + " addresses (" + tried + ") can be used; the last failure: "
                        + last.what(),
                last);
    }
}
