package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The request fails because of how client, topic or broker are set up; trying again does not help. */
public class InvalidConfigurationException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidConfigurationException(@Nullable String message) {
        super(message);
    }

    public InvalidConfigurationException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
