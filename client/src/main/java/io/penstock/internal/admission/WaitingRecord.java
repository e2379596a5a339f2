package io.penstock.internal.admission;

import io.penstock.errors.KafkaException;
import io.penstock.internal.accumulator.PageRequest;
import org.jspecify.annotations.Nullable;

/**
 * One record in the waiting line.
 *
 * <p>Guarded by the {@link WaitingLedger}'s lock, but for what never changes. While the admission thread tries to admit it, it is
 * claimed: nobody else ends its wait then, for it may already be in a batch; whoever wants to dooms it instead.
 */
final class WaitingRecord {

    private final Draft draft;
    private final DeliveryPromise delivery;
    private final long deadlineNanos;
    private final @Nullable CallerWait caller;
    private long number;
    private @Nullable Line line;
    private boolean claimed;
    private boolean over;
    private @Nullable KafkaException doom;
    private @Nullable KafkaException cause;
    private @Nullable PartitionChoice choice;
    private @Nullable PageRequest request;

    /** @param caller the call that blocks until the record's wait is over, and reports its failure; or null */
    WaitingRecord(Draft draft, long deadlineNanos, @Nullable CallerWait caller) {
        this.draft = draft;
        this.delivery = DeliveryPromise.waiting(draft.promise());
        this.deadlineNanos = deadlineNanos;
        this.caller = caller;
    }

    Draft draft() {
        return draft;
    }

    DeliveryPromise delivery() {
        return delivery;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    @Nullable
    CallerWait caller() {
        return caller;
    }

    /** Its place among all that ever waited. */
    long number() {
        return number;
    }

    void number(long place) {
        number = place;
    }

    /** Where it stands, or stood last. */
    @Nullable
    Line line() {
        return line;
    }

    void line(Line to) {
        line = to;
    }

    boolean isClaimed() {
        return claimed;
    }

    void claimed(boolean is) {
        claimed = is;
    }

    /** Why it is to fail unless it is admitted by the attempt under way. */
    @Nullable
    KafkaException doom() {
        return doom;
    }

    void doom(KafkaException why) {
        if (doom == null) {
            doom = why;
        }
    }

    /** It was admitted, or has failed. */
    boolean isOver() {
        return over;
    }

    /** Why it failed; null when it was admitted, or is not over. */
    @Nullable
    KafkaException cause() {
        return cause;
    }

    void over(@Nullable KafkaException why) {
        over = true;
        cause = why;
    }

    /** Set once its topic is known. */
    @Nullable
    PartitionChoice choice() {
        return choice;
    }

    void choice(PartitionChoice chosen) {
        choice = chosen;
    }

    /** The pages it stands in the pool's line for. */
    @Nullable
    PageRequest request() {
        return request;
    }

    void request(@Nullable PageRequest pages) {
        request = pages;
    }
}
