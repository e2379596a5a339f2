package io.penstock.testkit.sim;

import java.util.ArrayList;
import java.util.List;

/** All sessions and transactions of a run, each in the order of their beginning. */
final class TransactionBook {

    private final List<TransactionalSession> sessions = new ArrayList<>();
    private final List<SimTransaction> transactions = new ArrayList<>();

    private boolean noisy;

    /** Whether an answer may have come that reads as any error, also as that of a producer that was replaced. */
    boolean isNoisy() {
        return noisy;
    }

    void onNoise() {
        noisy = true;
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
