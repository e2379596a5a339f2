package io.penstock.testkit.sim;

import java.util.HashMap;
import java.util.Map;

/**
 * Every record that was taken has ended exactly once, by each way that tells of it, and the ends of one partition came in the order
 * in which one thread had sent its records: of those that came into a batch, and of those that waited for one in vain. The latter
 * were never on their way, so that they may end before others which are. What is told twice, {@link History} finds.
 */
final class CompletedOnceInOrder implements Checker {

    private record Line(SimProducer producer, SimRecord.Caller caller, String topic, int partition, boolean admitted) {}

    @Override
    public void check(Parts parts) {
        Map<Line, SimRecord> last = new HashMap<>();
        for (SimRecord record : parts.history().records()) {
            checkEnds(record, parts);
            if (!record.hasEnd() || record.partition < 0 || !record.taken) {
                continue;
            }
            Line line = new Line(record.producer, record.caller, record.topic, record.partition, record.admitted);
            SimRecord before = last.put(line, record);
            if (before != null && before.endNumber > record.endNumber) {
                parts.findings().add("CompletedOnceInOrder", record + " ended before " + before);
            }
        }
    }

    private static void checkEnds(SimRecord record, Parts parts) {
        if (!record.isOver()) {
            parts.findings().add("CompletedOnceInOrder", "nothing was told of " + record);
        } else if (record.futureCount > 1) {
            parts.findings().add("CompletedOnceInOrder", "the future ended twice of " + record);
        } else if (parts.plan().intercepts() && record.acknowledgementCount != 1 && !isMisuse(record)) {
            parts.findings()
                    .add(
                            "CompletedOnceInOrder",
                            "the interceptor heard " + record.acknowledgementCount + " times of " + record);
        }
    }

    /** Refused before the interceptors saw it. */
    private static boolean isMisuse(SimRecord record) {
        Throwable thrown = record.thrown;
        return thrown instanceof IllegalStateException
                || thrown != null && String.valueOf(thrown.getMessage()).startsWith("Cannot call send()");
    }
}
