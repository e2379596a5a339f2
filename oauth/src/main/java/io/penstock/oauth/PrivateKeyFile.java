package io.penstock.oauth;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** A private key in PEM (PKCS #8), possibly encrypted. No message shows what was read. */
final class PrivateKeyFile {

    private static final Pattern PEM = Pattern.compile(
            "-----BEGIN (ENCRYPTED )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END (ENCRYPTED )?PRIVATE KEY-----");

    private PrivateKeyFile() {}

    /** @param algorithm of the signature: RS... or ES... */
    static PrivateKey read(Path file, @Nullable String passphrase, String algorithm) throws IOException {
        String text = FileJwtRetriever.read(file, "the private key file");
        Matcher pem = PEM.matcher(text);
        byte[] bytes = Base64.getMimeDecoder().decode(pem.find() ? pem.group(2) : text);
        boolean mayBeEncrypted = !pem.reset().find() || pem.group(1) != null;
        try {
            PKCS8EncodedKeySpec key =
                    passphrase != null && mayBeEncrypted ? decrypt(bytes, passphrase) : new PKCS8EncodedKeySpec(bytes);
            return KeyFactory.getInstance(algorithm.startsWith("ES") ? "EC" : "RSA")
                    .generatePrivate(key);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("the private key in " + file + " cannot be used for " + algorithm
                    + ": it must be PKCS #8 in PEM, with its passphrase in sasl.oauthbearer.assertion.private.key.passphrase"
                    + " if it is encrypted (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static PKCS8EncodedKeySpec decrypt(byte[] bytes, String passphrase)
            throws IOException, GeneralSecurityException {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(bytes);
        String algorithm = info.getAlgParameters() == null
                ? info.getAlgName()
                : info.getAlgParameters().toString();
        SecretKeyFactory factory =
                SecretKeyFactory.getInstance(algorithm.startsWith("PBE") ? algorithm : info.getAlgName());
        Cipher cipher = Cipher.getInstance(algorithm.startsWith("PBE") ? algorithm : info.getAlgName());
        cipher.init(
                Cipher.DECRYPT_MODE,
                factory.generateSecret(new PBEKeySpec(passphrase.toCharArray())),
                info.getAlgParameters());
        return info.getKeySpec(cipher);
    }
}
