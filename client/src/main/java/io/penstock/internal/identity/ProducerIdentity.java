package io.penstock.internal.identity;

/**
 * What a broker knows an idempotent producer by (KIP-98).
 *
 * @param producerId given by the cluster; -1 for none
 * @param epoch raised by one whenever sequences start anew; -1 for none
 */
public record ProducerIdentity(long producerId, short epoch) {

    /** Of a producer that is not idempotent. */
    public static final ProducerIdentity NONE = new ProducerIdentity(-1, (short) -1);

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
