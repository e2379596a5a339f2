package io.penstock.producer;

/** The keys of the settings of TLS, by the names that Kafka's {@code SslConfigs} gives them; docs/SECURITY.md explains them. */
public final class SslConfigs {
    private SslConfigs() {}

    /** {@code ssl.protocol}. */
    public static final String SSL_PROTOCOL_CONFIG = "ssl.protocol";

    /** {@code ssl.provider}. */
    public static final String SSL_PROVIDER_CONFIG = "ssl.provider";

    /** {@code ssl.cipher.suites}. */
    public static final String SSL_CIPHER_SUITES_CONFIG = "ssl.cipher.suites";

    /** {@code ssl.enabled.protocols}. */
    public static final String SSL_ENABLED_PROTOCOLS_CONFIG = "ssl.enabled.protocols";

    /** {@code ssl.keystore.type}. */
    public static final String SSL_KEYSTORE_TYPE_CONFIG = "ssl.keystore.type";

    /** {@code ssl.keystore.key}. */
    public static final String SSL_KEYSTORE_KEY_CONFIG = "ssl.keystore.key";

    /** {@code ssl.keystore.certificate.chain}. */
    public static final String SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG = "ssl.keystore.certificate.chain";

    /** {@code ssl.truststore.certificates}. */
    public static final String SSL_TRUSTSTORE_CERTIFICATES_CONFIG = "ssl.truststore.certificates";

    /** {@code ssl.keystore.location}. */
    public static final String SSL_KEYSTORE_LOCATION_CONFIG = "ssl.keystore.location";

    /** {@code ssl.keystore.password}. */
    public static final String SSL_KEYSTORE_PASSWORD_CONFIG = "ssl.keystore.password";

    /** {@code ssl.key.password}. */
    public static final String SSL_KEY_PASSWORD_CONFIG = "ssl.key.password";

    /** {@code ssl.truststore.type}. */
    public static final String SSL_TRUSTSTORE_TYPE_CONFIG = "ssl.truststore.type";

    /** {@code ssl.truststore.location}. */
    public static final String SSL_TRUSTSTORE_LOCATION_CONFIG = "ssl.truststore.location";

    /** {@code ssl.truststore.password}. */
    public static final String SSL_TRUSTSTORE_PASSWORD_CONFIG = "ssl.truststore.password";

    /** {@code ssl.keymanager.algorithm}. */
    public static final String SSL_KEYMANAGER_ALGORITHM_CONFIG = "ssl.keymanager.algorithm";

    /** {@code ssl.trustmanager.algorithm}. */
    public static final String SSL_TRUSTMANAGER_ALGORITHM_CONFIG = "ssl.trustmanager.algorithm";

    /** {@code ssl.endpoint.identification.algorithm}. */
    public static final String SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG = "ssl.endpoint.identification.algorithm";

    /** {@code ssl.secure.random.implementation}. */
    public static final String SSL_SECURE_RANDOM_IMPLEMENTATION_CONFIG = "ssl.secure.random.implementation";

    /** {@code ssl.engine.factory.class}. */
    public static final String SSL_ENGINE_FACTORY_CLASS_CONFIG = "ssl.engine.factory.class";
}
