package io.penstock.internal.transaction;

/** Where a transactional producer stands; how it moves is in {@link TransactionTable}. */
public enum TransactionState {
    UNINITIALIZED("it is not initialized", "call initTransactions() first"),
    INITIALIZING("initTransactions() is under way", "wait until it returns, or repeat it"),
    READY("no transaction is open", "call beginTransaction() first"),
    IN_TRANSACTION("a transaction is open", "end it with commitTransaction() or abortTransaction() first"),
    PREPARING("the transaction is being prepared", "wait until prepareTransaction() returns, or repeat it"),
    PREPARED(
            "a prepared transaction waits for its end",
            "call completeTransaction(), commitTransaction() or abortTransaction()"),
    COMMITTING("the transaction is being committed", "wait until commitTransaction() returns, or repeat it"),
    ABORTING("the transaction is being aborted", "wait until abortTransaction() returns, or repeat it"),
    ABORTABLE_ERROR("the transaction has failed", "call abortTransaction(), and then begin anew"),
    FATAL_ERROR("the producer has failed", "close it, remove the cause and make a new one");

    private final String words;
    private final String advice;

    TransactionState(String words, String advice) {
        this.words = words;
        this.advice = advice;
    }

    /** Whether what was not sent in it never will be. */
    boolean isDropping() {
        return this == ABORTING || this == ABORTABLE_ERROR || this == FATAL_ERROR;
    }

    /** What is the case, in the middle of a sentence. */
    String words() {
        return words;
    }

    /** What to call instead. */
    String advice() {
        return advice;
    }
}
