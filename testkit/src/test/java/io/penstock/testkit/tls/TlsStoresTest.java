package io.penstock.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.KafkaException;
import io.penstock.producer.KafkaProducer;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.TestAuthority;
import io.penstock.testkit.TestIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the constructor makes of key and trust stores, right ones and wrong ones; no broker is needed for it. */
class TlsStoresTest {
    private static final String SECRET = "canary-7f3a";
    private static final byte[] PBES2 = {6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 5, 13};
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestIdentity CLIENT = AUTHORITY.identity("client");

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"PBEWithHmacSHA256AndAES_256", "PBEWithHmacSHA1AndAES_128", "PBEWithSHA1AndDESede"})
    void construct_withEncryptedKeyInPem_decryptsIt(String algorithm) throws Exception {
        String key = encrypted(CLIENT.key(), algorithm, SECRET);

        assertThatCode(() -> construct(pem(key, CLIENT.pemChain(), "ssl.key.password", SECRET)))
                .doesNotThrowAnyException();
        assertFails(pem(key, CLIENT.pemChain(), "ssl.key.password", "wrong-" + SECRET), "cannot be decrypted");
        assertFails(pem(key, CLIENT.pemChain()), "encrypted", "ssl.key.password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void construct_withKeyOfEachKind_takesIt(String algorithm) {
        TestIdentity identity = AUTHORITY.identity(
                algorithm, "client", Instant.now(), Instant.now().plusSeconds(3600));

        assertThatCode(() -> construct(pem(identity.pemKey(), identity.pemChain())))
                .doesNotThrowAnyException();
    }

    @Test
    void construct_withKeyOfAnotherCertificate_saysSo() {
        TestIdentity other = AUTHORITY.identity("other");

        assertFails(pem(other.pemKey(), CLIENT.pemChain()), "does not belong to the first certificate", "CN=client");
        TestIdentity rsa =
                AUTHORITY.identity("RSA", "other", Instant.now(), Instant.now().plusSeconds(3600));
        assertFails(pem(rsa.pemKey(), CLIENT.pemChain()), "belong together");
    }

    @Test
    void construct_withKeyOfAnOldForm_saysHowToConvertIt() {
        String old = CLIENT.pemKey().replace("PRIVATE KEY", "EC PRIVATE KEY");

        assertFails(pem(old, CLIENT.pemChain()), "EC PRIVATE KEY", "openssl pkcs8 -topk8");
    }

    @Test
    void construct_withoutBlocksInPem_saysWhichAreMissing() {
        assertFails(pem("no key", CLIENT.pemChain()), "no private key");
        assertFails(pem(CLIENT.pemKey(), "nothing"), "no certificate", "BEGIN CERTIFICATE");
        assertFails(
                pem("-----BEGIN PRIVATE KEY-----\nabc=d\n-----END PRIVATE KEY-----", CLIENT.pemChain()), "private key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JKS", "PKCS12"})
    void construct_withWrongPassword_saysWhichStore(String type) {
        Path keys = dir.resolve("keys");
        CLIENT.writeStore(keys, type, SECRET);

        assertFails(
                Map.of(
                        "ssl.keystore.location",
                        keys.toString(),
                        "ssl.keystore.type",
                        type,
                        "ssl.keystore.password",
                        "wrong-" + SECRET),
                "key store " + keys,
                "password",
                "ssl.keystore.*");
    }

    @Test
    void construct_withWrongKeyPassword_saysWhichStore() {
        Path keys = dir.resolve("keys");
        CLIENT.writeStore(keys, "JKS", SECRET);

        assertFails(
                Map.of(
                        "ssl.keystore.location",
                        keys.toString(),
                        "ssl.keystore.password",
                        SECRET,
                        "ssl.key.password",
                        "wrong-" + SECRET),
                "key store " + keys);
    }

    @Test
    void construct_withMissingOrUselessFile_saysWhy() throws Exception {
        Path missing = dir.resolve("missing.jks");
        assertFails(Map.of("ssl.truststore.location", missing.toString()), "trust store " + missing, "no such file");

        Path garbage = Files.writeString(dir.resolve("garbage"), "not a store");
        assertFails(Map.of("ssl.truststore.location", garbage.toString()), "trust store " + garbage);
    }

    @Test
    void construct_withTrustStoreThatNeedsItsPassword_saysSo() {
        Path trust = dir.resolve("trust.p12");
        AUTHORITY.writeTrustStore(trust, "PKCS12", SECRET);

        assertFails(
                Map.of("ssl.truststore.location", trust.toString(), "ssl.truststore.type", "PKCS12"),
                "trust store " + trust,
                "password");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ssl.keystore.location=/x | ssl.keystore.password",
                "ssl.keystore.password=canary-7f3a | ssl.keystore.location",
                "ssl.truststore.password=canary-7f3a | ssl.truststore.location",
                "ssl.keystore.type=PEM ssl.keystore.key=canary-7f3a | only the key",
                "ssl.keystore.type=PEM ssl.keystore.certificate.chain=canary-7f3a | only the certificate chain",
                "ssl.truststore.certificates=canary-7f3a | set it to PEM",
                "ssl.truststore.type=PEM ssl.truststore.location=/x ssl.truststore.password=canary-7f3a | leave it out",
                "ssl.truststore.type=PEM ssl.truststore.location=/x ssl.truststore.certificates=canary-7f3a | exclude",
                "ssl.enabled.protocols=TLSv9 | ssl.enabled.protocols",
                "ssl.cipher.suites=TLS_ROT13 | ssl.cipher.suites",
                "ssl.protocol=TLSv9 | ssl.protocol=TLSv9",
                "ssl.provider=Nobody | ssl.provider=Nobody",
                "ssl.endpoint.identification.algorithm=guess | must be https",
                "ssl.secure.random.implementation=Dice | ssl.secure.random.implementation=Dice",
                "ssl.trustmanager.algorithm=Gut | Gut",
                "ssl.keystore.type=ROT13 ssl.keystore.location=/x ssl.keystore.password=canary-7f3a | ROT13",
                "ssl.engine.factory.class=java.lang.String | SslEngineFactory",
                "security.providers=java.lang.String | SecurityProviderCreator"
            })
    void construct_withSettingsThatCannotBe_namesThem(String settings, String words) {
        Map<String, String> configs = new HashMap<>();
        for (String setting : settings.strip().split(" ")) {
            configs.put(setting.split("=")[0], setting.split("=")[1]);
        }
        assertFails(configs, words.strip());
    }

    private Map<String, String> pem(String key, String chain, String... more) {
        Map<String, String> configs = new HashMap<>();
        configs.put("ssl.keystore.type", "PEM");
        configs.put("ssl.keystore.key", key);
        configs.put("ssl.keystore.certificate.chain", chain);
        for (int i = 0; i < more.length; i += 2) {
            configs.put(more[i], more[i + 1]);
        }
        return configs;
    }

    private static void construct(Map<String, String> configs) {
        Map<String, Object> all = new HashMap<>(configs);
        all.put("bootstrap.servers", "localhost:1");
        all.put("security.protocol", "ssl");
        new KafkaProducer<>(all, new StringSerializer(), new StringSerializer()).close();
    }

    /** Fails with these words, and without a secret anywhere in what would be printed. */
    private static void assertFails(Map<String, String> configs, String... words) {
        assertThatThrownBy(() -> construct(configs))
                .isInstanceOf(KafkaException.class)
                .hasMessageContainingAll(words)
                .satisfies(e -> {
                    StringWriter printed = new StringWriter();
                    e.printStackTrace(new PrintWriter(printed));
                    assertThat(printed.toString()).doesNotContain(SECRET);
                });
    }

    /** A key as PEM text, encrypted. */
    static String encrypted(PrivateKey key, String algorithm, String password)
            throws GeneralSecurityException, IOException {
        byte[] salt = new byte[16];
        byte[] iv = new byte[16];
        SecureRandom random = new SecureRandom();
        random.nextBytes(salt);
        random.nextBytes(iv);
        Cipher cipher = Cipher.getInstance(algorithm);
        PBEParameterSpec parameters = algorithm.contains("AES")
                ? new PBEParameterSpec(salt, 2000, new IvParameterSpec(iv))
                : new PBEParameterSpec(salt, 2000);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray())),
                parameters);
        byte[] encrypted = cipher.doFinal(key.getEncoded());
        byte[] der = algorithm.contains("AES")
                ? der(0x30, der(0x30, PBES2, cipher.getParameters().getEncoded()), der(0x04, encrypted))
                : new EncryptedPrivateKeyInfo(cipher.getParameters(), encrypted).getEncoded();
        return "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                + new String(Base64.getMimeEncoder().encode(der), StandardCharsets.US_ASCII)
                + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
    }

    /** What the JDK can read and not write: the algorithm that its parameters say all of. */
    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        List.of(parts).forEach(body::writeBytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        out.write(0x82);
        out.write(body.size() >> 8);
        out.write(body.size());
        out.writeBytes(body.toByteArray());
        return out.toByteArray();
    }
}
