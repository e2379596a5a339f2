package io.penstock.producer;

/** The keys of the settings of SASL, by the names that Kafka's {@code SaslConfigs} gives them; docs/SECURITY.md explains them. */
public final class SaslConfigs {
    private SaslConfigs() {}

    /** {@code sasl.mechanism}. */
    public static final String SASL_MECHANISM = "sasl.mechanism";

    /** A value of {@link #SASL_MECHANISM}: Kerberos. */
    public static final String GSSAPI_MECHANISM = "GSSAPI";

    /** The value of {@link #SASL_MECHANISM} when it is not set. */
    public static final String DEFAULT_SASL_MECHANISM = "GSSAPI";

    /** {@code sasl.jaas.config}. */
    public static final String SASL_JAAS_CONFIG = "sasl.jaas.config";

    /** {@code sasl.client.callback.handler.class}. */
    public static final String SASL_CLIENT_CALLBACK_HANDLER_CLASS = "sasl.client.callback.handler.class";

    /** {@code sasl.login.callback.handler.class}. */
    public static final String SASL_LOGIN_CALLBACK_HANDLER_CLASS = "sasl.login.callback.handler.class";

    /** {@code sasl.login.class}. */
    public static final String SASL_LOGIN_CLASS = "sasl.login.class";

    /** {@code sasl.kerberos.service.name}. */
    public static final String SASL_KERBEROS_SERVICE_NAME = "sasl.kerberos.service.name";

    /** {@code sasl.kerberos.kinit.cmd}. */
    public static final String SASL_KERBEROS_KINIT_CMD = "sasl.kerberos.kinit.cmd";

    /** {@code sasl.kerberos.ticket.renew.window.factor}. */
    public static final String SASL_KERBEROS_TICKET_RENEW_WINDOW_FACTOR = "sasl.kerberos.ticket.renew.window.factor";

    /** {@code sasl.kerberos.ticket.renew.jitter}. */
    public static final String SASL_KERBEROS_TICKET_RENEW_JITTER = "sasl.kerberos.ticket.renew.jitter";

    /** {@code sasl.kerberos.min.time.before.relogin}. */
    public static final String SASL_KERBEROS_MIN_TIME_BEFORE_RELOGIN = "sasl.kerberos.min.time.before.relogin";

    /** {@code sasl.login.refresh.window.factor}. */
    public static final String SASL_LOGIN_REFRESH_WINDOW_FACTOR = "sasl.login.refresh.window.factor";

    /** {@code sasl.login.refresh.window.jitter}. */
    public static final String SASL_LOGIN_REFRESH_WINDOW_JITTER = "sasl.login.refresh.window.jitter";

    /** {@code sasl.login.refresh.min.period.seconds}. */
    public static final String SASL_LOGIN_REFRESH_MIN_PERIOD_SECONDS = "sasl.login.refresh.min.period.seconds";

    /** {@code sasl.login.refresh.buffer.seconds}. */
    public static final String SASL_LOGIN_REFRESH_BUFFER_SECONDS = "sasl.login.refresh.buffer.seconds";

    /** {@code sasl.login.connect.timeout.ms}. */
    public static final String SASL_LOGIN_CONNECT_TIMEOUT_MS = "sasl.login.connect.timeout.ms";

    /** {@code sasl.login.read.timeout.ms}. */
    public static final String SASL_LOGIN_READ_TIMEOUT_MS = "sasl.login.read.timeout.ms";

    /** {@code sasl.login.retry.backoff.max.ms}. */
    public static final String SASL_LOGIN_RETRY_BACKOFF_MAX_MS = "sasl.login.retry.backoff.max.ms";

    /** {@code sasl.login.retry.backoff.ms}. */
    public static final String SASL_LOGIN_RETRY_BACKOFF_MS = "sasl.login.retry.backoff.ms";

    /** {@code sasl.oauthbearer.jwt.retriever.class}. */
    public static final String SASL_OAUTHBEARER_JWT_RETRIEVER_CLASS = "sasl.oauthbearer.jwt.retriever.class";

    /** {@code sasl.oauthbearer.jwt.validator.class}. */
    public static final String SASL_OAUTHBEARER_JWT_VALIDATOR_CLASS = "sasl.oauthbearer.jwt.validator.class";

    /** {@code sasl.oauthbearer.scope}. */
    public static final String SASL_OAUTHBEARER_SCOPE = "sasl.oauthbearer.scope";

    /** {@code sasl.oauthbearer.client.credentials.client.id}. */
    public static final String SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID =
            "sasl.oauthbearer.client.credentials.client.id";

    /** {@code sasl.oauthbearer.client.credentials.client.secret}. */
    public static final String SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET =
            "sasl.oauthbearer.client.credentials.client.secret";

    /** {@code sasl.oauthbearer.assertion.algorithm}. */
    public static final String SASL_OAUTHBEARER_ASSERTION_ALGORITHM = "sasl.oauthbearer.assertion.algorithm";

    /** {@code sasl.oauthbearer.assertion.claim.aud}. */
    public static final String SASL_OAUTHBEARER_ASSERTION_CLAIM_AUD = "sasl.oauthbearer.assertion.claim.aud";

    /** {@code sasl.oauthbearer.assertion.claim.exp.seconds}. */
    public static final String SASL_OAUTHBEARER_ASSERTION_CLAIM_EXP_SECONDS =
            "sasl.oauthbearer.assertion.claim.exp.seconds";

    /** {@code sasl.oauthbearer.assertion.claim.iss}. */
    public static final String SASL_OAUTHBEARER_ASSERTION_CLAIM_ISS = "sasl.oauthbearer.assertion.claim.iss";

    /** {@code sasl.oauthbearer.assertion.claim.jti.include}. */
    public static final String SASL_OAUTHBEARER_ASSERTION_CLAIM_JTI_INCLUDE =
            "sasl.oauthbearer.assertion.claim.jti.include";

    /** {@code sasl.oauthbearer.assertion.claim.nbf.seconds}. */
    public static final String SASL_OAUTHBEARER_ASSERTION_CLAIM_NBF_SECONDS =
            "sasl.oauthbearer.assertion.claim.nbf.seconds";

    /** {@code sasl.oauthbearer.assertion.claim.sub}. */
    public static final String SASL_OAUTHBEARER_ASSERTION_CLAIM_SUB = "sasl.oauthbearer.assertion.claim.sub";

    /** {@code sasl.oauthbearer.assertion.file}. */
    public static final String SASL_OAUTHBEARER_ASSERTION_FILE = "sasl.oauthbearer.assertion.file";

    /** {@code sasl.oauthbearer.assertion.private.key.file}. */
    public static final String SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_FILE =
            "sasl.oauthbearer.assertion.private.key.file";

    /** {@code sasl.oauthbearer.assertion.private.key.passphrase}. */
    public static final String SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_PASSPHRASE =
            "sasl.oauthbearer.assertion.private.key.passphrase";

    /** {@code sasl.oauthbearer.assertion.template.file}. */
    public static final String SASL_OAUTHBEARER_ASSERTION_TEMPLATE_FILE = "sasl.oauthbearer.assertion.template.file";

    /** {@code sasl.oauthbearer.scope.claim.name}. */
    public static final String SASL_OAUTHBEARER_SCOPE_CLAIM_NAME = "sasl.oauthbearer.scope.claim.name";

    /** {@code sasl.oauthbearer.sub.claim.name}. */
    public static final String SASL_OAUTHBEARER_SUB_CLAIM_NAME = "sasl.oauthbearer.sub.claim.name";

    /** {@code sasl.oauthbearer.token.endpoint.url}. */
    public static final String SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL = "sasl.oauthbearer.token.endpoint.url";

    /** {@code sasl.oauthbearer.jwks.endpoint.url}. */
    public static final String SASL_OAUTHBEARER_JWKS_ENDPOINT_URL = "sasl.oauthbearer.jwks.endpoint.url";

    /** {@code sasl.oauthbearer.jwks.endpoint.refresh.ms}. */
    public static final String SASL_OAUTHBEARER_JWKS_ENDPOINT_REFRESH_MS = "sasl.oauthbearer.jwks.endpoint.refresh.ms";

    /** {@code sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms}. */
    public static final String SASL_OAUTHBEARER_JWKS_ENDPOINT_RETRY_BACKOFF_MAX_MS =
            "sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms";

    /** {@code sasl.oauthbearer.jwks.endpoint.retry.backoff.ms}. */
    public static final String SASL_OAUTHBEARER_JWKS_ENDPOINT_RETRY_BACKOFF_MS =
            "sasl.oauthbearer.jwks.endpoint.retry.backoff.ms";

    /** {@code sasl.oauthbearer.clock.skew.seconds}. */
    public static final String SASL_OAUTHBEARER_CLOCK_SKEW_SECONDS = "sasl.oauthbearer.clock.skew.seconds";

    /** {@code sasl.oauthbearer.allow.unverified.audience}. */
    public static final String SASL_OAUTHBEARER_ALLOW_UNVERIFIED_AUDIENCE =
            "sasl.oauthbearer.allow.unverified.audience";

    /** {@code sasl.oauthbearer.expected.audience}. */
    public static final String SASL_OAUTHBEARER_EXPECTED_AUDIENCE = "sasl.oauthbearer.expected.audience";

    /** {@code sasl.oauthbearer.allow.unverified.issuer}. */
    public static final String SASL_OAUTHBEARER_ALLOW_UNVERIFIED_ISSUER = "sasl.oauthbearer.allow.unverified.issuer";

    /** {@code sasl.oauthbearer.expected.issuer}. */
    public static final String SASL_OAUTHBEARER_EXPECTED_ISSUER = "sasl.oauthbearer.expected.issuer";

    /** {@code sasl.oauthbearer.header.urlencode}. */
    public static final String SASL_OAUTHBEARER_HEADER_URLENCODE = "sasl.oauthbearer.header.urlencode";
}
