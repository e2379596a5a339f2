package io.penstock.internal.admission;

import io.penstock.producer.TopicPartition;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines, each under the thing that its records wait for.
 *
 * <p>Guarded by the {@link WaitingLedger}'s lock. No line is empty; one that becomes so is removed, and its topic is no longer
 * asked for. There are as many as there are waiting records, at most.
 */
final class LinesByKey {

    private final TopicWaiters topicWaiters;

    /** By topic name, {@link TopicPartition} or partition queue. */
    private final Map<Object, Line> lines = new HashMap<>();

    LinesByKey(TopicWaiters topicWaiters) {
        this.topicWaiters = topicWaiters;
    }

    boolean contains(Object key) {
        return lines.containsKey(key);
    }

    /** Puts it at the end of the line, which is answered when it is a new one. */
    @Nullable
    Line enqueue(WaitingRecord record, Object key) {
        Line line = lines.get(key);
        boolean first = line == null;
        if (line == null) {
            line = new Line(key);
            lines.put(key, line);
        }
        line.add(record);
        return first ? line : null;
    }

    void unlink(WaitingRecord record) {
        Line line = record.line();
        if (line == null) {
            return;
        }
        line.remove(record);
        if (line.isEmpty()) {
            lines.remove(line.key(), line);
            forget(line);
        }
    }

    private void forget(Line line) {
        TopicWaiter waiter = line.waiter();
        if (waiter != null) {
            line.waiter(null);
            topicWaiters.remove(waiter); // or the topic would be asked for for ever
        }
    }

    /** Has the line's topic asked for, unless somebody does already. */
    void ask(Line line, TopicWaiter waiter) {
        if (line.waiter() == null && !line.isEmpty()) {
            line.waiter(waiter);
            topicWaiters.add(waiter);
        }
    }
}
