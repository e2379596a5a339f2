package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker is too old, or too new, for a request that this producer needs. Fatal for the producer. */
public class UnsupportedVersionException extends InvalidConfigurationException {
    private static final long serialVersionUID = 1L;

    public UnsupportedVersionException(@Nullable String message) {
        super(message);
    }

    public UnsupportedVersionException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean isFatal() {
        return true;
    }
}
