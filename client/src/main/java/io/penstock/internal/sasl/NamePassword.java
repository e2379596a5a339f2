package io.penstock.internal.sasl;

import java.io.IOException;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.sasl.SaslException;

/** A name and its password, as a handler gives them. Does not print the password. */
record NamePassword(String name, String password) {

    /** @throws SaslException when one is missing or the handler fails */
    static NamePassword ask(CallbackHandler handler, Callback... more) throws SaslException {
        NameCallback name = new NameCallback("name: ");
        PasswordCallback password = new PasswordCallback("password: ", false);
        Callback[] all = new Callback[2 + more.length];
        all[0] = name;
        all[1] = password;
        System.arraycopy(more, 0, all, 2, more.length);
        answer(handler, all);
        char[] secret = password.getPassword();
        if (name.getName() == null || name.getName().isEmpty()) {
            throw new SaslException("no user name is given; set username=\"...\" in sasl.jaas.config");
        }
        if (secret == null || secret.length == 0) {
            throw new SaslException("no password is given; set password=\"...\" in sasl.jaas.config");
        }
        password.clearPassword();
        return new NamePassword(name.getName(), new String(secret));
    }

    /** Has the handler answer; what goes wrong is told as the mechanism's failure. */
    static void answer(CallbackHandler handler, Callback... callbacks) throws SaslException {
        try {
            handler.handle(callbacks);
        } catch (UnsupportedCallbackException e) {
            throw new SaslException(
                    "the callback handler " + handler.getClass().getName() + " does not know the question "
                            + e.getCallback().getClass().getName(),
                    e);
        } catch (IOException | RuntimeException e) {
            throw new SaslException(
                    "the callback handler " + handler.getClass().getName() + " failed: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "NamePassword[" + name + "]";
    }
}
