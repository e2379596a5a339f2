package io.penstock.internal.admission;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The scratch memory of a producer's callers: a few, whatever the number of threads, virtual ones included.
 *
 * <p>Any thread, no lock. A thread looks first where it found some the last time, so that it usually gets its own back, still in its
 * cache. Whoever finds none makes one; what does not find a place again is left to the collector. That also holds for a
 * serializer that itself sends a record.
 */
final class ScratchPool {

    /** At most this many are kept, each of them at most about 110 KiB. */
    static final int PLACES = 16;

    /** Places lie a cache line apart: neighbours in one would pass it to and fro between their cores. */
    private static final int STRIDE = 16;

    private static final int LOOKS = 3;

    private final AtomicReferenceArray<@Nullable Scratch> places = new AtomicReferenceArray<>(PLACES * STRIDE);

    Scratch take() {
        int home = home();
        for (int i = 0; i < LOOKS; i++) {
            int place = place(home + i);
            if (places.getPlain(place) != null) {
                Scratch found = places.getAndSet(place, null);
                if (found != null) {
                    return found;
                }
            }
        }
        return new Scratch();
    }

    void giveBack(Scratch scratch) {
        scratch.forget();
        int home = home();
        for (int i = 0; i < LOOKS; i++) {
            int place = place(home + i);
            if (places.getPlain(place) == null) {
                // Another thread may put its own here at the same moment; one of the two is lost, which costs an
                // object.
                places.setRelease(place, scratch);
                return;
            }
        }
    }

    private static int home() {
        return (int) Thread.currentThread().getId();
    }

    private static int place(int number) {
        return (number & (PLACES - 1)) * STRIDE;
    }
}
