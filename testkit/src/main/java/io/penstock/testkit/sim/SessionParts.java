package io.penstock.testkit.sim;

import io.penstock.internal.engine.Transactions;
import io.penstock.internal.transaction.TransactionDesk;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** What one {@link TransactionalSession} is put together from; its producer and its source of randomness are its own. */
record SessionParts(
        Parts run, TransactionalWorkload workload, SimProducer producer, Sending sending, RandomGenerator random) {

    static SessionParts of(Parts run, TransactionalWorkload workload, String id, RandomGenerator random) {
        SimProducer producer = run.producers().make(id);
        return new SessionParts(run, workload, producer, new Sending(run, producer), random);
    }

    /** The calls as a user makes them. */
    Transactions calls() {
        return producer.engine().transactions();
    }

    TransactionDesk desk() {
        return Objects.requireNonNull(producer.engine().transactionDesk());
    }
}
