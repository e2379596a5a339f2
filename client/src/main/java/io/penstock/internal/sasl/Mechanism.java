package io.penstock.internal.sasl;

import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;

/** The client's side of one SASL exchange. One authentication thread at a time; may block, never waits for the broker. */
interface Mechanism {

    /** Who is being authenticated, for messages; empty when that is not known yet. */
    String principal();

    /** A text without what must not be seen: a hostile broker may send the secret back as its error message. */
    default String conceal(String text) {
        return text;
    }

    /**
     * The answer to what the broker sent, at first to nothing; null when none is due.
     *
     * @throws SaslException when the exchange cannot go on, with a message for the user and without secrets
     */
    byte @Nullable [] evaluate(byte[] challenge) throws SaslException;

    /** Whether this side needs nothing more: the broker has said that all is well and, if the mechanism has it, proved who it is. */
    boolean isComplete();

    /** Nothing more is asked of it. */
    default void dispose() {}

    /** The text with every occurrence of the secret replaced. */
    static String conceal(String text, String secret) {
        return secret.isEmpty() ? text : text.replace(secret, "[hidden]");
    }
}
