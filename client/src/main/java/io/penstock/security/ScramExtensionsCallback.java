package io.penstock.security;

import java.util.Map;
import javax.security.auth.callback.Callback;

/** Asks for the extensions of a SCRAM exchange: {@code tokenauth=true} says that the name is a delegation token's (KIP-48). One thread. */
public final class ScramExtensionsCallback implements Callback {
    private Map<String, String> extensions = Map.of();

    public Map<String, String> extensions() {
        return extensions;
    }

    public void extensions(Map<String, String> given) {
        extensions = Map.copyOf(given);
    }
}
