package io.penstock.internal.transaction;

import io.penstock.internal.transaction.CoordinatorCommand.CommitOffsets;
import io.penstock.internal.transaction.CoordinatorCommand.FindCoordinator;
import io.penstock.internal.transaction.CoordinatorCommand.Kind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The brokers that coordinate the transactional id and its groups, as far as they are known. Loop only. */
final class Coordinators {

    static final int UNKNOWN = -1;

    /** More groups than this are forgotten and looked up again. */
    private static final int MAX_GROUPS = 100;

    private final String transactionalId;
    private int transactionNode = UNKNOWN;
    private final Map<String, Integer> groupNodes = new HashMap<>();

    Coordinators(String transactionalId) {
        this.transactionalId = transactionalId;
    }

    int transactionNode() {
        return transactionNode;
    }

    /** Where it goes; {@link #UNKNOWN} for any broker. */
    int nodeOf(CoordinatorCommand command) {
        if (command instanceof FindCoordinator) {
            return UNKNOWN;
        }
        return command instanceof CommitOffsets offsets
                ? groupNodes.getOrDefault(offsets.commit().groupId(), UNKNOWN)
                : transactionNode;
    }

    /** The question to ask first; null when it is known where to go. */
    @Nullable
    FindCoordinator lookUpFor(CoordinatorCommand command) {
        if (nodeOf(command) != UNKNOWN) {
            return null;
        }
        return command instanceof CommitOffsets offsets
                ? new FindCoordinator(Kind.GROUP, offsets.commit().groupId())
                : new FindCoordinator(Kind.TRANSACTION, transactionalId);
    }

    void onFound(FindCoordinator question, int nodeId) {
        if (question.kind() == Kind.TRANSACTION) {
            transactionNode = nodeId;
            return;
        }
        if (groupNodes.size() >= MAX_GROUPS) {
            groupNodes.clear();
        }
        groupNodes.put(question.key(), nodeId);
    }

    /** It does not answer, or says that it is another one. */
    void forget(CoordinatorCommand command) {
        if (command instanceof CommitOffsets offsets) {
            groupNodes.remove(offsets.commit().groupId());
        } else if (!(command instanceof FindCoordinator)) {
            transactionNode = UNKNOWN;
        }
    }
}
