package io.penstock.internal.admission;

import io.penstock.internal.accumulator.PageRequest;
import org.jspecify.annotations.Nullable;

/** One record in the waiting line. Guarded by the line's lock. */
final class WaitingRecord {

    private final Draft draft;
    private final DeliveryPromise delivery;
    private final long deadlineNanos;
    private boolean over;
    private @Nullable PartitionChoice choice;
    private @Nullable PageRequest request;

    WaitingRecord(Draft draft, DeliveryPromise delivery, long deadlineNanos) {
        this.draft = draft;
        this.delivery = delivery;
        this.deadlineNanos = deadlineNanos;
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

    /** It was admitted, or has failed. */
    boolean isOver() {
        return over;
    }

    void over() {
        over = true;
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
