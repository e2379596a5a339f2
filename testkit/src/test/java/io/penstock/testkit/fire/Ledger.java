package io.penstock.testkit.fire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was sent under each key and what was heard of it.
 *
 * <p>Any thread; its own lock. About nine bytes for each record, so a soak of hours fits into memory.
 */
final class Ledger {

    /** What is known of a record. */
    enum State {
        PENDING,
        ACKNOWLEDGED,
        NOT_WRITTEN,
        UNKNOWN
    }

    private static final State[] STATES = State.values();

    private final List<Line> lines = new ArrayList<>();
    private final Map<Integer, Long> lastHeard = new HashMap<>();
    private final Map<String, Integer> failures = new TreeMap<>();
    private final List<String> complaints = new ArrayList<>();
    private long sent;
    private long pending;
    private long outOfOrder;
    private long heardTwice;
    private long refusedAtTheDoor;
    private long lastEndNanos = System.nanoTime();
    private long longestSilenceNanos;
    private long longestWaitNanos;

    Ledger(int keyCount) {
        for (int key = 0; key < keyCount; key++) {
            lines.add(new Line());
        }
    }

    /** Enters the next record of a key and returns what to tell of its end. */
    synchronized Entry enter(int key) {
        if (pending == 0) {
            lastEndNanos = System.nanoTime();
        }
        pending++;
        return new Entry(key, lines.get(key).append(), sent++, System.nanoTime(), Thread.currentThread());
    }

    /** One record on its way. */
    final class Entry implements Subject.Heard {
        private final int key;
        final int number;
        private final long place;
        private final long sentNanos;
        private final Thread sender;

        private Entry(int key, int number, long place, long sentNanos, Thread sender) {
            this.key = key;
            this.number = number;
            this.place = place;
            this.sentNanos = sentNanos;
            this.sender = sender;
        }

        @Override
        public void acknowledged(int partition, long offset) {
            synchronized (Ledger.this) {
                if (end(State.ACKNOWLEDGED, partition)) {
                    lines.get(key).offsets[number] = offset;
                    longestWaitNanos = Math.max(longestWaitNanos, System.nanoTime() - sentNanos);
                }
            }
        }

        @Override
        public void failed(int partition, boolean surelyNotWritten, Exception failure) {
            synchronized (Ledger.this) {
                if (end(surelyNotWritten ? State.NOT_WRITTEN : State.UNKNOWN, partition)) {
                    String kind =
                            failure.getClass().getSimpleName() + (surelyNotWritten ? ", not written" : ", unknown");
                    if (failures.merge(kind, 1, Integer::sum) <= 3) {
                        complaints.add(kind + ": " + failure.getMessage());
                    }
                }
            }
        }

        private boolean end(State state, int partition) {
            Line line = lines.get(key);
            if (line.states[number] != State.PENDING.ordinal()) {
                heardTwice++;
                return false;
            }
            line.states[number] = (byte) state.ordinal();
            pending--;
            long now = System.nanoTime();
            longestSilenceNanos = Math.max(longestSilenceNanos, now - lastEndNanos);
            lastEndNanos = now;
            if (Thread.currentThread() == sender) {
                refusedAtTheDoor++; // such a one may overtake those that were admitted
            } else if (partition >= 0) {
                Long before = lastHeard.put(partition, place);
                if (before != null && before > place) {
                    outOfOrder++;
                }
            }
            return true;
        }
    }

    synchronized State state(int key, int number) {
        return STATES[lines.get(key).states[number]];
    }

    synchronized long offset(int key, int number) {
        return lines.get(key).offsets[number];
    }

    synchronized int count(int key) {
        return lines.get(key).count;
    }

    int keyCount() {
        return lines.size();
    }

    synchronized long count(State state) {
        long count = 0;
        for (Line line : lines) {
            for (int number = 0; number < line.count; number++) {
                count += line.states[number] == state.ordinal() ? 1 : 0;
            }
        }
        return count;
    }

    synchronized long pending() {
        return pending;
    }

    /** What callbacks did that they must not do, and how long it took. */
    synchronized Hearing hearing() {
        return new Hearing(
                sent,
                outOfOrder,
                heardTwice,
                refusedAtTheDoor,
                longestSilenceNanos,
                longestWaitNanos,
                new TreeMap<>(failures),
                List.copyOf(complaints));
    }

    /** Of one producer's callbacks. */
    record Hearing(
            long sent,
            long outOfOrder,
            long heardTwice,
            long refusedAtTheDoor,
            long longestSilenceNanos,
            long longestWaitNanos,
            Map<String, Integer> failures,
            List<String> examples) {}

    /** The records of one key. */
    private static final class Line {
        private byte[] states = new byte[256];
        private long[] offsets = new long[256];
        private int count;

        int append() {
            if (count == states.length) {
                states = Arrays.copyOf(states, 2 * count);
                offsets = Arrays.copyOf(offsets, 2 * count);
            }
            return count++;
        }
    }
}
