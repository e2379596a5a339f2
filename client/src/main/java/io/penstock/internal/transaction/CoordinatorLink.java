package io.penstock.internal.transaction;

import org.jspecify.annotations.Nullable;

/** What the machine asks of the way to the brokers. Loop only. */
@FunctionalInterface
public interface CoordinatorLink {

    /** What the broker's cluster offers by now; null while there is no connection to it. */
    @Nullable
    TransactionProtocol protocolOf(int nodeId);
}
