package io.penstock.internal.identity;

import org.jspecify.annotations.Nullable;

/**
 * What a broker knows an idempotent producer by (KIP-98).
 *
 * @param producerId given by the cluster; -1 for none
 * @param epoch raised by one whenever sequences start anew; -1 for none
 */
public record ProducerIdentity(long producerId, short epoch) {

    /** Of a producer that is not idempotent. */
    public static final ProducerIdentity NONE = new ProducerIdentity(-1, (short) -1);

    /** By hand, as the next: the first comparison of a record is linked by a bootstrap method, in the way of the first request. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProducerIdentity that && producerId == that.producerId && epoch == that.epoch;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(producerId) + epoch;
    }

    public boolean isNone() {
        return producerId < 0;
    }

    /** Whether no epoch is left, so that only a new id helps. */
    boolean isExhausted() {
        return epoch == Short.MAX_VALUE;
    }

    ProducerIdentity nextEpoch() {
        return new ProducerIdentity(producerId, (short) (epoch + 1));
    }
}
