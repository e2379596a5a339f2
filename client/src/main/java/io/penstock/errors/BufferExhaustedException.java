package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/**
 * {@code buffer.memory} stayed full for {@code max.block.ms}: records are sent faster than the brokers take them. The record was not
 * sent.
 */
public class BufferExhaustedException extends TimeoutException {
    private static final long serialVersionUID = 1L;

    public BufferExhaustedException(@Nullable String message) {
        super(message);
    }
}
