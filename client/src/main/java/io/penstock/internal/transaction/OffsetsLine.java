package io.penstock.internal.transaction;

import io.penstock.errors.KafkaException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls of {@code sendOffsetsToTransaction} that are not done, in their order, and the groups that are in the transaction.
 *
 * <p>Loop only.
 */
final class OffsetsLine {

    /** Calls that wait; a caller that waits for each of its own never meets it. */
    static final int MAX_WAITING = 1_000;

    private final ArrayDeque<OffsetCommit> waiting = new ArrayDeque<>(2);

    /** One for each group of this transaction. */
    private final Set<String> groups = new HashSet<>();

    void add(OffsetCommit commit) {
        if (waiting.size() >= MAX_WAITING) {
            commit.done()
                    .completeExceptionally(new KafkaException(MAX_WAITING + " calls of sendOffsetsToTransaction()"
                            + " wait for their coordinator already; wait for some of them first"));
            return;
        }
        waiting.add(commit);
    }

    @Nullable
    OffsetCommit first() {
        return waiting.peek();
    }

    boolean hasGroup(String groupId) {
        return groups.contains(groupId);
    }

    void onGroupAdded(String groupId) {
        groups.add(groupId);
    }

    /** The first one is with its coordinator, unless it was failed meanwhile. */
    void onCommitted(OffsetCommit commit) {
        if (waiting.peek() == commit) {
            waiting.remove();
        }
        commit.done().complete(null);
    }

    void fail(KafkaException cause) {
        for (OffsetCommit each = waiting.poll(); each != null; each = waiting.poll()) {
            each.done()
                    .completeExceptionally(Failures.again(
                            cause, "The offsets are not in the transaction, which has failed: " + cause.getMessage()));
        }
    }

    void clear() {
        groups.clear();
    }
}
