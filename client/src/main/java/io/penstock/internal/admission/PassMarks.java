package io.penstock.internal.admission;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Those who wait until all records up to a number are over.
 *
 * <p>Guarded by the {@link WaitingLedger}'s lock; the futures are completed without it, by whoever polled them. In order of
 * number; one for each flush under way, which is a blocked caller.
 */
final class PassMarks {

    private record Mark(long number, CompletableFuture<Void> passed) {}

    private final ArrayDeque<Mark> marks = new ArrayDeque<>();

    void add(long number, CompletableFuture<Void> passed) {
        marks.add(new Mark(number, passed));
    }

    /** Removes and answers those before the oldest record. */
    List<CompletableFuture<Void>> pollBefore(long oldest) {
        List<CompletableFuture<Void>> passed = new ArrayList<>(0);
        for (Mark mark = marks.peek(); mark != null && mark.number() < oldest; mark = marks.peek()) {
            passed.add(marks.remove().passed());
        }
        return passed;
    }
}
