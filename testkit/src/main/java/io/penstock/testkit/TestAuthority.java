package io.penstock.testkit;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate authority for tests: makes certificates for brokers and clients, also expired ones and ones that are not valid yet.
 *
 * <p>Nothing is kept anywhere, so nothing expires in a repository. Immutable; any thread. Its keys are worth nothing outside a test.
 *
 * <pre>{@code
 * TestAuthority authority = TestAuthority.create("test authority");
 * authority.identity("broker", "localhost", "127.0.0.1").writeStore(keyStore, "PKCS12", "secret");
 * authority.writeTrustStore(trustStore, "PKCS12", "secret");
 * }</pre>
 */
public final class TestAuthority {
    private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String ALTERNATIVE_NAMES = "2.5.29.17";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;
    private static final int SERIAL_BITS = 120;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PrivateKey key;
    private final X509Certificate certificate;

    private TestAuthority(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** A new one that vouches for itself, valid from an hour ago for a day. */
    public static TestAuthority create(String name) {
        KeyPair pair = newKeys("EC");
        Instant now = Instant.now();
        byte[] subject = name(name);
        byte[] constraints = extension(BASIC_CONSTRAINTS, true, Der.sequence(Der.yes()));
        X509Certificate certificate = sign(
                subject,
                subject,
                pair.getPublic(),
                List.of(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1))),
                constraints,
                pair.getPrivate());
        return new TestAuthority(pair.getPrivate(), certificate);
    }

    /** What has to be trusted for its certificates to be. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** Its certificate as PEM text. */
    public String pem() {
        return TestIdentity.pem("CERTIFICATE", TestIdentity.encoded(certificate));
    }

    /** Writes a trust store with this authority alone, in place of what is there, at once. */
    public void writeTrustStore(Path file, String type, String password) {
        TestIdentity.writeTrustStore(file, type, password, List.of(certificate));
    }

    /** A key and a certificate, valid from an hour ago for a day, for these host names and addresses, possibly none. */
    public TestIdentity identity(String subject, String... hosts) {
        Instant now = Instant.now();
        return identity(subject, now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)), hosts);
    }

    /** The same with another time of validity. */
    public TestIdentity identity(String subject, Instant validFrom, Instant validTo, String... hosts) {
        return identity("EC", subject, validFrom, validTo, hosts);
    }

    /** The same with another kind of key: RSA or EC. */
    public TestIdentity identity(
            String keyAlgorithm, String subject, Instant validFrom, Instant validTo, String... hosts) {
        KeyPair pair = newKeys(keyAlgorithm);
        byte[] extensions =
                hosts.length == 0 ? new byte[0] : extension(ALTERNATIVE_NAMES, false, Der.sequence(names(hosts)));
        X509Certificate issued = sign(
                certificate.getSubjectX500Principal().getEncoded(),
                name(subject),
                pair.getPublic(),
                List.of(validFrom, validTo),
                extensions,
                key);
        return new TestIdentity(pair.getPrivate(), List.of(issued, certificate));
    }

    private static byte[][] names(String... hosts) {
        List<byte[]> names = new ArrayList<>();
        for (String host : hosts) {
            boolean literal = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
            try {
                names.add(
                        literal
                                ? Der.tagged(
                                        IP_ADDRESS, InetAddress.getByName(host).getAddress())
                                : Der.tagged(DNS_NAME, host.getBytes(StandardCharsets.US_ASCII)));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("\"" + host + "\" is neither a name nor an address", e);
            }
        }
        return names.toArray(new byte[0][]);
    }

    private static KeyPair newKeys(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(algorithm.equals("EC") ? 256 : 2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "no keys of the kind " + algorithm + " can be made: " + e.getMessage(), e);
        }
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.oid(COMMON_NAME), Der.text(commonName))));
    }

    private static byte[] extension(String oid, boolean critical, byte[] value) {
        return critical
                ? Der.sequence(Der.oid(oid), Der.yes(), Der.octets(value))
                : Der.sequence(Der.oid(oid), Der.octets(value));
    }

    /** RFC 5280, 4.1: the certificate to be signed, its algorithm once more, and the signature. */
    private static X509Certificate sign(
            byte[] issuer,
            byte[] subject,
            PublicKey publicKey,
            List<Instant> validity,
            byte[] extensions,
            PrivateKey with) {
        byte[] algorithm = Der.sequence(Der.oid(ECDSA_WITH_SHA256));
        byte[] all = extensions.length == 0 ? extensions : Der.tagged(0xa3, Der.sequence(extensions));
        byte[] signed = Der.sequence(
                Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE)),
                algorithm,
                issuer,
                Der.sequence(Der.time(validity.get(0)), Der.time(validity.get(1))),
                subject,
                publicKey.getEncoded(),
                all);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(with);
            signature.update(signed);
            byte[] der = Der.sequence(signed, algorithm, Der.bits(signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificate cannot be made: " + e.getMessage(), e);
        }
    }
}
