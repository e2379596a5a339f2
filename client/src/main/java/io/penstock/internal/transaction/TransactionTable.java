package io.penstock.internal.transaction;

import static io.penstock.internal.transaction.TransactionEvent.ABORT;
import static io.penstock.internal.transaction.TransactionEvent.ALL_WRITTEN;
import static io.penstock.internal.transaction.TransactionEvent.BEGIN;
import static io.penstock.internal.transaction.TransactionEvent.COMMIT;
import static io.penstock.internal.transaction.TransactionEvent.COMPLETE;
import static io.penstock.internal.transaction.TransactionEvent.ENDED;
import static io.penstock.internal.transaction.TransactionEvent.FAILED;
import static io.penstock.internal.transaction.TransactionEvent.FAILED_FATALLY;
import static io.penstock.internal.transaction.TransactionEvent.FOUND_PREPARED;
import static io.penstock.internal.transaction.TransactionEvent.INIT;
import static io.penstock.internal.transaction.TransactionEvent.INITIALIZED;
import static io.penstock.internal.transaction.TransactionEvent.INIT_REFUSED;
import static io.penstock.internal.transaction.TransactionEvent.PREPARE;
import static io.penstock.internal.transaction.TransactionEvent.SEND;
import static io.penstock.internal.transaction.TransactionEvent.SEND_OFFSETS;
import static io.penstock.internal.transaction.TransactionState.ABORTABLE_ERROR;
import static io.penstock.internal.transaction.TransactionState.ABORTING;
import static io.penstock.internal.transaction.TransactionState.COMMITTING;
import static io.penstock.internal.transaction.TransactionState.FATAL_ERROR;
import static io.penstock.internal.transaction.TransactionState.INITIALIZING;
import static io.penstock.internal.transaction.TransactionState.IN_TRANSACTION;
import static io.penstock.internal.transaction.TransactionState.PREPARED;
import static io.penstock.internal.transaction.TransactionState.PREPARING;
import static io.penstock.internal.transaction.TransactionState.READY;
import static io.penstock.internal.transaction.TransactionState.UNINITIALIZED;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every legal move of a transaction; docs/ARCHITECTURE.md shows the same table, which a test holds to be equal.
 *
 * <p>A call that is not in the row of the state it meets is misuse. An event that is not in the row means nothing there: a
 * transaction that is being aborted cannot fail once more.
 */
final class TransactionTable {

    private static final Map<TransactionState, Map<TransactionEvent, TransactionState>> MOVES =
            new EnumMap<>(TransactionState.class);

    static {
        move(UNINITIALIZED, INIT, INITIALIZING);

        move(INITIALIZING, INITIALIZED, READY);
        move(INITIALIZING, FOUND_PREPARED, PREPARED);
        move(INITIALIZING, INIT_REFUSED, UNINITIALIZED);

        move(READY, BEGIN, IN_TRANSACTION);

        move(IN_TRANSACTION, SEND, IN_TRANSACTION);
        move(IN_TRANSACTION, SEND_OFFSETS, IN_TRANSACTION);
        move(IN_TRANSACTION, PREPARE, PREPARING);
        move(IN_TRANSACTION, COMMIT, COMMITTING);
        move(IN_TRANSACTION, ABORT, ABORTING);
        move(IN_TRANSACTION, FAILED, ABORTABLE_ERROR);

        move(PREPARING, ALL_WRITTEN, PREPARED);
        move(PREPARING, FAILED, ABORTABLE_ERROR);

        move(PREPARED, COMPLETE, PREPARED); // goes on as one of the next two
        move(PREPARED, COMMIT, COMMITTING);
        move(PREPARED, ABORT, ABORTING);

        move(COMMITTING, ENDED, READY);
        move(COMMITTING, FAILED, ABORTABLE_ERROR);

        move(ABORTING, ENDED, READY);

        move(ABORTABLE_ERROR, ABORT, ABORTING);

        for (TransactionState state : TransactionState.values()) {
            if (state != FATAL_ERROR) {
                move(state, FAILED_FATALLY, FATAL_ERROR);
            }
        }
    }

    private TransactionTable() {}

    private static void move(TransactionState from, TransactionEvent event, TransactionState to) {
        if (MOVES.computeIfAbsent(from, state -> new EnumMap<>(TransactionEvent.class))
                        .put(event, to)
                != null) {
            throw new IllegalStateException(from + " has two moves for " + event);
        }
    }

    /** The state after the event; null when it has no place in this state. */
    static @Nullable TransactionState after(TransactionState state, TransactionEvent event) {
        return MOVES.getOrDefault(state, Map.of()).get(event);
    }
}
