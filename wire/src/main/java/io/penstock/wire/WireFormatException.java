package io.penstock.wire;

/**
 * Bytes from a peer that are not what the protocol says they should be.
 *
 * <p>The one exception type that every decoder of this module throws on malformed input, so that a caller can give up
 * the connection the bytes came from and nothing else.
 */
public final class WireFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WireFormatException(String message) {
        super(message);
    }

    public WireFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
