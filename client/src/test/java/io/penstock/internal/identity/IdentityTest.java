package io.penstock.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The manager and the counter, each small. */
final class IdentityTest {

    @Test
    void withoutIdempotence_isReadyAndNone() {
        IdentityManager manager = new IdentityManager(false);
        assertThat(manager.isReady()).isTrue();
        assertThat(manager.current().isNone()).isTrue();
        SequenceCounter counter = new SequenceCounter();
        assertThat(counter.take(5)).isEqualTo(-1);
        assertThat(counter.take(5)).isEqualTo(-1);
        counter.giveBackFrom(-1);
        assertThat(counter.take(1)).isEqualTo(-1);
    }

    @Test
    void renew_raisesTheEpochOnce_howeverManyPartitionsAsk() {
        IdentityManager manager = new IdentityManager(true);
        assertThat(manager.isReady()).isFalse();
        manager.onIdentity(7, (short) 0);
        ProducerIdentity stale = manager.current();
        manager.renew(stale);
        manager.renew(stale);
        assertThat(manager.current()).isEqualTo(new ProducerIdentity(7, (short) 1));
    }

    @Test
    void renew_ofTheLastEpoch_needsANewId() {
        IdentityManager manager = new IdentityManager(true);
        manager.onIdentity(7, Short.MAX_VALUE);
        manager.renew(manager.current());
        assertThat(manager.isReady()).isFalse();
        manager.onIdentity(8, (short) 0);
        assertThat(manager.isReady()).isTrue();
        assertThat(manager.current().producerId()).isEqualTo(8);
    }

    @Test
    void identity_thatIsNone_isRefusedLoudly() {
        IdentityManager manager = new IdentityManager(true);
        assertThatThrownBy(() -> manager.onIdentity(-1, (short) 0)).hasMessageContaining("-1");
        assertThatThrownBy(() -> manager.onIdentity(1, (short) -1)).hasMessageContaining("-1");
    }

    @Test
    void sequences_runOnFromBatchToBatch_andWrapToZero() {
        SequenceCounter counter = new SequenceCounter();
        counter.restart(new ProducerIdentity(7, (short) 0));
        assertThat(counter.take(10)).isZero();
        assertThat(counter.take(1)).isEqualTo(10);
        counter.giveBackFrom(10);
        assertThat(counter.take(5)).isEqualTo(10);
        counter.giveBackFrom(Integer.MAX_VALUE - 1);
        assertThat(counter.take(3)).isEqualTo(Integer.MAX_VALUE - 1);
        assertThat(counter.take(1)).as("MAX - 1, MAX, 0, and then").isEqualTo(1);
        assertThat(SequenceCounter.plus(Integer.MAX_VALUE, 1)).isZero();
        counter.restart(new ProducerIdentity(7, (short) 1));
        assertThat(counter.take(1)).isZero();
    }
}
