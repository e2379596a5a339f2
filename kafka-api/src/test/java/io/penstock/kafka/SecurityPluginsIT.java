package io.penstock.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.testkit.BrokerListener;
import io.penstock.testkit.EmbeddedKafka;
import io.penstock.testkit.SecurityProtocol;
import io.penstock.testkit.TestAuthority;
import io.penstock.testkit.TestIdentity;
import java.security.Security;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The user's handlers, logins and engine factories by Apache's interfaces, in both producers, on listeners of a real broker. */
class SecurityPluginsIT {

    private static final int TIMEOUT_SECONDS = 60;
    private static final String SECURITY = "org.apache.kafka.common.security.";
    private static final String PLAIN = SECURITY + "plain.PlainLoginModule required";
    private static final String OAUTH = SECURITY + "oauthbearer.OAuthBearerLoginModule required";
    private static final TestAuthority AUTHORITY = TestAuthority.create("penstock test authority");
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startBroker() throws Exception {
        TestIdentity broker = AUTHORITY.identity("broker", "localhost", "127.0.0.1");
        kafka = EmbeddedKafka.builder()
                .config("connection.failed.authentication.delay.ms", "10")
                .listener(new BrokerListener(
                        "NAMED",
                        SecurityProtocol.SASL_PLAINTEXT,
                        Map.of(
                                "sasl.enabled.mechanisms",
                                "PLAIN",
                                "plain.sasl.jaas.config",
                                PLAIN + " user_alice=\"right\";")))
                .listener(new BrokerListener(
                        "TOKENS",
                        SecurityProtocol.SASL_PLAINTEXT,
                        Map.of(
                                "sasl.enabled.mechanisms",
                                "OAUTHBEARER",
                                "oauthbearer.sasl.jaas.config",
                                OAUTH + " unsecuredLoginStringClaim_sub=\"broker\";")))
                .listener(new BrokerListener(
                        "TLS",
                        SecurityProtocol.SSL,
                        Map.of(
                                "ssl.keystore.type", "PEM",
                                "ssl.keystore.key", broker.pemKey(),
                                "ssl.keystore.certificate.chain", broker.pemChain())))
                .start();
        kafka.createTopic("guarded", 1, Map.of());
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @BeforeEach
    void forget() {
        Guards.SEEN.clear();
    }

    private static Map<String, Object> configs(String listener, String protocol, Object... more) {
        Map<String, Object> configs = Side.configs(kafka.bootstrapServers(listener), more);
        configs.put("security.protocol", protocol);
        configs.put("client.id", "guarded-client");
        return configs;
    }

    private static Map<String, Object> named(Object... more) {
        Map<String, Object> configs = configs("NAMED", "SASL_PLAINTEXT", more);
        configs.put("sasl.mechanism", "PLAIN");
        configs.putIfAbsent("sasl.jaas.config", PLAIN + ";");
        return configs;
    }

    private static Map<String, Object> tokens(Object... more) {
        Map<String, Object> configs = configs("TOKENS", "SASL_PLAINTEXT", more);
        configs.put("sasl.mechanism", "OAUTHBEARER");
        configs.putIfAbsent("sasl.jaas.config", OAUTH + ";");
        return configs;
    }

    private static Map<String, Object> tls(Object... more) {
        Map<String, Object> configs = configs("TLS", "SSL", more);
        configs.put("ssl.truststore.type", "PEM");
        configs.put("ssl.truststore.certificates", AUTHORITY.pem());
        return configs;
    }

    private static Producer<String, String> create(Side side, Map<String, Object> configs) {
        return side.create(configs, new StringSerializer(), new StringSerializer());
    }

    private static void sendOne(Side side, Map<String, Object> configs) throws Exception {
        try (Producer<String, String> producer = create(side, configs)) {
            assertThat(producer.send(new ProducerRecord<>("guarded", "v"))
                            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                            .hasOffset())
                    .isTrue();
        }
    }

    private static Throwable refusal(Side side, Map<String, Object> configs) {
        try (Producer<String, String> producer = create(side, configs)) {
            return catchThrowable(() ->
                            producer.send(new ProducerRecord<>("guarded", "v")).get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .getCause();
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientHandler_answersTheMechanism(Side side) throws Exception {
        sendOne(
                side,
                named("sasl.client.callback.handler.class", Guards.PasswordHandler.class, "my.password", "right"));
        assertThat(Guards.SEEN).contains("handler PLAIN PlainLoginModule true guarded-client", "handler closed");
    }

    @ParameterizedTest
    @EnumSource
    void clientHandler_withAWrongPassword_isRefused(Side side) {
        assertThat(refusal(
                        side,
                        named(
                                "sasl.client.callback.handler.class",
                                Guards.PasswordHandler.class.getName(),
                                "my.password",
                                "wrong")))
                .isExactlyInstanceOf(SaslAuthenticationException.class)
                .hasMessageNotContaining("wrong\"");
    }

    @ParameterizedTest
    @EnumSource
    void loginHandler_fetchesTokens(Side side) throws Exception {
        sendOne(side, tokens("sasl.login.callback.handler.class", Guards.TokenHandler.class.getName()));
        assertThat(Guards.SEEN).contains("token asked for", "token handler closed");
    }

    /** Without the module of Penstock that fetches tokens, and with nothing but what Apache's producer needs. */
    @ParameterizedTest
    @EnumSource
    void tokens_ofKafkasOwnHandler_areTaken(Side side) throws Exception {
        sendOne(side, tokens("sasl.jaas.config", OAUTH + " unsecuredLoginStringClaim_sub=\"alice\";"));
        sendOne(
                side,
                tokens(
                        "sasl.jaas.config",
                        OAUTH + " unsecuredLoginStringClaim_sub=\"alice\";",
                        "sasl.login.callback.handler.class",
                        SECURITY + "oauthbearer.internals.unsecured.OAuthBearerUnsecuredLoginCallbackHandler",
                        "sasl.login.class",
                        SECURITY + "oauthbearer.internals.OAuthBearerRefreshingLogin"));
    }

    @ParameterizedTest
    @EnumSource
    void login_isAskedForItsSubject(Side side) throws Exception {
        sendOne(side, named("sasl.login.class", Guards.OwnLogin.class, "my.password", "right"));
        assertThat(Guards.SEEN).contains("login KafkaClient", "logged in", "login closed");
        sendOne(side, tokens("sasl.login.class", Guards.TokenLogin.class.getName()));
    }

    @ParameterizedTest
    @EnumSource
    void engines_ofTheUsersFactory_areUsed(Side side) throws Exception {
        sendOne(side, tls("ssl.engine.factory.class", Guards.Engines.class.getName()));
        assertThat(Guards.SEEN).contains("engine for localhost https", "factory closed");
    }

    @ParameterizedTest
    @EnumSource
    void kafkasOwnClasses_byName_areWhatThereIsAnyway(Side side) throws Exception {
        sendOne(side, tls("ssl.engine.factory.class", SECURITY + "ssl.DefaultSslEngineFactory"));
        sendOne(
                side,
                named(
                        "sasl.jaas.config", PLAIN + " username=\"alice\" password=\"right\";",
                        "sasl.login.class", SECURITY + "authenticator.DefaultLogin",
                        "sasl.client.callback.handler.class", SECURITY + "authenticator.SaslClientCallbackHandler",
                        "sasl.login.callback.handler.class",
                                SECURITY + "authenticator.AbstractLogin$DefaultLoginCallbackHandler"));
    }

    @ParameterizedTest
    @EnumSource
    void securityProviders_areInstalled(Side side) throws Exception {
        try {
            sendOne(
                    side,
                    named(
                            "sasl.jaas.config",
                            PLAIN + " username=\"alice\" password=\"right\";",
                            "security.providers",
                            Guards.Algorithms.class.getName()));
            assertThat(Security.getProvider("penstock-test")).isNotNull();
        } finally {
            Security.removeProvider("penstock-test");
        }
    }

    @ParameterizedTest
    @EnumSource
    void class_thatIsNoHandlerAtAll_isRefusedAtOnce(Side side) {
        for (String key : List.of(
                "sasl.client.callback.handler.class", "sasl.login.callback.handler.class", "sasl.login.class")) {
            assertThatThrownBy(() -> create(side, new HashMap<>(named(key, "java.util.ArrayList"))))
                    .as(key)
                    .isInstanceOf(KafkaException.class);
        }
        assertThatThrownBy(() -> create(side, tls("ssl.engine.factory.class", "java.util.ArrayList")))
                .isInstanceOf(KafkaException.class);
    }

    /** Apache's producer fails in the constructor, as it logs in there; see docs/MIGRATION.md. */
    @ParameterizedTest
    @EnumSource
    void loginHandler_thatGivesNoToken_saysWhy(Side side) throws ExecutionException {
        Map<String, Object> configs =
                tokens("sasl.login.callback.handler.class", Guards.NoTokenHandler.class.getName());
        if (side == Side.APACHE) {
            assertThatThrownBy(() -> create(side, configs)).isInstanceOf(KafkaException.class);
        } else {
            assertThat(refusal(side, configs))
                    .isExactlyInstanceOf(SaslAuthenticationException.class)
                    .hasMessageContaining("the vault is shut");
        }
    }
}
