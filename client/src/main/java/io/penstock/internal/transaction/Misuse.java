package io.penstock.internal.transaction;

import io.penstock.errors.KafkaException;

/** The words for a call that has no place in the state it meets. */
final class Misuse {

    private Misuse() {}

    /** The first cause where a failed transaction or producer is used on, an {@link IllegalStateException} elsewhere. */
    static RuntimeException of(Standing standing, TransactionEvent call) {
        KafkaException cause = standing.cause();
        String message = "Cannot call " + call.call() + " in state " + standing.state() + ": " + words(standing, call);
        if (cause == null) {
            return new IllegalStateException(message);
        }
        String why = message + ". First cause: " + cause.getMessage();
        if (standing.state() == TransactionState.FATAL_ERROR || continuesTransaction(call)) {
            return Failures.again(cause, why);
        }
        return new IllegalStateException(why, cause);
    }

    private static boolean continuesTransaction(TransactionEvent call) {
        return switch (call) {
            case SEND, SEND_OFFSETS, PREPARE, COMPLETE, COMMIT -> true;
            default -> false;
        };
    }

    private static String words(Standing standing, TransactionEvent call) {
        TransactionState state = standing.state();
        if (call == TransactionEvent.INIT && state == TransactionState.READY) {
            return "it has been called already; call beginTransaction()";
        }
        if (call == TransactionEvent.PREPARE && state == TransactionState.PREPARED) {
            return "it has been called already; " + state.advice();
        }
        if (call == TransactionEvent.COMPLETE
                && (state == TransactionState.READY || state == TransactionState.IN_TRANSACTION)) {
            return "no transaction is prepared; call prepareTransaction() in an open one first, or after a restart"
                    + " initTransactions(true)";
        }
        return state.words() + "; " + state.advice();
    }
}
