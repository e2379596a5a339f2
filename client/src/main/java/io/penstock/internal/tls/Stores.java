package io.penstock.internal.tls;

import io.penstock.internal.config.Secret;
import io.penstock.internal.config.StoreSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Key stores out of files and settings, of whatever form. Stateless; reads files. */
final class Stores {

    private static final String ALIAS = "penstock";
    private static final char[] IN_MEMORY = {};

    private Stores() {}

    /** What its keys are protected with once it is loaded. */
    static char[] keyPassword(StoreSettings settings) {
        if (settings.isPem()) {
            return IN_MEMORY;
        }
        Secret password = settings.keyPassword() != null ? settings.keyPassword() : settings.password();
        return password == null ? IN_MEMORY : password.reveal().toCharArray();
    }

    static KeyStore load(StoreSettings settings) throws IOException, GeneralSecurityException {
        return settings.isPem() ? pem(settings) : file(settings);
    }

    private static KeyStore file(StoreSettings settings) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(settings.type());
        Secret password = settings.password();
        try (InputStream in = Files.newInputStream(path(settings))) {
            store.load(in, password == null ? null : password.reveal().toCharArray());
        }
        if (store.size() == 0) {
            throw new IOException(
                    "there is nothing in it" + (password == null ? " that can be read without a password" : ""));
        }
        return store;
    }

    private static KeyStore pem(StoreSettings settings) throws IOException, GeneralSecurityException {
        String file = settings.certificates() == null ? Files.readString(path(settings), StandardCharsets.UTF_8) : "";
        List<X509Certificate> certificates = PemText.certificates(orElse(settings.certificates(), file));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        if (settings.name().equals("truststore")) {
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry(ALIAS + i, certificates.get(i));
            }
            return store;
        }
        X509Certificate own = certificates.get(0);
        PrivateKey key = PemText.key(orElse(settings.key(), file), own.getPublicKey(), settings.keyPassword());
        checkPair(key, own);
        store.setKeyEntry(ALIAS, key, IN_MEMORY, certificates.toArray(new Certificate[0]));
        return store;
    }

    private static String orElse(@Nullable Secret text, String file) {
        return text == null ? file : text.reveal();
    }

    private static Path path(StoreSettings settings) throws IOException {
        String location = settings.location();
        if (location == null) {
            throw new IOException("no location is set");
        }
        return Path.of(location);
    }

    /** A key and a certificate that come as two texts may be of two renewals; brokers would only say "bad certificate". */
    private static void checkPair(PrivateKey key, X509Certificate certificate)
            throws IOException, GeneralSecurityException {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> ""; // others are rare, and found out by the broker
                };
        if (algorithm.isEmpty()) {
            return;
        }
        byte[] text = {1, 2, 3, 4};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(text);
        if (!signature.verify(signed)) {
            throw new IOException("the private key does not belong to the first certificate (\""
                    + certificate.getSubjectX500Principal() + "\"), which has to be the key's own");
        }
    }
}
