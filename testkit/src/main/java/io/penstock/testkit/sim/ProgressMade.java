package io.penstock.testkit.sim;

import java.util.concurrent.TimeUnit;

/**
 * Every record ends in the time that its settings give it, whatever goes wrong: {@code max.block.ms} to be admitted and
 * {@code delivery.timeout.ms} from then on; nobody waits for memory that is there. That the loop does not spin, {@link World} sees.
 */
final class ProgressMade {

    /** For the steps of threads, which take time too. */
    private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private ProgressMade() {}

    /** How long a record may take. */
    static long limitNanos(SimPlan plan) {
        return plan.nanos("max.block.ms") + plan.nanos("delivery.timeout.ms") + SLACK_NANOS;
    }

    /** Looks at what is overdue now. */
    static void look(Parts parts) {
        long now = parts.clock().now();
        for (SimProducer producer : parts.producers()) {
            if (producer.pages().waitingCount() > 0
                    && producer.pages().availableBytes() == producer.pages().capacityBytes()) {
                parts.findings()
                        .add(
                                "ProgressMade",
                                producer.pages().waitingCount() + " wait for pages although all of them are free");
            }
        }
        if (parts.history().openCount() == 0) {
            return;
        }
        long limit = limitNanos(parts.plan());
        for (SimRecord record : parts.history().records()) {
            if (!record.isOver()
                    && record.taken
                    && now - record.sentAtNanos > limit + record.producer.frozenNanos(now)) {
                parts.findings()
                        .add(
                                "ProgressMade",
                                "after " + TimeUnit.NANOSECONDS.toMillis(now - record.sentAtNanos)
                                        + " ms, more than max.block.ms and delivery.timeout.ms, nothing was told of "
                                        + record);
                return;
            }
        }
    }
}
