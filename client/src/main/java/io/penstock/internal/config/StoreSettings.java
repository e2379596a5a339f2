package io.penstock.internal.config;

import io.penstock.errors.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Where keys or trusted certificates come from: a file, text in the settings, or nowhere. Immutable; its secrets print as hidden.
 *
 * @param name {@code keystore} or {@code truststore}, as in the settings
 * @param type PEM, or a type of {@link java.security.KeyStore}
 * @param password of the whole store; null for none
 * @param keyPassword of the key in it; null for none
 * @param certificates PEM text: the chain of the key, or what is trusted; null when there is a file, or nothing
 * @param key PEM text; null when there is a file, or no key
 */
public record StoreSettings(
        String name,
        String type,
        @Nullable String location,
        @Nullable Secret password,
        @Nullable Secret keyPassword,
        @Nullable Secret certificates,
        @Nullable Secret key) {

    private static final String PEM = "PEM";

    static StoreSettings keyStore(ConfigValues values) {
        StoreSettings store = new StoreSettings(
                "keystore",
                values.text("ssl.keystore.type"),
                (String) values.find("ssl.keystore.location"),
                (Secret) values.find("ssl.keystore.password"),
                (Secret) values.find("ssl.key.password"),
                (Secret) values.find("ssl.keystore.certificate.chain"),
                (Secret) values.find("ssl.keystore.key"));
        if ((store.key == null) != (store.certificates == null)) {
            throw new ConfigException("ssl.keystore.key and ssl.keystore.certificate.chain belong together, and only "
                    + (store.key == null ? "the certificate chain" : "the key") + " is set; set both or neither");
        }
        store.check();
        if (store.location != null && !store.isPem() && store.password == null) {
            throw new ConfigException(
                    "ssl.keystore.location=" + store.location + " needs its password: set ssl.keystore.password");
        }
        return store;
    }

    static StoreSettings trustStore(ConfigValues values) {
        StoreSettings store = new StoreSettings(
                "truststore",
                values.text("ssl.truststore.type"),
                (String) values.find("ssl.truststore.location"),
                (Secret) values.find("ssl.truststore.password"),
                null,
                (Secret) values.find("ssl.truststore.certificates"),
                null);
        store.check();
        return store;
    }

    /** Kafka's rules for what goes together, with what to change. */
    private void check() {
        if (certificates != null && !isPem()) {
            throw new ConfigException(
                    "ssl." + name + ".type", type, "certificates in the settings are PEM: set it to PEM");
        }
        if (certificates != null && location != null) {
            throw new ConfigException("ssl." + name + ".location=" + location
                    + " and PEM text in the settings exclude each other; leave out one of them");
        }
        if (isPem() && password != null) {
            throw new ConfigException(
                    "ssl." + name + ".password is not for PEM, which has no password of its own; " + "leave it out"
                            + (name.equals("keystore") ? " (for an encrypted key, set ssl.key.password)" : ""));
        }
        if (password != null && location == null) {
            throw new ConfigException("ssl." + name + ".password is set and ssl." + name
                    + ".location is not; set the location, or leave out the password");
        }
    }

    public boolean isPem() {
        return type.equalsIgnoreCase(PEM);
    }

    /** Whether nothing is given. */
    public boolean isEmpty() {
        return location == null && certificates == null;
    }
}
