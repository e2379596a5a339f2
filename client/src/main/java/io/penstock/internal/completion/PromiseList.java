package io.penstock.internal.completion;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The promises of one batch, in append order.
 *
 * <p>The batch itself is this list: the partition's lock guards it while the batch is open, then the loop, then the callback thread. The
 * first ones are linked each to the one before it, so that an append touches nothing but what it touches anyway: with records for
 * a thousand partitions in turn, the last promise and a list apart from the batch were two waits for memory a record. They are turned
 * round when they are kept, those of several batches together. Further ones are linked each to the one after it, as walking a long
 * list twice costs more than that.
 */
public class PromiseList {

    /** By measurement: batches of this many records and more are those of partitions that lie in the cache anyway. */
    static final int TURNED_COUNT = 64;

    private @Nullable RecordPromise newestTurned;
    private @Nullable RecordPromise firstBehind;
    private @Nullable RecordPromise last;
    private int count;

    public final void add(RecordPromise promise) {
        RecordPromise before = last;
        if (count < TURNED_COUNT) {
            promise.neighbour = newestTurned;
            newestTurned = promise;
        } else {
            if (before == null) {
                firstBehind = promise;
            } else {
                before.neighbour = promise;
            }
            last = promise;
        }
        count++;
    }

    /** Takes them out for a batch that is split, oldest first. */
    public final List<RecordPromise> takeAll() {
        List<RecordPromise> all = new ArrayList<>(count);
        for (RecordPromise promise = takeLinked(); promise != null; ) {
            RecordPromise after = promise.neighbour;
            promise.neighbour = null;
            all.add(promise);
            promise = after;
        }
        return all;
    }

    /** How many were added. */
    public final int count() {
        return count;
    }

    /**
     * Turns these lists round, a promise of each in turn: what one waits for, memory that was last touched when its record was sent, the
     * others wait for at the same time. Along a single list each wait begins when the one before has ended.
     */
    static void turnTogether(@Nullable PromiseList[] lists, int count) {
        int turned;
        do {
            turned = 0;
            for (int i = 0; i < count; i++) {
                PromiseList list = lists[i];
                if (list != null && list.turnOne()) {
                    turned++;
                }
            }
        } while (turned > 0);
    }

    private boolean turnOne() {
        RecordPromise promise = newestTurned;
        if (promise == null) {
            return false;
        }
        newestTurned = promise.neighbour;
        promise.neighbour = firstBehind;
        firstBehind = promise;
        return true;
    }

    /** Takes them out linked each to the one after it, and gives the first. */
    final @Nullable RecordPromise takeLinked() {
        while (turnOne()) {
            // nothing is left to do for one that was turned together with others
        }
        RecordPromise first = firstBehind;
        firstBehind = null;
        last = null;
        return first;
    }
}
