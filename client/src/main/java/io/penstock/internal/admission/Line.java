package io.penstock.internal.admission;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One thing waited for, and the records that wait for it, in order. Guarded by the {@link WaitingLedger}'s lock. */
final class Line {

    private final Object key;
    private final Set<WaitingRecord> records = new LinkedHashSet<>();
    private @Nullable TopicWaiter waiter;

    /** @param key a topic's name, a {@code TopicPartition}, or a partition's queue */
    Line(Object key) {
        this.key = key;
    }

    Object key() {
        return key;
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    void add(WaitingRecord record) {
        records.add(record);
        record.line(this);
    }

    void remove(WaitingRecord record) {
        records.remove(record);
    }

    @Nullable
    WaitingRecord head() {
        return records.isEmpty() ? null : records.iterator().next();
    }

    WaitingRecord[] toArray() {
        return records.toArray(new WaitingRecord[0]);
    }

    /** Who asks for the line's metadata; null while nobody does. */
    @Nullable
    TopicWaiter waiter() {
        return waiter;
    }

    void waiter(@Nullable TopicWaiter asking) {
        waiter = asking;
    }
}
