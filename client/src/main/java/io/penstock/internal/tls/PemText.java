package io.penstock.internal.tls;

import io.penstock.internal.config.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Certificates and a private key out of PEM text (RFC 7468). Stateless.
 *
 * <p>Whitespace of any kind may stand where lines end, for text in a property is often one line. What stands between the blocks is left
 * alone, as is usual for certificates that tools have described. No message ever shows a part of a key.
 */
final class PemText {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PKCS8 = "PRIVATE KEY";
    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";

    private PemText() {}

    /** All certificates, in their order; never empty. */
    static List<X509Certificate> certificates(String text) throws IOException, CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> found = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            String kind = blocks.group(1);
            if (kind.equals(CERTIFICATE)
                    || kind.equals("X509 " + CERTIFICATE)
                    || kind.equals("TRUSTED " + CERTIFICATE)) {
                byte[] der = decode(blocks.group(2), "a certificate");
                Certificate certificate = factory.generateCertificate(new ByteArrayInputStream(der));
                found.add((X509Certificate) certificate);
            }
        }
        if (found.isEmpty()) {
            throw new IOException("there is no certificate in the PEM text: it needs a block that begins with"
                    + " -----BEGIN CERTIFICATE-----");
        }
        return found;
    }

    /** The only private key, which belongs to this public one. */
    static PrivateKey key(String text, PublicKey belongsTo, @Nullable Secret password)
            throws IOException, GeneralSecurityException {
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            String kind = blocks.group(1);
            if (kind.equals(PKCS8)) {
                return plain(new PKCS8EncodedKeySpec(decode(blocks.group(2), "the private key")), belongsTo);
            }
            if (kind.equals(ENCRYPTED)) {
                return plain(decrypt(decode(blocks.group(2), "the private key"), password), belongsTo);
            }
            if (kind.endsWith(PKCS8)) {
                throw new IOException("a key of the form \"" + kind + "\" cannot be read, only PKCS#8; convert it with:"
                        + " openssl pkcs8 -topk8 -in KEY -out NEW (and -nocrypt for one without a password)");
            }
        }
        throw new IOException("there is no private key in the PEM text: it needs a block that begins with"
                + " -----BEGIN PRIVATE KEY----- or -----BEGIN ENCRYPTED PRIVATE KEY-----");
    }

    private static PrivateKey plain(PKCS8EncodedKeySpec key, PublicKey belongsTo)
            throws IOException, GeneralSecurityException {
        try {
            return KeyFactory.getInstance(belongsTo.getAlgorithm()).generatePrivate(key);
        } catch (InvalidKeySpecException e) {
            throw new IOException("the private key is no " + belongsTo.getAlgorithm()
                    + " key as its certificate's is, or is damaged: check that the two belong together");
        }
    }

    private static PKCS8EncodedKeySpec decrypt(byte[] der, @Nullable Secret password) throws IOException {
        if (password == null) {
            throw new IOException("the private key is encrypted: set ssl.key.password");
        }
        EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(der);
        // For PBES2 the algorithm's own name says nothing of hash and cipher; its parameters do.
        String algorithm = encrypted.getAlgName();
        if (algorithm.equals("PBES2") || algorithm.equals("1.2.840.113549.1.5.13")) {
            algorithm = encrypted.getAlgParameters().toString();
        }
        PBEKeySpec secret = new PBEKeySpec(password.reveal().toCharArray());
        try {
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm).generateSecret(secret),
                    encrypted.getAlgParameters());
            return encrypted.getKeySpec(cipher);
        } catch (GeneralSecurityException e) {
            throw new IOException("the private key (encrypted with " + algorithm
                    + ") cannot be decrypted: check ssl.key.password; if that is right, encrypt it anew with:"
                    + " openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256");
        } finally {
            secret.clearPassword();
        }
    }

    private static byte[] decode(String base64, String what) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IOException(what + " in the PEM text is no proper base64");
        }
    }
}
