package io.penstock.internal.config;

import static io.penstock.internal.config.ConfigKey.REQUIRED;
import static io.penstock.internal.config.ConfigKey.key;
import static io.penstock.internal.config.ConfigType.BOOLEAN;
import static io.penstock.internal.config.ConfigType.CLASS;
import static io.penstock.internal.config.ConfigType.DOUBLE;
import static io.penstock.internal.config.ConfigType.INT;
import static io.penstock.internal.config.ConfigType.LIST;
import static io.penstock.internal.config.ConfigType.LONG;
import static io.penstock.internal.config.ConfigType.PASSWORD;
import static io.penstock.internal.config.ConfigType.SHORT;
import static io.penstock.internal.config.ConfigType.STRING;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every key of Kafka's producer, with type, default and accepted values; a test holds the table against {@code kafka-clients}. And those
 * that are ours alone, {@link #OWN}.
 *
 * <p>The first half is honoured. A key of the second half is refused when it is set to anything that would matter, with the reason
 * given here: to honour one, read it in its settings record and move its line up.
 */
public final class ConfigKeys {
    private static final String TOKEN_CHECKS = "it is for a broker, which checks tokens; a client only fetches them";
    private static final String PROVIDERS =
            "this version does not load settings from providers; resolve the values before they are given";
    private static final String JMX_REPORTER = "org.apache.kafka.common.metrics.JmxReporter";

    /** What Kafka's producer does not have. */
    static final Set<String> OWN = Set.of("loop.idle.strategy", "sender.threads");

    private static final Map<String, ConfigKey> KEYS = table(
            // honoured
            key("acks", STRING, "all").in("all", "-1", "0", "1"),
            key("batch.size", INT, 16_384).atLeast(0),
            key("bootstrap.resolve.timeout.ms", LONG, 0L).atLeast(0),
            key("bootstrap.servers", LIST, REQUIRED).notEmpty(),
            key("buffer.memory", LONG, 33_554_432L).atLeast(0),
            key("buffer.memory.allocation.strategy", STRING, "full").inAnyCase("FULL", "INCREMENTAL"),
            key("client.dns.lookup", STRING, "use_all_dns_ips")
                    .in("use_all_dns_ips", "resolve_canonical_bootstrap_servers_only"),
            key("client.id", STRING, ""),
            key("client.rack", STRING, ""),
            key("compression.gzip.level", INT, -1).betweenOr(1, 9, -1),
            key("compression.lz4.level", INT, 9).between(1, 17),
            key("compression.type", STRING, "none").in("none", "gzip", "snappy", "lz4", "zstd"),
            key("compression.zstd.level", INT, 3).between(-131_072, 22),
            key("config.providers", LIST, List.of()),
            key("connections.max.idle.ms", LONG, 540_000L),
            key("delivery.timeout.ms", INT, 120_000).atLeast(0),
            key("enable.idempotence", BOOLEAN, true),
            key("enable.metrics.push", BOOLEAN, true),
            key("interceptor.classes", LIST, List.of()),
            key("key.serializer", CLASS, REQUIRED),
            key("linger.ms", LONG, 5L).atLeast(0),
            key("loop.idle.strategy", STRING, "park").inAnyCase("PARK", "YIELD", "SPIN"),
            key("max.block.ms", LONG, 60_000L).atLeast(0),
            key("max.in.flight.requests.per.connection", INT, 5).atLeast(1),
            key("max.request.size", INT, 1_048_576).atLeast(0),
            key("metadata.cluster.check.enable", BOOLEAN, true),
            key("metadata.max.age.ms", LONG, 300_000L).atLeast(0),
            key("metadata.max.idle.ms", LONG, 300_000L).atLeast(5000),
            key("metadata.recovery.rebootstrap.trigger.ms", LONG, 300_000L).atLeast(0),
            key("metadata.recovery.strategy", STRING, "rebootstrap").inAnyCase("REBOOTSTRAP", "NONE"),
            key("metric.reporters", LIST, List.of(JMX_REPORTER)),
            key("metrics.num.samples", INT, 2).atLeast(1),
            key("metrics.recording.level", STRING, "INFO").in("INFO", "DEBUG", "TRACE"),
            key("metrics.sample.window.ms", LONG, 30_000L).atLeast(0),
            key("partitioner.adaptive.partitioning.enable", BOOLEAN, true),
            key("partitioner.availability.timeout.ms", LONG, 0L).atLeast(0),
            key("partitioner.class", CLASS, null),
            key("partitioner.ignore.keys", BOOLEAN, false),
            key("partitioner.rack.aware", BOOLEAN, false),
            key("receive.buffer.bytes", INT, 32_768).atLeast(-1),
            key("reconnect.backoff.max.ms", LONG, 1000L).atLeast(0),
            key("reconnect.backoff.ms", LONG, 50L).atLeast(0),
            key("request.timeout.ms", INT, 30_000).atLeast(0),
            key("retries", INT, Integer.MAX_VALUE).atLeast(0),
            key("retry.backoff.max.ms", LONG, 1000L).atLeast(0),
            key("retry.backoff.ms", LONG, 100L).atLeast(0),
            key("sasl.client.callback.handler.class", CLASS, null),
            key("sasl.jaas.config", PASSWORD, null),
            key("sasl.kerberos.kinit.cmd", STRING, "/usr/bin/kinit"),
            key("sasl.kerberos.min.time.before.relogin", LONG, 60_000L),
            key("sasl.kerberos.service.name", STRING, null),
            key("sasl.kerberos.ticket.renew.jitter", DOUBLE, 0.05),
            key("sasl.kerberos.ticket.renew.window.factor", DOUBLE, 0.8),
            key("sasl.login.callback.handler.class", CLASS, null),
            key("sasl.login.class", CLASS, null),
            key("sasl.login.refresh.buffer.seconds", SHORT, (short) 300).between(0, 3600),
            key("sasl.login.refresh.min.period.seconds", SHORT, (short) 60).between(0, 900),
            key("sasl.login.refresh.window.factor", DOUBLE, 0.8).between(0.5, 1.0),
            key("sasl.login.refresh.window.jitter", DOUBLE, 0.05).between(0.0, 0.25),
            key("sasl.mechanism", STRING, "GSSAPI"),
            key("sasl.login.connect.timeout.ms", INT, null),
            key("sasl.login.read.timeout.ms", INT, null),
            key("sasl.login.retry.backoff.max.ms", LONG, 10_000L),
            key("sasl.login.retry.backoff.ms", LONG, 100L),
            key("sasl.oauthbearer.assertion.algorithm", STRING, "RS256").inAnyCase("ES256", "RS256"),
            key("sasl.oauthbearer.assertion.claim.aud", STRING, null),
            key("sasl.oauthbearer.assertion.claim.exp.seconds", INT, 300).between(0, 86400),
            key("sasl.oauthbearer.assertion.claim.iss", STRING, null),
            key("sasl.oauthbearer.assertion.claim.jti.include", BOOLEAN, false),
            key("sasl.oauthbearer.assertion.claim.nbf.seconds", INT, 60).between(0, 3600),
            key("sasl.oauthbearer.assertion.claim.sub", STRING, null),
            key("sasl.oauthbearer.assertion.file", STRING, null),
            key("sasl.oauthbearer.assertion.private.key.file", STRING, null),
            key("sasl.oauthbearer.assertion.private.key.passphrase", PASSWORD, null),
            key("sasl.oauthbearer.assertion.template.file", STRING, null),
            key("sasl.oauthbearer.client.credentials.client.id", STRING, null),
            key("sasl.oauthbearer.client.credentials.client.secret", PASSWORD, null),
            key("sasl.oauthbearer.header.urlencode", BOOLEAN, false),
            key(
                    "sasl.oauthbearer.jwt.retriever.class",
                    CLASS,
                    "org.apache.kafka.common.security.oauthbearer.DefaultJwtRetriever"),
            key(
                    "sasl.oauthbearer.jwt.validator.class",
                    CLASS,
                    "org.apache.kafka.common.security.oauthbearer.DefaultJwtValidator"),
            key("sasl.oauthbearer.scope", STRING, null),
            key("sasl.oauthbearer.scope.claim.name", STRING, "scope"),
            key("sasl.oauthbearer.sub.claim.name", STRING, "sub"),
            key("sasl.oauthbearer.token.endpoint.url", STRING, null),
            key("security.protocol", STRING, "PLAINTEXT").inAnyCase("SASL_SSL", "PLAINTEXT", "SSL", "SASL_PLAINTEXT"),
            key("security.providers", STRING, null),
            key("send.buffer.bytes", INT, 131_072).atLeast(-1),
            key("sender.threads", INT, 1).between(1, 64),
            key("socket.connection.setup.timeout.max.ms", LONG, 30_000L),
            key("socket.connection.setup.timeout.ms", LONG, 10_000L),
            key("ssl.cipher.suites", LIST, List.of()),
            key("ssl.enabled.protocols", LIST, List.of("TLSv1.2", "TLSv1.3")),
            key("ssl.endpoint.identification.algorithm", STRING, "https"),
            key("ssl.engine.factory.class", CLASS, null),
            key("ssl.key.password", PASSWORD, null),
            key("ssl.keymanager.algorithm", STRING, "SunX509"),
            key("ssl.keystore.certificate.chain", PASSWORD, null),
            key("ssl.keystore.key", PASSWORD, null),
            key("ssl.keystore.location", STRING, null),
            key("ssl.keystore.password", PASSWORD, null),
            key("ssl.keystore.type", STRING, "JKS"),
            key("ssl.protocol", STRING, "TLSv1.3"),
            key("ssl.provider", STRING, null),
            key("ssl.secure.random.implementation", STRING, null),
            key("ssl.trustmanager.algorithm", STRING, "PKIX"),
            key("ssl.truststore.certificates", PASSWORD, null),
            key("ssl.truststore.location", STRING, null),
            key("ssl.truststore.password", PASSWORD, null),
            key("ssl.truststore.type", STRING, "JKS"),
            key("transaction.timeout.ms", INT, 60_000),
            key("transaction.two.phase.commit.enable", BOOLEAN, false),
            key("transactional.id", STRING, null).notEmpty(),
            key("value.serializer", CLASS, REQUIRED),

            // not yet
            key("sasl.oauthbearer.allow.unverified.audience", BOOLEAN, false).later(TOKEN_CHECKS),
            key("sasl.oauthbearer.allow.unverified.issuer", BOOLEAN, false).later(TOKEN_CHECKS),
            key("sasl.oauthbearer.clock.skew.seconds", INT, 30).later(TOKEN_CHECKS),
            key("sasl.oauthbearer.expected.audience", LIST, List.of()).later(TOKEN_CHECKS),
            key("sasl.oauthbearer.expected.issuer", STRING, null).later(TOKEN_CHECKS),
            key("sasl.oauthbearer.jwks.endpoint.refresh.ms", LONG, 3_600_000L).later(TOKEN_CHECKS),
            key("sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms", LONG, 10_000L)
                    .later(TOKEN_CHECKS),
            key("sasl.oauthbearer.jwks.endpoint.retry.backoff.ms", LONG, 100L).later(TOKEN_CHECKS),
            key("sasl.oauthbearer.jwks.endpoint.url", STRING, null).later(TOKEN_CHECKS));

    private ConfigKeys() {}

    private static Map<String, ConfigKey> table(ConfigKey... keys) {
        Map<String, ConfigKey> table = new LinkedHashMap<>();
        for (ConfigKey key : keys) {
            table.put(key.name(), key);
        }
        return Collections.unmodifiableMap(table);
    }

    /** All names, honoured ones first. */
    public static Set<String> names() {
        return KEYS.keySet();
    }

    /** Null for an unknown name. */
    static @Nullable ConfigKey find(String name) {
        return KEYS.get(name);
    }
}
