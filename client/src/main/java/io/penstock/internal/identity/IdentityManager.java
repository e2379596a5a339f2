package io.penstock.internal.identity;

/**
 * The identity that new sequences are taken under.
 *
 * <p>Loop only. Without idempotence it is always ready and none. With it, an id is asked for when first needed and again when
 * its epochs are used up. A producer without transactions raises its epoch by itself: the broker accepts any higher one from
 * the same id and fences the lower ones partition by partition (KIP-360).
 */
public final class IdentityManager {

    private final boolean idempotent;
    private final boolean givenOnly;
    private ProducerIdentity current = ProducerIdentity.NONE;

    public IdentityManager(boolean idempotent) {
        this(idempotent, false);
    }

    /** @param givenOnly with transactions: every epoch comes from the coordinator */
    public IdentityManager(boolean idempotent, boolean givenOnly) {
        this.idempotent = idempotent;
        this.givenOnly = givenOnly;
    }

    public boolean isIdempotent() {
        return idempotent;
    }

    /** Whether batches can be stamped now. */
    public boolean isReady() {
        return !idempotent || !current.isNone();
    }

    public ProducerIdentity current() {
        return current;
    }

    /** The cluster gave us an id. */
    public void onIdentity(long producerId, short epoch) {
        if (producerId < 0 || epoch < 0) {
            throw new IllegalArgumentException(
                    "A producer id and epoch are not negative, got " + producerId + " and " + epoch);
        }
        current = new ProducerIdentity(producerId, epoch);
    }

    /**
     * Sequences taken under {@code stale} have come to nothing in some partition; later ones need another identity. Does
     * nothing when there is another one already. After this {@link #isReady} may be false.
     */
    public void renew(ProducerIdentity stale) {
        if (givenOnly || !current.equals(stale)) {
            return;
        }
        current = current.isExhausted() ? ProducerIdentity.NONE : current.nextEpoch();
    }
}
