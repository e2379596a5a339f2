package io.penstock.testkit.sim;

import java.util.ArrayList;
import java.util.List;

/** All sessions and transactions of a run, each in the order of their beginning. */
final class TransactionBook {

    private final List<TransactionalSession> sessions = new ArrayList<>();
    private final List<SimTransaction> transactions = new ArrayList<>();

    private boolean expired;

    /** Whether the coordinator was made to end one by itself. */
    boolean hasExpired() {
        return expired;
    }

    void onExpired() {
        expired = true;
    }

    List<TransactionalSession> sessions() {
        return sessions;
    }

    List<SimTransaction> transactions() {
        return transactions;
    }

    SimTransaction open(TransactionalSession session) {
        SimTransaction opened = new SimTransaction(transactions.size(), session);
        transactions.add(opened);
        return opened;
    }
}
