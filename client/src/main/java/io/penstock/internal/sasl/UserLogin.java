package io.penstock.internal.sasl;

import io.penstock.security.Login;
import javax.security.auth.Subject;
import javax.security.auth.login.LoginException;

/** The user's own login ({@code sasl.login.class}). Authentication threads; its own lock, held while the user's code runs. */
final class UserLogin implements Credentials {

    private final Login login;
    private boolean done;

    UserLogin(Login login) {
        this.login = login;
    }

    @Override
    public Subject subject() throws LoginException {
        synchronized (this) {
            if (!done) {
                login.login();
                done = true;
            }
        }
        return login.subject();
    }

    @Override
    public void close() {
        login.close();
    }
}
