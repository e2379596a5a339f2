package io.penstock.oauth;

import io.penstock.errors.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards the token endpoint, from {@code ssl.*} among the options of the login module, where Kafka has them: {@code
 * ssl.truststore.location}, {@code .password}, {@code .type} (JKS, PKCS12 or PEM) and the same of {@code ssl.keystore}. Without any, the JVM's.
 */
final class TrustOptions {

    private TrustOptions() {}

    static Optional<SSLContext> context(Options options) {
        Path trust = path(options, "ssl.truststore.location");
        Path keys = path(options, "ssl.keystore.location");
        if (trust == null && keys == null) {
            return Optional.empty();
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys == null ? null : keyManagers(keys, options),
                    trust == null ? null : trustManagers(trust, options),
                    null);
            return Optional.of(context);
        } catch (GeneralSecurityException | IOException e) {
            throw new ConfigException(
                    "the ssl.* options of the login module, for the token endpoint, cannot be used: " + e.getMessage());
        }
    }

    private static TrustManager[] trustManagers(Path file, Options options)
            throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store(file, options, "ssl.truststore"));
        return factory.getTrustManagers();
    }

    private static KeyManager[] keyManagers(Path file, Options options) throws GeneralSecurityException, IOException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        char[] keyPassword = password(options, "ssl.key.password");
        factory.init(
                store(file, options, "ssl.keystore"),
                keyPassword != null ? keyPassword : password(options, "ssl.keystore.password"));
        return factory.getKeyManagers();
    }

    private static KeyStore store(Path file, Options options, String prefix)
            throws GeneralSecurityException, IOException {
        Object type = options.jaas().get(prefix + ".type");
        try (InputStream in = Files.newInputStream(file)) {
            if (type != null && type.toString().equalsIgnoreCase("PEM")) {
                return ofCertificates(in);
            }
            KeyStore store = KeyStore.getInstance(type == null ? KeyStore.getDefaultType() : type.toString());
            store.load(in, password(options, prefix + ".password"));
            return store;
        }
    }

    private static KeyStore ofCertificates(InputStream pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int count = 0;
        for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
            store.setCertificateEntry("certificate-" + count++, each);
        }
        return store;
    }

    private static @Nullable Path path(Options options, String name) {
        Object value = options.jaas().get(name);
        return value == null ? null : Path.of(value.toString());
    }

    private static char @Nullable [] password(Options options, String name) {
        Object value = options.jaas().get(name);
        return value == null ? null : value.toString().toCharArray();
    }
}
