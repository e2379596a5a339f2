package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** A new leader was elected; the proposed change no longer applies. */
public class NewLeaderElectedException extends ApiException {
    private static final long serialVersionUID = 1L;

    public NewLeaderElectedException(@Nullable String message) {
        super(message);
    }

    public NewLeaderElectedException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
