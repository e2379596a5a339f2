package io.penstock.testkit.fake;

/** The client does not get in; the message is for the client, and names no secret. */
final class SaslRefusal extends Exception {

    private static final long serialVersionUID = 1;

    SaslRefusal(String message) {
        super(message, null, false, false);
    }
}
