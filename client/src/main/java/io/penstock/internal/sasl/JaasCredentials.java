package io.penstock.internal.sasl;

import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/** A login by JAAS modules of others, made once. Authentication threads; its own lock, held while the modules run. */
final class JaasCredentials implements Credentials {

    private final JaasSection section;
    private final CallbackHandler handler;
    private @Nullable LoginContext context;

    JaasCredentials(JaasSection section, CallbackHandler handler) {
        this.section = section;
        this.handler = handler;
    }

    @Override
    public synchronized Subject subject() throws LoginException {
        LoginContext done = context;
        if (done == null) {
            done = new LoginContext(JaasSection.NAME, new Subject(), handler, section);
            done.login();
            context = done;
        }
        return done.getSubject();
    }
}
