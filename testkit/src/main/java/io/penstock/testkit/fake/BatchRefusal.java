package io.penstock.testkit.fake;

import io.penstock.wire.ErrorCode;

/** A batch that a broker does not take, with what it answers. */
final class BatchRefusal extends Exception {

    private static final long serialVersionUID = 1;

    private final ErrorCode error;

    BatchRefusal(ErrorCode error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    ErrorCode error() {
        return error;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
