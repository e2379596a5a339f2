package io.penstock.security;

/**
 * Gives the handler that fetches tokens when no {@code sasl.login.callback.handler.class} is set; found with {@link
 * java.util.ServiceLoader}. The module {@code penstock-oauth} has one.
 */
public interface OAuthBearerLoginProvider {

    /** A new handler, not configured yet. */
    AuthenticateCallbackHandler createHandler();
}
