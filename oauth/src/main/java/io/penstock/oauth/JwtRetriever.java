package io.penstock.oauth;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;

/**
 * Gets a token from somewhere; named by {@code sasl.oauthbearer.jwt.retriever.class}. Made by its public constructor without parameters.
 * Runs on the producer's authentication threads and may block.
 */
public interface JwtRetriever extends AutoCloseable {

    /**
     * Called once, before anything else, on the thread that builds the producer.
     *
     * @param configs the settings as given, with the defaults of the {@code sasl.} ones that were not
     * @param mechanism {@code OAUTHBEARER}
     * @param entries the login modules, whose options are the retriever's own
     */
    default void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {}

    /**
     * A new token, in the compact form of a JWT.
     *
     * @throws IOException with a message that is shown to the caller, and so without secrets
     */
    String retrieve() throws IOException;

    /** Called once, when the producer is closed. */
    @Override
    default void close() {}
}
