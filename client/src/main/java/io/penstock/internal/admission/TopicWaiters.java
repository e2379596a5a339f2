package io.penstock.internal.admission;

import io.penstock.errors.KafkaException;
import io.penstock.internal.cluster.ClusterTracker;
import io.penstock.internal.cluster.ClusterView;
import io.penstock.internal.cluster.TopicView;
import io.penstock.internal.loop.LoopTask;
import io.penstock.internal.loop.Mailbox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for which topic's metadata.
 *
 * <p>Callers add and give up on any thread, by way of the mailbox; the list itself is the loop's. Bounded by the waiting
 * callers and the waiting line.
 */
public final class TopicWaiters {

    private final Mailbox mailbox;
    private final Supplier<ClusterTracker> tracker;
    private final Map<String, List<TopicWaiter>> waiting = new HashMap<>();

    public TopicWaiters(Mailbox mailbox, Supplier<ClusterTracker> tracker) {
        this.mailbox = mailbox;
        this.tracker = tracker;
    }

    /** Any thread. */
    void add(TopicWaiter waiter) {
        mailbox.post(
                new LoopTask() { // no lambda, as each that a start has to make costs it a millisecond or more
                    @Override
                    public void run(long nowNanos) {
                        settleOrAsk(waiter, nowNanos);
                    }
                });
    }

    private void settleOrAsk(TopicWaiter waiter, long nowNanos) {
        if (isThere(waiter, tracker.get().view())) {
            waiter.onSettled(null);
        } else {
            waiting.computeIfAbsent(waiter.topic(), topic -> new ArrayList<>()).add(waiter);
            tracker.get().want(waiter.topic(), nowNanos);
        }
    }

    /** Any thread: the waiter has given up. */
    void remove(TopicWaiter waiter) {
        mailbox.post(now -> {
            List<TopicWaiter> others = waiting.get(waiter.topic());
            if (others != null && others.remove(waiter) && others.isEmpty()) {
                waiting.remove(waiter.topic());
            }
        });
    }

    /** Loop: there is news; whoever still waits has it asked for again. */
    public void onUpdate(ClusterView view, long nowNanos) {
        for (Iterator<Map.Entry<String, List<TopicWaiter>>> topics =
                        waiting.entrySet().iterator();
                topics.hasNext(); ) {
            Map.Entry<String, List<TopicWaiter>> topic = topics.next();
            List<TopicWaiter> settled = new ArrayList<>();
            List<TopicWaiter> left = new ArrayList<>();
            for (TopicWaiter waiter : topic.getValue()) {
                (isThere(waiter, view) ? settled : left).add(waiter);
            }
            if (left.isEmpty()) {
                topics.remove();
            } else {
                topic.setValue(left);
                tracker.get().want(topic.getKey(), nowNanos);
            }
            for (TopicWaiter waiter : settled) {
                waiter.onSettled(null);
            }
        }
    }

    /** Loop: the cluster refuses the topic. */
    public void onRefused(String topic, Supplier<KafkaException> cause) {
        List<TopicWaiter> refused = waiting.remove(topic);
        if (refused != null) {
            refused.forEach(waiter -> waiter.onSettled(cause.get()));
        }
    }

    /** Loop: the producer closes. */
    public void failAll(Supplier<KafkaException> cause) {
        List<TopicWaiter> all = new ArrayList<>();
        waiting.values().forEach(all::addAll);
        waiting.clear();
        all.forEach(waiter -> waiter.onSettled(cause.get()));
    }

    /** How many wait. Loop only. */
    public int count() {
        int count = 0;
        for (List<TopicWaiter> each : waiting.values()) {
            count += each.size();
        }
        return count;
    }

    private static boolean isThere(TopicWaiter waiter, ClusterView view) {
        @Nullable TopicView topic = view.topic(waiter.topic());
        return topic != null && topic.partitionCount() >= waiter.minPartitionCount();
    }
}
