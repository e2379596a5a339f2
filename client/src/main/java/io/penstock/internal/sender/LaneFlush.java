package io.penstock.internal.sender;

import io.penstock.internal.completion.CompletionQueue;
import java.util.ArrayDeque;

/**
 * The flushes that wait for one lane, and how many of its queued batches must not linger because of them.
 *
 * <p>Loop only. Batches complete in order, so a flush waits for a count and not for a set.
 */
final class LaneFlush {

    private static final class Mark {

        final FlushTicket ticket;
        long completedCount;

        Mark(FlushTicket ticket, long completedCount) {
            this.ticket = ticket;
            this.completedCount = completedCount;
        }
    }

    /** One for each flush under way, which is a blocked caller. */
    private final ArrayDeque<Mark> marks = new ArrayDeque<>(0);

    private long completedCount;
    private int hurriedCount;

    void add(FlushTicket ticket, int outstandingCount, int queuedCount) {
        int count = outstandingCount + queuedCount;
        if (count > 0) {
            ticket.hold();
            marks.add(new Mark(ticket, completedCount + count));
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

    /** The batch with so many before it has become so many: flushes that wait for it wait for all its parts. */
    void onSplit(int place, int parts) {
        for (Mark mark : marks) {
            if (completedCount + place < mark.completedCount) {
                mark.completedCount += parts - 1;
            }
        }
    }

    void onCompleted(CompletionQueue completions) {
        completedCount++;
        for (Mark mark = marks.peek(); mark != null && mark.completedCount <= completedCount; mark = marks.peek()) {
            marks.remove();
            completions.submitQuietly(mark.ticket);
        }
    }
}
