package io.penstock.testkit.sim;

import io.penstock.internal.engine.EngineSizes;

/** No queue grows with time or with trouble: looked at all along, by {@link #look}, and empty at the end. */
final class QueuesBounded implements Checker {

    /** Timers of one connection or broker: set-up, oldest request, idleness, throttling, retry, line; of the loop itself. */
    private static final int TIMERS_PER_NODE = 10;

    private static final int TIMERS_OF_A_LOOP = 16;

    private int maxMail;

    /** At any time. */
    void look(Parts parts) {
        for (SimProducer producer : parts.producers()) {
            look(producer, parts);
        }
    }

    private void look(SimProducer producer, Parts parts) {
        EngineSizes sizes = producer.engine().sizes();
        SimPlan plan = parts.plan();
        int loops = producer.loops().size();
        int nodes = 2 * loops * plan.brokerCount() + producer.openLinkCount();
        int partitions = 2 * 25 * (plan.topics().size() + 2);
        int sent = parts.history().records().size();
        maxMail = Math.max(maxMail, sizes.mailCount());
        bound(parts, "connections", producer.openLinkCount(), loops * (4 * plan.brokerCount() + 4));
        bound(parts, "timers", sizes.timerCount(), TIMERS_PER_NODE * nodes + partitions + loops * TIMERS_OF_A_LOOP);
        bound(parts, "mail", sizes.mailCount(), loops * (4 * sent + plan.actionCount() + partitions + 64));
        bound(parts, "waits for topics", sizes.topicWaiterCount(), partitions + plan.actionCount());
        long buffer = ((Number) java.util.Objects.requireNonNull(plan.settings().get("buffer.memory"))).longValue();
        if (sizes.waitingBytes() > buffer / 16 + 64_000) {
            parts.findings().add("QueuesBounded", sizes.waitingBytes() + " bytes wait, of " + buffer);
        }
    }

    private static void bound(Parts parts, String what, int count, int limit) {
        if (count > limit) {
            parts.findings().add("QueuesBounded", count + " " + what + ", more than " + limit);
        }
    }

    @Override
    public void check(Parts parts) {
        look(parts);
        for (SimProducer producer : parts.producers()) {
            none(parts, "connections are open", producer.openLinkCount());
            none(parts, "waits for topics", producer.engine().sizes().topicWaiterCount());
        }
    }

    private static void none(Parts parts, String what, int count) {
        if (count > 0) {
            parts.findings().add("QueuesBounded", count + " " + what + " after the end");
        }
    }
}
