package io.penstock.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.SaslAuthenticationException;
import io.penstock.oauth.TokenServer.Answer;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import io.penstock.security.AuthenticateCallbackHandler;
import io.penstock.security.OAuthBearerToken;
import io.penstock.security.OAuthBearerTokenCallback;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.BrokerListener;
import io.penstock.testkit.EmbeddedKafka;
import io.penstock.testkit.SecurityProtocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens into a real broker, which checks their signatures against the keys of an identity provider. */
class OAuthIT {

    private static final int TIMEOUT_SECONDS = 60;
    private static final String MODULE = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required";
    private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static PublicJsonWebKey key;
    private static EmbeddedKafka kafka;

    @TempDir
    static Path directory;

    @BeforeAll
    static void startBroker() throws Exception {
        key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId("the key");
        Path keys = directory.resolve("jwks.json");
        Tokens.writeKeys(key, keys);
        String before = System.setProperty(ALLOWED_URLS, keys.toUri().toString());
        try {
            kafka = EmbeddedKafka.builder()
                    .config("connections.max.reauth.ms", "3600000")
                    .listener(new BrokerListener(
                            "SIGNED",
                            SecurityProtocol.SASL_PLAINTEXT,
                            Map.of(
                                    "sasl.enabled.mechanisms", "OAUTHBEARER",
                                    "oauthbearer.sasl.jaas.config", MODULE + ";",
                                    "oauthbearer.sasl.server.callback.handler.class",
                                            "org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler",
                                    "sasl.oauthbearer.jwks.endpoint.url",
                                            keys.toUri().toString(),
                                    "sasl.oauthbearer.expected.audience", "kafka",
                                    "sasl.oauthbearer.expected.issuer", "the provider")))
                    .listener(new BrokerListener(
                            "UNSECURED",
                            SecurityProtocol.SASL_PLAINTEXT,
                            Map.of(
                                    "sasl.enabled.mechanisms",
                                    "OAUTHBEARER",
                                    "oauthbearer.sasl.jaas.config",
                                    MODULE + " unsecuredLoginStringClaim_sub=\"broker\";")))
                    .start();
        } finally {
            if (before == null) {
                System.clearProperty(ALLOWED_URLS);
            } else {
                System.setProperty(ALLOWED_URLS, before);
            }
        }
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    private static Map<String, Object> configs(String listener, String options, Object... more) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", kafka.bootstrapServers(listener));
        configs.put("security.protocol", "SASL_PLAINTEXT");
        configs.put("sasl.mechanism", "OAUTHBEARER");
        configs.put("sasl.jaas.config", MODULE + options + ";");
        for (int i = 0; i < more.length; i += 2) {
            configs.put((String) more[i], more[i + 1]);
        }
        return configs;
    }

    private static Map<String, Object> clientCredentials(TokenServer server) {
        return configs(
                "SIGNED", "",
                "sasl.oauthbearer.token.endpoint.url", server.url(),
                "sasl.oauthbearer.client.credentials.client.id", "id",
                "sasl.oauthbearer.client.credentials.client.secret", "canary");
    }

    private static KafkaProducer<String, String> producer(Map<String, Object> configs) {
        return new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer());
    }

    private static long send(Map<String, Object> configs) throws Exception {
        try (var producer = producer(configs)) {
            return producer.send(new ProducerRecord<>("topic-" + TOPICS.incrementAndGet(), "value"))
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .offset();
        }
    }

    private static void assertRefused(Map<String, Object> configs, String... words) {
        long began = System.nanoTime();
        assertThatThrownBy(() -> send(configs))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(SaslAuthenticationException.class)
                .hasMessageContainingAll(words)
                .hasMessageNotContaining("canary");
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)).isLessThan(30);
    }

    @Test
    void send_withAnUnsecuredToken_arrives() throws Exception {
        assertThat(
                        send(
                                configs(
                                        "UNSECURED",
                                        " unsecuredLoginStringClaim_sub=\"alice\" unsecuredLoginExtension_traceId=\"1\"",
                                        "sasl.login.callback.handler.class",
                                        "org.apache.kafka.common.security.oauthbearer.internals.unsecured.OAuthBearerUnsecuredLoginCallbackHandler")))
                .isZero();
    }

    @Test
    void send_withClientCredentials_arrives() throws Exception {
        try (TokenServer server = new TokenServer(asked -> Answer.token(Tokens.signed(key, "alice", 60)))) {
            assertThat(send(clientCredentials(server))).isZero();
            assertThat(server.asked).as("one token for all connections").hasSize(1);
        }
    }

    @Test
    void send_whenTheTokenServerRefuses_failsAtOnceAndSaysWhy() throws Exception {
        try (TokenServer server = new TokenServer(
                asked -> new Answer(401, "{\"error\":\"invalid_client\",\"error_description\":\"wrong secret\"}"))) {
            assertRefused(clientCredentials(server), "invalid_client", "wrong secret", server.url());
        }
    }

    @Test
    void send_whenTheBrokerRefusesTheToken_failsAtOnce() throws Exception {
        PublicJsonWebKey other = RsaJwkGenerator.generateJwk(2048);
        other.setKeyId("another key");
        try (TokenServer server = new TokenServer(asked -> Answer.token(Tokens.signed(other, "mallory", 60)))) {
            assertRefused(clientCredentials(server), "\"mallory\"", "OAUTHBEARER", "invalid_token");
        }
    }

    @Test
    void send_whenTheTokenHasExpired_failsAtOnce() throws Exception {
        try (TokenServer server = new TokenServer(asked -> Answer.token(Tokens.signed(key, "alice", -60)))) {
            assertRefused(clientCredentials(server), "expired");
        }
    }

    @Test
    void send_withATokenFile_arrives() throws Exception {
        Path file = directory.resolve("token");
        Files.writeString(file, Tokens.signed(key, "alice", 60));
        assertThat(send(configs(
                        "SIGNED",
                        "",
                        "sasl.oauthbearer.token.endpoint.url",
                        file.toUri().toString())))
                .isZero();
    }

    @Test
    void send_withASignedAssertion_arrives() throws Exception {
        Path pem = directory.resolve("client.pem");
        Tokens.writePem(key.getPrivateKey().getEncoded(), "", pem);
        try (TokenServer server = new TokenServer(asked -> asked.body().contains("jwt-bearer")
                ? Answer.token(Tokens.signed(key, "alice", 60))
                : new Answer(400, ""))) {
            assertThat(send(configs(
                            "SIGNED",
                            "",
                            "sasl.oauthbearer.jwt.retriever.class",
                            "org.apache.kafka.common.security.oauthbearer.JwtBearerJwtRetriever",
                            "sasl.oauthbearer.token.endpoint.url",
                            server.url(),
                            "sasl.oauthbearer.assertion.private.key.file",
                            pem.toString(),
                            "sasl.oauthbearer.assertion.claim.sub",
                            "alice")))
                    .isZero();
        }
    }

    /** Tokens of five seconds, and so sessions of five: renewed in the background and shown to the broker in time. */
    @Test
    void stream_overManyTokens_losesNothing() throws Exception {
        try (TokenServer server = new TokenServer(asked -> Answer.token(Tokens.signed(key, "alice", 5)));
                var producer = producer(clientCredentials(server))) {
            List<CompletableFuture<RecordMetadata>> futures = new ArrayList<>();
            long began = System.nanoTime();
            while (System.nanoTime() - began < TimeUnit.SECONDS.toNanos(14)) {
                CompletableFuture<RecordMetadata> future = producer.send(new ProducerRecord<>("tokens", "value"));
                futures.add(future);
                future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            }
            assertThat(futures).allSatisfy(each -> assertThat(each).isCompletedWithValueMatching(m -> m.offset() >= 0));
            assertThat(futures.get(futures.size() - 1).get().offset()).isEqualTo(futures.size() - 1L);
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
            assertThat(server.asked.size()).as("tokens").isBetween(3, 1 + (int) seconds / 2);
        }
    }

    /** The way of a cloud's signer (AWS IAM, for instance): a handler of one's own that makes tokens. */
    public static final class SignerHandler implements AuthenticateCallbackHandler {

        @Override
        public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {}

        @Override
        public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
            for (Callback callback : callbacks) {
                if (!(callback instanceof OAuthBearerTokenCallback asked)) {
                    throw new UnsupportedCallbackException(callback);
                }
                OAuthBearerToken token;
                try {
                    token = Jwt.parse(Tokens.signed(key, "signer", 60), "scope", "sub");
                } catch (java.io.IOException e) {
                    throw new IllegalStateException(e);
                }
                asked.token(token);
            }
        }

        @Override
        public void close() {}
    }

    @Test
    void send_withAHandlerThatMakesTokens_arrives() throws Exception {
        assertThat(send(configs("SIGNED", "", "sasl.login.callback.handler.class", SignerHandler.class.getName())))
                .isZero();
    }
}
