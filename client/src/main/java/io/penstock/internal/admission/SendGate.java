package io.penstock.internal.admission;

import io.penstock.errors.KafkaException;

/** Whether records may be sent at all just now; for producers that send inside transactions only. Any thread. */
public interface SendGate {

    /** Always. */
    SendGate OPEN = new SendGate() {
        @Override
        public void enter() {}

        @Override
        public void leave() {}

        @Override
        public void onRefused(KafkaException cause) {}
    };

    /** A record is about to be admitted; throws when it may not be. {@link #leave} follows unless this throws. */
    void enter();

    /** The record is in its batch, or never will be. */
    void leave();

    /** A record between the two that will never be. */
    void onRefused(KafkaException cause);
}
