package io.penstock.internal.sender;

import io.penstock.internal.completion.CompletionQueue;
import java.util.ArrayDeque;

/**
 * The flushes that wait for one lane, and how many of its queued batches must not linger because of them.
 *
 * <p>Loop only. Batches complete in order, so a flush waits for a count and not for a set.
 */
final class LaneFlush {

    private record Mark(long completedCount, FlushTicket ticket) {}

    /** One for each flush under way, which is a blocked caller. */
    private final ArrayDeque<Mark> marks = new ArrayDeque<>(0);

    private long completedCount;
    private int hurriedCount;
    private int splitExtra;

    void add(FlushTicket ticket, int outstandingCount, int queuedCount) {
        int count = outstandingCount + queuedCount;
        if (count > 0) {
            ticket.hold();
            marks.add(new Mark(completedCount + count, ticket));
            hurriedCount = queuedCount;
        }
    }

    /** Whether the oldest queued batch is one that a flush waits for. */
    boolean isHurried() {
        return hurriedCount > 0;
    }

    void onTaken() {
        hurriedCount = Math.max(0, hurriedCount - 1);
    }

    /** One batch has become so many: each mark counts batches that were there, so the surplus does not count. */
    void onSplit(int parts) {
        if (!marks.isEmpty()) {
            splitExtra += parts - 1;
        }
    }

    void onCompleted(CompletionQueue completions) {
        if (marks.isEmpty()) {
            splitExtra = 0;
            return;
        }
        if (splitExtra > 0) {
            splitExtra--;
            return;
        }
        completedCount++;
        for (Mark mark = marks.peek(); mark != null && mark.completedCount() <= completedCount; mark = marks.peek()) {
            marks.remove();
            completions.submit(mark.ticket());
        }
    }
}
