package io.penstock.internal.cluster;

import org.jspecify.annotations.Nullable;

/**
 * What the tracker remembers of one topic in use: when it was last used, and where it stands in being asked for.
 *
 * <p>The loop owns it, but for {@link #touch}, which any thread may call.
 */
final class TrackedTopic {

    /** Where a topic stands in being asked for; {@link TopicQueue} alone moves it. */
    enum State {
        /** Nothing to ask. */
        SETTLED,
        /** To be asked when its time has come. */
        WAITING,
        /** To be asked with the next request. */
        QUEUED,
        /** In the request that is under way. */
        ASKED
    }

    /** Uses closer together than this are not told apart, so that a topic in heavy use is not written to by every send. */
    private static final long TOUCH_GRAIN_NANOS = 100_000_000;

    final String name;
    State state = State.SETTLED;

    /** When a topic that is {@link State#WAITING} is to be asked. */
    long askAtNanos;

    /** Before this, the topic is not asked again; meaningful once {@link #answered}. */
    long notBeforeNanos;

    boolean answered;

    /** Answers in a row that did not bring the news they were asked for. */
    int disappointmentCount;

    /** Somebody has seen that what is known is wrong; an answer that changes nothing is then a disappointment. */
    boolean newsWanted;

    /** News became wanted while a request was under way, whose answer may be older than the wish. */
    boolean askAgain;

    /** The topic as last described, kept through errors so that leader epochs are compared across them. */
    @Nullable
    TopicView lastKnown;

    private volatile long lastUsedNanos;

    TrackedTopic(String name, long now) {
        this.name = name;
        this.lastUsedNanos = now;
    }

    void touch(long now) {
        if (now - lastUsedNanos > TOUCH_GRAIN_NANOS) {
            lastUsedNanos = now;
        }
    }

    boolean isIdle(long maxIdleNanos, long now) {
        return now - lastUsedNanos > maxIdleNanos;
    }
}
