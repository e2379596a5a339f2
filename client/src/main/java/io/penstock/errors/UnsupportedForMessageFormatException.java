package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The partition's message format is too old for the operation. Fatal for the producer. */
public class UnsupportedForMessageFormatException extends InvalidConfigurationException {
    private static final long serialVersionUID = 1L;

    public UnsupportedForMessageFormatException(@Nullable String message) {
        super(message);
    }

    public UnsupportedForMessageFormatException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean isFatal() {
        return true;
    }
}
