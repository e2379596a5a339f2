package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker did not accept who this client says it is. Fatal: no connection will fare better. */
public class AuthenticationException extends InvalidConfigurationException {
    private static final long serialVersionUID = 1L;

    public AuthenticationException(@Nullable String message) {
        super(message);
    }

    public AuthenticationException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean isFatal() {
        return true;
    }
}
