package io.penstock.security;

import javax.security.auth.callback.Callback;
import org.jspecify.annotations.Nullable;

/** Asks for a token; the handler gives one with {@link #token(OAuthBearerToken)} or says why there is none with {@link #error}. One thread. */
public final class OAuthBearerTokenCallback implements Callback {
    private @Nullable OAuthBearerToken token;
    private @Nullable String errorCode;
    private @Nullable String errorDescription;
    private @Nullable String errorUri;

    /** What was given, or null. */
    public @Nullable OAuthBearerToken token() {
        return token;
    }

    /** Gives the token; forgets an error given before. */
    public void token(@Nullable OAuthBearerToken given) {
        token = given;
        errorCode = null;
        errorDescription = null;
        errorUri = null;
    }

    /**
     * Says why there is no token, in the terms of RFC 6749 section 5.2; forgets a token given before.
     *
     * @param code such as {@code invalid_client}
     */
    public void error(String code, @Nullable String description, @Nullable String uri) {
        if (code.isEmpty()) {
            throw new IllegalArgumentException("the error code is empty; give one such as invalid_client");
        }
        errorCode = code;
        errorDescription = description;
        errorUri = uri;
        token = null;
    }

    /** Null when no error was given. */
    public @Nullable String errorCode() {
        return errorCode;
    }

    public @Nullable String errorDescription() {
        return errorDescription;
    }

    public @Nullable String errorUri() {
        return errorUri;
    }
}
