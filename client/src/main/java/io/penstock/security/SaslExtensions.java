package io.penstock.security;

import java.util.Map;

/** Further keys and values that a client sends beside its token (KIP-342), such as a cluster's or an identity pool's id. Immutable. */
public record SaslExtensions(Map<String, String> map) {

    /** None. */
    public static final SaslExtensions EMPTY = new SaslExtensions(Map.of());

    /** The key that the token itself has. */
    private static final String AUTH = "auth";

    /** @throws IllegalArgumentException for a key other than letters, the key {@code auth}, or a value of other than printable ASCII */
    public SaslExtensions {
        map = Map.copyOf(map);
        map.forEach((key, value) -> {
            if (!key.matches("[A-Za-z]+") || key.equals(AUTH)) {
                throw new IllegalArgumentException(
                        "\"" + key + "\" cannot be the name of a SASL extension: it takes letters only"
                                + ", and not the name \"auth\", which is the token's");
            }
            if (!value.matches("[\\x21-\\x7E \t\r\n]+")) {
                throw new IllegalArgumentException(
                        "the value of the SASL extension \"" + key + "\" must be printable ASCII and not empty");
            }
        });
    }

    /** The names alone: values may identify a tenant. */
    @Override
    public String toString() {
        return "SaslExtensions" + map.keySet();
    }
}
