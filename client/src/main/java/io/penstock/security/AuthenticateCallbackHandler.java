package io.penstock.security;

import java.util.List;
import java.util.Map;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.login.AppConfigurationEntry;

/**
 * Answers what a SASL mechanism or a login asks; named by {@code sasl.client.callback.handler.class} or {@code
 * sasl.login.callback.handler.class}. One for each producer, made by its public constructor without parameters.
 *
 * <p>A mechanism asks when a connection is authenticated, and again before a session expires:
 *
 * <ul>
 *   <li>PLAIN, SCRAM: {@link javax.security.auth.callback.NameCallback} and {@link
 *       javax.security.auth.callback.PasswordCallback}; SCRAM also {@link ScramExtensionsCallback}
 *   <li>OAUTHBEARER: {@link OAuthBearerTokenCallback} and {@link SaslExtensionsCallback}
 * </ul>
 *
 * An OAUTHBEARER login asks with {@link OAuthBearerTokenCallback} for a new token and {@link SaslExtensionsCallback} for what goes with
 * it. A callback that is not known is refused with {@link javax.security.auth.callback.UnsupportedCallbackException}.
 *
 * <p>{@link #handle} may block: it runs on one of the producer's authentication threads, never on the loop, and several connections may
 * ask at the same time. The connection waits for {@code request.timeout.ms} at most. Whatever it throws fails the authentication; its
 * message is shown to the caller, so it must not hold a secret.
 */
public interface AuthenticateCallbackHandler extends CallbackHandler, AutoCloseable {

    /**
     * Called once, before anything else, on the thread that builds the producer.
     *
     * @param configs the settings as given, with the defaults of the {@code sasl.} ones that were not
     * @param mechanism the value of {@code sasl.mechanism}
     * @param entries the login modules of {@code sasl.jaas.config}, or of the section {@code KafkaClient} of the JAAS file
     */
    void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries);

    /** Called once, when the producer is closed. */
    @Override
    void close();
}
