package io.penstock.internal.cluster;

/**
 * When to ask for everything: at the start, when the last full answer is {@code metadata.max.age.ms} old, and when somebody
 * wants it, then not sooner than a backoff after the last.
 *
 * <p>Loop thread.
 */
final class RefreshSchedule {

    private final long maxAgeNanos;
    private final long minAgeNanos;
    private boolean wanted = true;
    private boolean underWay;
    private boolean everAnswered;
    private long answeredAtNanos;

    RefreshSchedule(long maxAgeNanos, long minAgeNanos) {
        this.maxAgeNanos = Math.max(maxAgeNanos, minAgeNanos);
        this.minAgeNanos = minAgeNanos;
    }

    void want() {
        wanted = true;
    }

    boolean due(long now) {
        return dueNanos(now) - now <= 0;
    }

    long dueNanos(long now) {
        if (!everAnswered) {
            return now;
        }
        return answeredAtNanos + (wanted ? minAgeNanos : maxAgeNanos);
    }

    /** A request leaves, for everything or for less. */
    void onAsked(boolean all) {
        underWay = all;
        wanted &= !all;
    }

    /** An answer has come; says whether it was for everything. */
    boolean onAnswered(long now) {
        if (!underWay) {
            return false;
        }
        underWay = false;
        everAnswered = true;
        answeredAtNanos = now;
        return true;
    }

    void onFailed() {
        wanted |= underWay;
        underWay = false;
    }

    void startOver() {
        everAnswered = false;
    }
}
