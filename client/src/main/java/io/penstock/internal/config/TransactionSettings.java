package io.penstock.internal.config;

import io.penstock.errors.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the producer takes part in transactions, and as whom.
 *
 * @param transactionalId null without transactions
 * @param timeoutMillis after which the coordinator aborts a transaction that is not ended (KIP-98); with two-phase commit the
 *     largest, since such a transaction never expires (KIP-939)
 * @param twoPhaseCommit whether somebody else decides how a prepared transaction ends
 */
public record TransactionSettings(@Nullable String transactionalId, int timeoutMillis, boolean twoPhaseCommit) {

    public static final TransactionSettings NONE = new TransactionSettings(null, Integer.MAX_VALUE, false);

    static TransactionSettings from(ConfigValues values, DeliverySettings delivery) {
        boolean twoPhaseCommit = values.flag("transaction.two.phase.commit.enable");
        String id = (String) values.find("transactional.id");
        if (id == null) {
            if (twoPhaseCommit) {
                throw new ConfigException(
                        "transaction.two.phase.commit.enable=true needs a transactional.id; set one, or leave it out");
            }
            return NONE;
        }
        if (!delivery.idempotent()) {
            throw new ConfigException("transactional.id=" + id
                    + " needs idempotence, which enable.idempotence=false, acks other than all, or retries=0 turn off;"
                    + " leave these at their defaults");
        }
        int loops = values.number("sender.threads");
        if (loops > 1) {
            throw new ConfigException("transactional.id=" + id + " and sender.threads=" + loops
                    + " do not go together: a transaction has one producer id and one order of events, and so one loop."
                    + " Leave sender.threads at 1, or use several producers with a transactional.id each");
        }
        if (!twoPhaseCommit) {
            return new TransactionSettings(id, values.number("transaction.timeout.ms"), false);
        }
        if (values.isSet("transaction.timeout.ms")) {
            throw new ConfigException(
                    "transaction.timeout.ms",
                    values.number("transaction.timeout.ms"),
                    "must not be set with transaction.two.phase.commit.enable=true: such transactions do not expire");
        }
        return new TransactionSettings(id, Integer.MAX_VALUE, true);
    }

    public boolean isTransactional() {
        return transactionalId != null;
    }
}
