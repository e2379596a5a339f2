package io.penstock.testkit;

/** An answer that may be another one in a moment, such as that of a broker that is just becoming the leader. */
final class NotNowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotNowException(String message) {
        super(message);
    }
}
