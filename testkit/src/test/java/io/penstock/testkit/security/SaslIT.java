package io.penstock.testkit.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.IllegalSaslStateException;
import io.penstock.errors.KafkaException;
import io.penstock.errors.RecordOutcome;
import io.penstock.errors.SaslAuthenticationException;
import io.penstock.errors.UnsupportedSaslMechanismException;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.security.AuthenticateCallbackHandler;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.BrokerListener;
import io.penstock.testkit.EmbeddedKafka;
import io.penstock.testkit.SecurityProtocol;
import java.security.Security;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.security.token.delegation.DelegationToken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real broker with SASL listeners: in with the right credentials, and a clear and quick answer with others. */
class SaslIT {

    private static final int TIMEOUT_SECONDS = 60;
    private static final String PLAIN_MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule";
    private static final String SCRAM_MODULE = "org.apache.kafka.common.security.scram.ScramLoginModule";
    private static final String PASSWORD = "p=a,s s\"w½rd";
    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startBroker() throws Exception {
        Security.addProvider(new ToyMechanism.ToyProvider());
        kafka = EmbeddedKafka.builder()
                .config("connection.failed.authentication.delay.ms", "10")
                .config("delegation.token.secret.key", "of the tests")
                .listener(new BrokerListener(
                        "SASL",
                        SecurityProtocol.SASL_PLAINTEXT,
                        Map.of(
                                "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512," + ToyMechanism.NAME,
                                "toy-signed.sasl.jaas.config", PLAIN_MODULE + " required;",
                                "plain.sasl.jaas.config",
                                        PLAIN_MODULE + " required user_alice=\"" + quoted(PASSWORD) + "\";",
                                "scram-sha-256.sasl.jaas.config", SCRAM_MODULE + " required;",
                                "scram-sha-512.sasl.jaas.config", SCRAM_MODULE + " required;")))
                .listener(new BrokerListener(
                        "SCRAM_ONLY",
                        SecurityProtocol.SASL_PLAINTEXT,
                        Map.of(
                                "sasl.enabled.mechanisms",
                                "SCRAM-SHA-512",
                                "scram-sha-512.sasl.jaas.config",
                                SCRAM_MODULE + " required;")))
                .start();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            for (ScramMechanism mechanism : List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
                admin.alterUserScramCredentials(List.of(upsertion(mechanism)))
                        .all()
                        .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            }
        }
        for (String mechanism : List.of("SCRAM-SHA-256", "SCRAM-SHA-512")) {
            awaitLetIn(configs("SASL", mechanism, jaas(mechanism, "alice", PASSWORD)));
        }
    }

    /** What the controller knows the broker knows a little later; Apache's client tells when. */
    private static void awaitLetIn(Map<String, Object> configs) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (true) {
            try (Admin admin = Admin.create(configs)) {
                admin.describeCluster().clusterId().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(org.apache.kafka.common.errors.SaslAuthenticationException.class);
                assertThat(System.nanoTime() - deadline)
                        .as("time for a password")
                        .isNegative();
            }
        }
    }

    private static UserScramCredentialUpsertion upsertion(ScramMechanism mechanism) {
        return new UserScramCredentialUpsertion("alice", new ScramCredentialInfo(mechanism, 4096), PASSWORD);
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
        Security.removeProvider("PenstockToySasl");
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    static Map<String, Object> configs(String listener, String mechanism, String jaas) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", kafka.bootstrapServers(listener));
        configs.put("security.protocol", "SASL_PLAINTEXT");
        configs.put("sasl.mechanism", mechanism);
        configs.put("sasl.jaas.config", jaas);
        return configs;
    }

    private static String jaas(String mechanism, String user, String password) {
        String module = mechanism.equals("PLAIN") ? PLAIN_MODULE : SCRAM_MODULE;
        return module + " required username=\"" + user + "\" password=\"" + quoted(password) + "\";";
    }

    private static KafkaProducer<String, String> producer(Map<String, Object> configs) {
        return new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer());
    }

    /** Sends one record and returns its offset. */
    private static long send(Map<String, Object> configs) throws Exception {
        try (var producer = producer(configs)) {
            return producer.send(new ProducerRecord<>("topic-" + TOPICS.incrementAndGet(), "value"))
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .offset();
        }
    }

    /** What a record fails with, which has to come long before {@code max.block.ms} is over. */
    private static KafkaException refusal(Map<String, Object> configs) {
        long began = System.nanoTime();
        AtomicReference<KafkaException> found = new AtomicReference<>();
        assertThatThrownBy(() -> send(configs)).satisfies(thrown -> {
            Throwable cause = thrown instanceof ExecutionException ? thrown.getCause() : thrown;
            assertThat(cause).isInstanceOf(KafkaException.class);
            found.set((KafkaException) cause);
        });
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)).isLessThan(30);
        assertThat(found.get().outcome()).isEqualTo(RecordOutcome.NOT_WRITTEN);
        for (Throwable each = found.get(); each != null; each = each.getCause()) {
            assertThat(each.toString()).doesNotContain(PASSWORD).doesNotContain("wrong-secret");
        }
        return found.get();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
    void send_withTheRightPassword_arrives(String mechanism) throws Exception {
        assertThat(send(configs("SASL", mechanism, jaas(mechanism, "alice", PASSWORD))))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
    void send_withAWrongPassword_failsAtOnceAndSaysWhoWhereAndHow(String mechanism) {
        KafkaException refusal = refusal(configs("SASL", mechanism, jaas(mechanism, "alice", "wrong-secret")));
        assertThat(refusal)
                .isInstanceOf(SaslAuthenticationException.class)
                .hasMessageContaining(kafka.bootstrapServers("SASL"))
                .hasMessageContaining("\"alice\"")
                .hasMessageContaining(mechanism)
                .hasMessageContaining("Authentication failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
    void send_asAnUnknownUser_failsAtOnce(String mechanism) {
        assertThat(refusal(configs("SASL", mechanism, jaas(mechanism, "mallory", "wrong-secret"))))
                .isInstanceOf(SaslAuthenticationException.class)
                .hasMessageContaining("\"mallory\"");
    }

    @Test
    void send_withAMechanismThatIsNotOffered_saysWhichAre() {
        assertThat(refusal(configs("SCRAM_ONLY", "PLAIN", jaas("PLAIN", "alice", PASSWORD))))
                .isInstanceOf(UnsupportedSaslMechanismException.class)
                .hasMessageContaining("SCRAM-SHA-512");
    }

    @Test
    void send_withSaslToAListenerWithoutIt_saysSo() {
        Map<String, Object> configs = configs("SASL", "PLAIN", jaas("PLAIN", "alice", PASSWORD));
        configs.put("bootstrap.servers", kafka.bootstrapServers());
        assertThat(refusal(configs))
                .isInstanceOf(IllegalSaslStateException.class)
                .hasMessageContaining("security.protocol");
    }

    @Test
    void send_withADelegationToken_arrives() throws Exception {
        Map<String, Object> admin =
                new HashMap<>(configs("SASL", "SCRAM-SHA-512", jaas("SCRAM-SHA-512", "alice", PASSWORD)));
        DelegationToken token;
        try (Admin client = Admin.create(admin)) {
            token = client.createDelegationToken().delegationToken().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
        String jaas = SCRAM_MODULE + " required username=\"" + token.tokenInfo().tokenId() + "\" password=\""
                + token.hmacAsBase64String() + "\" tokenauth=true;";
        try (var producer = producer(configs("SASL", "SCRAM-SHA-256", jaas))) {
            assertThat(sendUntilAccepted(producer, new ProducerRecord<>("topic-token", "value")))
                    .isZero();
        }
    }

    /** What the controller knows the brokers know a little later. */
    private static long sendUntilAccepted(KafkaProducer<String, String> producer, ProducerRecord<String, String> record)
            throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (true) {
            try {
                return producer.send(record)
                        .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                        .offset();
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(SaslAuthenticationException.class);
                assertThat(System.nanoTime() - deadline)
                        .as("time to be accepted")
                        .isNegative();
            }
        }
    }

    /** A handler of the user's own, in place of a name and a password in the settings. */
    public static final class OwnHandler implements AuthenticateCallbackHandler {
        static final AtomicReference<String> CONFIGURED = new AtomicReference<>();
        static final AtomicReference<String> THREAD = new AtomicReference<>();
        static final AtomicInteger CLOSED = new AtomicInteger();

        @Override
        public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
            CONFIGURED.set(mechanism + " " + configs.get("own.user") + " "
                    + entries.get(0).getOptions().get("vault"));
        }

        @Override
        public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
            THREAD.set(Thread.currentThread().getName());
            for (Callback callback : callbacks) {
                if (callback instanceof NameCallback name) {
                    name.setName("alice");
                } else if (callback instanceof PasswordCallback password) {
                    password.setPassword(PASSWORD.toCharArray());
                } else {
                    throw new UnsupportedCallbackException(callback);
                }
            }
        }

        @Override
        public void close() {
            CLOSED.incrementAndGet();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-512"})
    void send_withAHandlerOfOnesOwn_asksItOffTheLoop(String mechanism) throws Exception {
        String module = mechanism.equals("PLAIN") ? PLAIN_MODULE : SCRAM_MODULE;
        Map<String, Object> configs = configs("SASL", mechanism, module + " required vault=\"v\";");
        configs.put("sasl.client.callback.handler.class", OwnHandler.class);
        configs.put("own.user", "alice");
        int closedBefore = OwnHandler.CLOSED.get();
        assertThat(send(configs)).isZero();
        assertThat(OwnHandler.CONFIGURED.get()).isEqualTo(mechanism + " alice v");
        assertThat(OwnHandler.THREAD.get()).startsWith("penstock-auth-");
        assertThat(OwnHandler.CLOSED.get()).isEqualTo(closedBefore + 1);
    }

    /** The way of a cloud's own mechanism, such as AWS_MSK_IAM: a security provider, and a login that knows the secret. */
    @Test
    void send_withAMechanismOfASecurityProvider_arrives() throws Exception {
        assertThat(send(configs("SASL", ToyMechanism.NAME, jaas("PLAIN", "alice", ToyMechanism.SECRET))))
                .isZero();
        assertThat(refusal(configs("SASL", ToyMechanism.NAME, jaas("PLAIN", "alice", "wrong-secret"))))
                .isInstanceOf(SaslAuthenticationException.class)
                .hasMessageContainingAll(ToyMechanism.NAME, kafka.bootstrapServers("SASL"));
    }

    /** One broker has the new password already and another not: that is no reason to fail anybody. */
    @Test
    void send_whenThePasswordIsCorrectedOnTheBroker_succeedsWithTheSameProducer() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
                var producer = producer(configs("SASL", "SCRAM-SHA-512", jaas("SCRAM-SHA-512", "late", PASSWORD)))) {
            ProducerRecord<String, String> record = new ProducerRecord<>("topic-late", "value");
            assertThatThrownBy(() -> producer.send(record).get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            "late", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 8192), PASSWORD)))
                    .all()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            assertThat(sendUntilAccepted(producer, record)).isZero();
        }
    }
}
