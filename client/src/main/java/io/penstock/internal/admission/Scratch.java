package io.penstock.internal.admission;

import io.penstock.wire.record.KeyValue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Memory of the thread that serializes a record, for the time between its serializers and the page that the bytes are copied into.
 *
 * <p>Lent by {@link ScratchPool}; belongs to one thread at a time, or to one for good.
 */
final class Scratch {

    private final ScratchPiece key = new ScratchPiece();
    private final ScratchPiece value = new ScratchPiece();
    private final KeyValue keyValue = new KeyValue();
    private final boolean isOwned;

    /** Weak, so that a thread that has ended is not kept. By identity: what a thread calls its number may be its user's choice. */
    private final WeakReference<@Nullable Thread> owner;

    /** Of one that is owned: a serializer that sends a record itself finds it lent. Written and read by the owner alone. */
    private boolean isLent;

    /** Nobody's own. */
    Scratch() {
        this(null);
    }

    private Scratch(@Nullable Thread owner) {
        this.isOwned = owner != null;
        this.owner = new WeakReference<>(owner);
    }

    /** Lent to the thread at once. */
    static Scratch ownedBy(Thread thread) {
        Scratch scratch = new Scratch(thread);
        scratch.isLent = true;
        return scratch;
    }

    boolean isOwned() {
        return isOwned;
    }

    /** False when it is not the caller's, or is in use. */
    boolean lendTo(Thread caller) {
        if (!owner.refersTo(caller) || isLent) {
            return false;
        }
        isLent = true;
        return true;
    }

    /** Its owner has ended and is forgotten. */
    boolean isLeft() {
        return owner.refersTo(null);
    }

    ScratchPiece key() {
        return key;
    }

    ScratchPiece value() {
        return value;
    }

    /** Both, as they were filled last. */
    KeyValue keyValue() {
        return keyValue;
    }

    /** Its user is done: lets go of the arrays of users. */
    void forget() {
        keyValue.clear();
        isLent = false;
    }
}
