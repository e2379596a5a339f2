package io.penstock.internal.admission;

import io.penstock.wire.record.KeyValue;

/**
 * Memory of the thread that serializes a record, for the time between its serializers and the page that the bytes are copied into.
 *
 * <p>Lent by {@link ScratchPool}; owned by one thread at a time.
 */
final class Scratch {

    private final ScratchPiece key = new ScratchPiece();
    private final ScratchPiece value = new ScratchPiece();
    private final KeyValue keyValue = new KeyValue();

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

    /** Lets go of the arrays of users. */
    void forget() {
        keyValue.clear();
    }
}
