package io.penstock.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A private key, its certificate and that of its {@link TestAuthority}, to be written as key stores are. Immutable; any thread. Files
 * are put in place at once, so that nobody reads half of one.
 */
public final class TestIdentity {
    private static final String ALIAS = "test";

    private final PrivateKey key;
    private final List<X509Certificate> chain;

    TestIdentity(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = chain;
    }

    public PrivateKey key() {
        return key;
    }

    /** Its own certificate first. */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** The key as PEM text (PKCS#8, not encrypted). */
    public String pemKey() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /** The certificates as PEM text. */
    public String pemChain() {
        return chain.stream().map(each -> pem("CERTIFICATE", encoded(each))).collect(Collectors.joining());
    }

    /** Writes a key store; its key has the same password. */
    public void writeStore(Path file, String type, String password) {
        write(
                file,
                type,
                password,
                store -> store.setKeyEntry(ALIAS, key, password.toCharArray(), chain.toArray(new Certificate[0])));
    }

    /** Writes key and certificates as PEM. */
    public void writePem(Path file) {
        replace(file, (pemKey() + pemChain()).getBytes(StandardCharsets.US_ASCII));
    }

    /** Writes a trust store with these certificates. */
    public static void writeTrustStore(Path file, String type, String password, List<X509Certificate> trusted) {
        write(file, type, password, store -> {
            for (int i = 0; i < trusted.size(); i++) {
                store.setCertificateEntry(ALIAS + i, trusted.get(i));
            }
        });
    }

    @Override
    public String toString() {
        return "TestIdentity[" + chain.get(0).getSubjectX500Principal() + "]";
    }

    static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + kind + "-----\n";
    }

    static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Filling {
        void fill(KeyStore store) throws GeneralSecurityException;
    }

    private static void write(Path file, String type, String password, Filling filling) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            KeyStore store = KeyStore.getInstance(type);
            store.load(null, null);
            filling.fill(store);
            store.store(out, password.toCharArray());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the store " + file + " cannot be made: " + e.getMessage(), e);
        }
        replace(file, out.toByteArray());
    }

    private static void replace(Path file, byte[] bytes) {
        @Nullable Path directory = file.toAbsolutePath().getParent();
        try {
            Path beside = Files.createTempFile(directory, "new", null);
            Files.write(beside, bytes);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
