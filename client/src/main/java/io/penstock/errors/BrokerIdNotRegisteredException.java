package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The controller has no registration of that broker id. */
public class BrokerIdNotRegisteredException extends ApiException {
    private static final long serialVersionUID = 1L;

    public BrokerIdNotRegisteredException(@Nullable String message) {
        super(message);
    }

    public BrokerIdNotRegisteredException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
