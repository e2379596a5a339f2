package io.penstock.internal.sasl;

import java.util.function.Supplier;
import javax.security.auth.Subject;
import javax.security.auth.login.LoginException;

/** Who this client is at the moment; logs in when that has not been done. Any authentication thread; may block. */
interface Credentials extends AutoCloseable {

    /** @throws LoginException with a message for the user, without secrets */
    Subject subject() throws LoginException;

    /** No more is asked; any thread. */
    @Override
    default void close() {}

    /** Those that never change. */
    static Credentials fixed(Supplier<Subject> subject) {
        Subject known = subject.get();
        return () -> known;
    }
}
