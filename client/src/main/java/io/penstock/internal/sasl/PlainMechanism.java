package io.penstock.internal.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import javax.security.auth.callback.CallbackHandler;
import javax.security.sasl.SaslException;

/** PLAIN: name and password in one message, {@code NUL name NUL password} (RFC 4616). */
final class PlainMechanism implements Mechanism {

    private static final char NUL = 0;

    private final NamePassword who;
    private boolean sent;

    PlainMechanism(CallbackHandler handler) throws SaslException {
        who = NamePassword.ask(handler);
        if (who.name().indexOf(NUL) >= 0 || who.password().indexOf(NUL) >= 0) {
            throw new SaslException("the user name or the password contains a NUL character, which PLAIN cannot send");
        }
    }

    @Override
    public String principal() {
        return who.name();
    }

    @Override
    public String conceal(String text) {
        return Mechanism.conceal(text, who.password());
    }

    @Override
    public byte[] evaluate(byte[] challenge) throws SaslException {
        if (sent) {
            throw new SaslException(
                    "the broker asked something after the name and password, which PLAIN does not have");
        }
        sent = true;
        return (NUL + who.name() + NUL + who.password()).getBytes(UTF_8);
    }

    @Override
    public boolean isComplete() {
        return sent;
    }
}
