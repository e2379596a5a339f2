package io.penstock.testkit.fake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The arithmetic of SCRAM with one hash function. */
enum ScramHash {
    SHA_256("SHA-256", "HmacSHA256"),
    SHA_512("SHA-512", "HmacSHA512");

    private final String digestName;
    private final String macName;

    ScramHash(String digestName, String macName) {
        this.digestName = digestName;
        this.macName = macName;
    }

    static ScramHash of(String mechanism) {
        return mechanism.endsWith("512") ? SHA_512 : SHA_256;
    }

    byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance(digestName).digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(digestName + " is missing from this JVM", e);
        }
    }

    byte[] hmac(byte[] key, String text) {
        return mac(key).doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code Hi} of the RFC: the password, salted and hashed over and over. */
    byte[] salted(String password, byte[] salt, int iterations) {
        Mac mac = mac(password.getBytes(StandardCharsets.UTF_8));
        mac.update(salt);
        byte[] block = mac.doFinal(new byte[] {0, 0, 0, 1});
        byte[] result = block.clone();
        for (int i = 1; i < iterations; i++) {
            block = mac.doFinal(block);
            for (int b = 0; b < result.length; b++) {
                result[b] ^= block[b];
            }
        }
        return result;
    }

    private Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(macName);
            mac.init(new SecretKeySpec(key, macName));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(macName + " is missing from this JVM", e);
        }
    }
}
