package io.penstock.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table of moves: as the document shows it, and without a state that nothing leads out of. */
class TransactionTableTest {

    /** One line for each state, as in docs/ARCHITECTURE.md. */
    private static List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (TransactionState state : TransactionState.values()) {
            List<String> moves = new ArrayList<>();
            for (TransactionEvent event : TransactionEvent.values()) {
                TransactionState next = TransactionTable.after(state, event);
                if (next != null && event != TransactionEvent.FAILED_FATALLY) {
                    moves.add(event + " -> " + next);
                }
            }
            lines.add("| `" + state + "` | " + String.join(", ", moves) + " |");
        }
        return lines;
    }

    @Test
    void document_showsTheTableOfTheCode() throws IOException {
        List<String> document = Files.readAllLines(Path.of("../docs/ARCHITECTURE.md"));
        assertThat(document).containsSubsequence(lines());
    }

    @Test
    void fatalFailure_leadsFromEveryStateToTheOneThatNothingLeaves() {
        for (TransactionState state : TransactionState.values()) {
            boolean fatal = state == TransactionState.FATAL_ERROR;
            assertThat(TransactionTable.after(state, TransactionEvent.FAILED_FATALLY))
                    .isEqualTo(fatal ? null : TransactionState.FATAL_ERROR);
            if (fatal) {
                for (TransactionEvent event : TransactionEvent.values()) {
                    assertThat(TransactionTable.after(state, event)).isNull();
                }
            }
        }
    }

    @Test
    void everyState_isReachedAndLeadsBackToReady() {
        Set<TransactionState> reached = EnumSet.of(TransactionState.UNINITIALIZED);
        grow(reached);
        assertThat(reached).containsExactlyInAnyOrder(TransactionState.values());
        for (TransactionState state : TransactionState.values()) {
            if (state != TransactionState.FATAL_ERROR) {
                Set<TransactionState> from = EnumSet.of(state);
                grow(from);
                assertThat(from).as(state + " is no dead end").contains(TransactionState.READY);
            }
        }
    }

    private static void grow(Set<TransactionState> reached) {
        int before;
        do {
            before = reached.size();
            for (TransactionState state : EnumSet.copyOf(reached)) {
                for (TransactionEvent event : TransactionEvent.values()) {
                    TransactionState next = TransactionTable.after(state, event);
                    if (next != null) {
                        reached.add(next);
                    }
                }
            }
        } while (reached.size() > before);
    }
}
