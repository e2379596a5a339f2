package io.penstock.cli;

/** Something that the person at the keyboard can put right; its message is all they need to see. */
final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CliException(String message) {
        super(message);
    }
}
