package io.penstock.internal.cluster;

import io.penstock.internal.cluster.TrackedTopic.State;
import io.penstock.internal.loop.Backoff;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * Which topics to ask for, and from when on.
 *
 * <p>Loop thread. Each tracked topic is in at most one place: queued, waiting for its time, or in the request under way; all
 * three are thus bounded by the number of tracked topics.
 */
final class TopicQueue {

    private final ArrayDeque<TrackedTopic> queued = new ArrayDeque<>();
    private final TreeSet<TrackedTopic> waiting = new TreeSet<>(TopicQueue::byTime);
    private final List<TrackedTopic> asked = new ArrayList<>();
    private final Backoff backoff;
    private final Random random;

    TopicQueue(Backoff backoff, Random random) {
        this.backoff = backoff;
        this.random = random;
    }

    private static int byTime(TrackedTopic a, TrackedTopic b) {
        int order = Long.signum(a.askAtNanos - b.askAtNanos); // clocks may wrap: compare by difference
        return order != 0 ? order : a.name.compareTo(b.name);
    }

    /** Asks with the next request, whatever was answered before. */
    void askNext(TrackedTopic topic) {
        if (topic.state == State.WAITING) {
            waiting.remove(topic);
            topic.state = State.SETTLED;
        }
        if (topic.state == State.SETTLED) {
            topic.state = State.QUEUED;
            queued.add(topic);
        }
    }

    /** Asks because what is known is wrong or missing: at once, unless it was answered only just now. */
    void askForNews(TrackedTopic topic, long now) {
        topic.newsWanted = true;
        if (topic.state == State.ASKED) {
            topic.askAgain = true;
        } else if (topic.state == State.SETTLED) {
            if (topic.answered && topic.notBeforeNanos - now > 0) {
                await(topic, topic.notBeforeNanos);
            } else {
                askNext(topic);
            }
        }
    }

    private void await(TrackedTopic topic, long askAtNanos) {
        topic.state = State.WAITING;
        topic.askAtNanos = askAtNanos;
        waiting.add(topic);
    }

    /** Queues the topics whose time has come. */
    void promoteDue(long now) {
        while (!waiting.isEmpty() && waiting.first().askAtNanos - now <= 0) {
            askNext(waiting.first());
        }
    }

    boolean hasQueued() {
        return !queued.isEmpty();
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** When the first waiting topic is due; only when there is one. */
    long firstDueNanos() {
        return waiting.first().askAtNanos;
    }

    /** Takes up to {@code maxCount} queued topics into the request that is about to leave. */
    List<TrackedTopic> take(int maxCount) {
        while (asked.size() < maxCount && !queued.isEmpty()) {
            TrackedTopic topic = queued.remove();
            topic.state = State.ASKED;
            asked.add(topic);
        }
        return asked;
    }

    /** The request was answered. Each of its topics has still to be {@linkplain #settle settled} by the caller. */
    List<TrackedTopic> takeAnswered() {
        List<TrackedTopic> topics = List.copyOf(asked);
        asked.clear();
        return topics;
    }

    /** The request failed: its topics are to be asked again before all others. */
    void putBack() {
        for (int i = asked.size() - 1; i >= 0; i--) {
            TrackedTopic topic = asked.get(i);
            topic.state = State.QUEUED;
            topic.askAgain = false;
            queued.addFirst(topic);
        }
        asked.clear();
    }

    /**
     * An answer for this topic came.
     *
     * @param changed whether it brought anything new
     * @param complete whether it says all that is needed, so that nobody need ask again before the next refresh
     */
    void settle(TrackedTopic topic, boolean changed, boolean complete, long now) {
        boolean disappointing = !changed && (topic.newsWanted || !complete);
        topic.disappointmentCount = disappointing ? topic.disappointmentCount + 1 : 0;
        topic.answered = true;
        topic.notBeforeNanos = now + backoff.nanos(topic.disappointmentCount, random);
        topic.newsWanted = topic.askAgain;
        topic.state = State.SETTLED;
        if (topic.askAgain || !complete) {
            topic.askAgain = false;
            await(topic, topic.notBeforeNanos);
        }
    }

    /** Forgets the topic wherever it waits; it must not be in the request under way. */
    void remove(TrackedTopic topic) {
        if (topic.state == State.QUEUED) {
            queued.remove(topic);
        } else if (topic.state == State.WAITING) {
            waiting.remove(topic);
        }
        topic.state = State.SETTLED;
    }
}
