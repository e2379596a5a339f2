package io.penstock.internal.sasl;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The arithmetic of SCRAM (RFC 5802, section 3) over one hash function. Not shared between threads.
 *
 * <pre>
 *   SaltedPassword = Hi(password, salt, i)
 *   ClientKey      = HMAC(SaltedPassword, "Client Key")     StoredKey = H(ClientKey)
 *   ClientProof    = ClientKey XOR HMAC(StoredKey, AuthMessage)
 *   ServerSignature = HMAC(HMAC(SaltedPassword, "Server Key"), AuthMessage)
 * </pre>
 */
final class ScramFormula {

    private final MessageDigest digest;
    private final Mac mac;

    private ScramFormula(MessageDigest digest, Mac mac) {
        this.digest = digest;
        this.mac = mac;
    }

    /** @param bits 256 or 512 */
    static ScramFormula sha(int bits) {
        try {
            return new ScramFormula(MessageDigest.getInstance("SHA-" + bits), Mac.getInstance("HmacSHA" + bits));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM lacks SHA-" + bits + ", which every JVM has", e);
        }
    }

    byte[] hmac(byte[] key, byte[] message) {
        try {
            mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of " + key.length + " bytes was refused", e);
        }
        return mac.doFinal(message);
    }

    byte[] hash(byte[] message) {
        return digest.digest(message);
    }

    /** PBKDF2 with one block of output. Costs as many HMACs as there are iterations. */
    byte[] saltedPassword(byte[] password, byte[] salt, int iterations) {
        byte[] first = Arrays.copyOf(salt, salt.length + Integer.BYTES);
        first[first.length - 1] = 1;
        byte[] u = hmac(password, first); // the key stays in the mac for the rest
        byte[] result = u.clone();
        for (int i = 1; i < iterations; i++) {
            u = mac.doFinal(u);
            xorInto(result, u);
        }
        return result;
    }

    static byte[] xor(byte[] a, byte[] b) {
        byte[] result = a.clone();
        xorInto(result, b);
        return result;
    }

    private static void xorInto(byte[] target, byte[] other) {
        for (int i = 0; i < target.length; i++) {
            target[i] ^= other[i];
        }
    }
}
