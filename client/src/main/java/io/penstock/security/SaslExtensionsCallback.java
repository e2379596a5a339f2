package io.penstock.security;

import java.util.Objects;
import javax.security.auth.callback.Callback;

/** Asks for the extensions to send beside a token; there are none unless some are given. One thread. */
public final class SaslExtensionsCallback implements Callback {
    private SaslExtensions extensions = SaslExtensions.EMPTY;

    public SaslExtensions extensions() {
        return extensions;
    }

    public void extensions(SaslExtensions given) {
        extensions = Objects.requireNonNull(given, "extensions");
    }
}
