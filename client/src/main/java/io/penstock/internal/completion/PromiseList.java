package io.penstock.internal.completion;

import org.jspecify.annotations.Nullable;

/**
 * The promises of one batch, in append order.
 *
 * <p>Owned by the batch: the partition's lock guards it while the batch is open, then the loop, then the callback thread.
 */
public final class PromiseList {

    private @Nullable RecordPromise first;
    private @Nullable RecordPromise last;
    private int count;

    public void add(RecordPromise promise) {
        RecordPromise tail = last;
        if (tail == null) {
            first = promise;
        } else {
            tail.next = promise;
        }
        last = promise;
        count++;
    }

    /** Takes the oldest out, for a batch that is split. */
    public @Nullable RecordPromise poll() {
        RecordPromise head = first;
        if (head != null) {
            first = head.next;
            head.next = null;
            count--;
            if (first == null) {
                last = null;
            }
        }
        return head;
    }

    public int count() {
        return count;
    }

    @Nullable
    RecordPromise first() {
        return first;
    }
}
