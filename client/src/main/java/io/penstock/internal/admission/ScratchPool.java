package io.penstock.internal.admission;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The scratch memory of a producer's callers: a few, whatever the number of threads, virtual ones included.
 *
 * <p>Any thread, no lock. Each thread has a place, of which there are few. The first to come owns the scratch there until it has ended
 * and been collected, and lends it to itself by plain writes, as nobody else does: that is what nearly every record costs. Threads that
 * find their place taken share others, by atomic exchange. Whoever finds none makes one; what does not find a place again is left to the
 * collector. That also holds for a serializer that itself sends a record.
 */
final class ScratchPool {

    /** At most this many are owned and this many shared, each of them at most about 110 KiB. */
    static final int PLACES = 16;

    /** Places lie a cache line apart: neighbours in one would pass it to and fro between their cores. */
    private static final int STRIDE = 16;

    private static final int LOOKS = 3;

    /** Plain: a thread uses only what is its own, and that it wrote itself. A lost write costs a scratch. */
    private final @Nullable Scratch[] owned = new Scratch[PLACES * STRIDE];

    private final AtomicReferenceArray<@Nullable Scratch> shared = new AtomicReferenceArray<>(PLACES * STRIDE);

    Scratch take() {
        Thread thread = Thread.currentThread();
        Scratch own = owned[place(home(thread))];
        return own != null && own.lendTo(thread) ? own : takeOther(thread, own);
    }

    private Scratch takeOther(Thread thread, @Nullable Scratch atHome) {
        int home = home(thread);
        if (atHome == null || atHome.isLeft()) {
            Scratch mine = Scratch.ownedBy(thread);
            owned[place(home)] = mine;
            return mine;
        }
        for (int i = 0; i < LOOKS; i++) {
            int place = place(home + i);
            if (shared.getPlain(place) != null) {
                Scratch found = shared.getAndSet(place, null);
                if (found != null) {
                    return found;
                }
            }
        }
        return new Scratch();
    }

    void giveBack(Scratch scratch) {
        scratch.forget();
        if (!scratch.isOwned()) {
            share(scratch);
        }
    }

    private void share(Scratch scratch) {
        int home = home(Thread.currentThread());
        for (int i = 0; i < LOOKS; i++) {
            int place = place(home + i);
            if (shared.getPlain(place) == null) {
                // Another thread may put its own here at the same moment; one of the two is lost, which costs an
                // object.
                shared.setRelease(place, scratch);
                return;
            }
        }
    }

    private static int home(Thread thread) {
        return (int) thread.getId();
    }

    private static int place(int number) {
        return (number & (PLACES - 1)) * STRIDE;
    }
}
