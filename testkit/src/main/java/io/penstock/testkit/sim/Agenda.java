package io.penstock.testkit.sim;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What happens when, by {@link SimClock#now}; of two things at one time, the one that was entered first. */
final class Agenda {

    static final long NEVER = Long.MAX_VALUE;

    private record Entry(long atNanos, long order, Runnable task) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long lastOrder;

    void at(long nanos, Runnable task) {
        entries.add(new Entry(nanos, ++lastOrder, task));
    }

    /** When the next thing happens; {@link #NEVER} when nothing does. */
    long next() {
        Entry first = entries.peek();
        return first == null ? NEVER : first.atNanos();
    }

    /** Takes out what happens next, if its time has come. */
    @Nullable
    Runnable poll(long now) {
        Entry first = entries.peek();
        if (first == null || first.atNanos() > now) {
            return null;
        }
        entries.remove();
        return first.task();
    }

    int size() {
        return entries.size();
    }
}
