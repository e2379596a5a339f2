package io.penstock.wire.record;

import org.jspecify.annotations.Nullable;

/**
 * The headers of one record, in order, as the record writer sees them.
 *
 * <p>Implemented by whatever already holds the headers, so that nothing is converted. Must answer the same from the
 * moment the record's size is taken to the moment it is written.
 */
public interface HeaderSource {

    /** No headers. */
    HeaderSource NONE = new HeaderSource() {
        @Override
        public int headerCount() {
            return 0;
        }

        @Override
        public String headerKey(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public byte @Nullable [] headerValue(int index) {
            throw new IndexOutOfBoundsException(index);
        }
    };

    int headerCount();

    String headerKey(int index);

    byte @Nullable [] headerValue(int index);
}
