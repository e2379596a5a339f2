package io.penstock.security;

import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;

/**
 * Replaces the login; named by {@code sasl.login.class}. Made by its public constructor without parameters.
 *
 * <p>Credentials that expire are its own to renew: {@link #subject} is asked for each time a connection is authenticated. All but {@link
 * #configure} and {@link #close} run on the producer's authentication threads and may block.
 */
public interface Login extends AutoCloseable {

    /**
     * Called once, before anything else.
     *
     * @param configs the settings as given, with the defaults of the {@code sasl.} ones that were not
     * @param contextName the section of the JAAS configuration, {@code KafkaClient}
     * @param jaas the login modules
     * @param loginCallbackHandler that of {@code sasl.login.callback.handler.class}, or one that refuses everything
     */
    void configure(
            Map<String, ?> configs,
            String contextName,
            Configuration jaas,
            AuthenticateCallbackHandler loginCallbackHandler);

    /**
     * Called before {@link #subject} is, until it has succeeded once.
     *
     * @throws LoginException with a message that is shown to the caller, and so without secrets
     */
    LoginContext login() throws LoginException;

    /** Whose credentials a connection is authenticated with. */
    Subject subject();

    /** The name of the brokers' Kerberos service; of no meaning to other mechanisms. */
    String serviceName();

    /** Called once, when the producer is closed. */
    @Override
    void close();
}
