package io.penstock.internal.transaction;

/** What moves a transaction: the user's calls, and what becomes of them. */
public enum TransactionEvent {
    INIT("initTransactions()"),
    BEGIN("beginTransaction()"),
    SEND("send()"),
    SEND_OFFSETS("sendOffsetsToTransaction()"),
    PREPARE("prepareTransaction()"),
    COMPLETE("completeTransaction()"),
    COMMIT("commitTransaction()"),
    ABORT("abortTransaction()"),

    /** The coordinator has given an identity, and no prepared transaction is left. */
    INITIALIZED(null),
    /** The coordinator has given an identity, and has kept a prepared transaction. */
    FOUND_PREPARED(null),
    /** The coordinator gives no identity for now. */
    INIT_REFUSED(null),
    /** Every record and offset of the transaction is with the brokers. */
    ALL_WRITTEN(null),
    /** The coordinator has ended the transaction, or there was nothing to end. */
    ENDED(null),
    /** Something of the transaction has failed; another one may do better. */
    FAILED(null),
    /** No other transaction can do better. */
    FAILED_FATALLY(null);

    private final String call;

    TransactionEvent(@org.jspecify.annotations.Nullable String call) {
        this.call = call == null ? "" : call;
    }

    public boolean isCall() {
        return !call.isEmpty();
    }

    /** The name of the user's method. */
    public String call() {
        return call;
    }
}
