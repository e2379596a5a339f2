package io.penstock.testkit.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.errors.SaslAuthenticationException;
import io.penstock.errors.TimeoutException;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.security.AuthenticateCallbackHandler;
import io.penstock.security.Login;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.SaslLie;
import io.penstock.testkit.fake.SaslOptions;
import io.penstock.testkit.fake.StoredRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SASL where no real broker is needed: brokers that lie, credentials that go bad, and logins of the user's own. */
@Timeout(180)
class SaslAtFakeClusterTest {

    private static final String PLAIN_MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule";
    private static final String SCRAM_MODULE = "org.apache.kafka.common.security.scram.ScramLoginModule";
    private static final String JAAS_FILE = "java.security.auth.login.config";
    private static final String PASSWORD = "of-alice";

    private FakeCluster cluster;

    @BeforeEach
    void start() {
        cluster = FakeCluster.builder()
                .topic("t", 1)
                .sasl(SaslOptions.mechanisms("PLAIN", "SCRAM-SHA-256").withUser("alice", PASSWORD))
                .start();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private KafkaProducer<String, String> producer(String mechanism, String... more) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", cluster.bootstrapServers());
        configs.put("security.protocol", "SASL_PLAINTEXT");
        configs.put("sasl.mechanism", mechanism);
        for (int i = 0; i < more.length; i += 2) {
            configs.put(more[i], more[i + 1]);
        }
        return new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer());
    }

    private static String jaas(String module) {
        return module + " required username=\"alice\" password=\"" + PASSWORD + "\";";
    }

    private void sendsAsAlice(String... configs) throws Exception {
        try (var producer = producer("PLAIN", configs)) {
            producer.send(new ProducerRecord<>("t", "in")).get();
        }
        assertThat(cluster.records("t")).extracting(StoredRecord::valueText).containsExactly("in");
    }

    @ParameterizedTest
    @EnumSource(SaslLie.class)
    void send_toABrokerThatLies_isRefusedByUsAndAtOnce(SaslLie lie) {
        cluster.sasl().tamper(lie);
        try (var producer = producer("SCRAM-SHA-256", "sasl.jaas.config", jaas(SCRAM_MODULE))) {
            long began = System.nanoTime();

            assertThatThrownBy(() ->
                            producer.send(new ProducerRecord<>("t", "out")).get())
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(SaslAuthenticationException.class)
                    .hasMessageContainingAll(cluster.bootstrapServers(), "SCRAM-SHA-256")
                    .message()
                    .doesNotContain(PASSWORD);

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
            assertThat(cluster.records("t")).isEmpty();
        }
    }

    /** Kafka's own client says no more than that time has run out. */
    @Test
    void batch_thatExpiresAfterThePasswordWasChanged_saysThatThisClientIsNotLetIn() throws Exception {
        try (var producer = producer(
                "PLAIN",
                "sasl.jaas.config",
                jaas(PLAIN_MODULE),
                "delivery.timeout.ms",
                "4000",
                "request.timeout.ms",
                "1000",
                "linger.ms",
                "0")) {
            sendInTime(producer);
            cluster.sasl().setPassword("alice", "another");
            cluster.stopBroker(1);
            cluster.startBroker(1);

            Throwable failure = catchThrowable(
                    () -> producer.send(new ProducerRecord<>("t", "out")).get(30, TimeUnit.SECONDS));

            assertThat(failure.getCause())
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContainingAll("delivery.timeout.ms", "not let in", "\"alice\"", "PLAIN")
                    .hasCauseInstanceOf(SaslAuthenticationException.class)
                    .message()
                    .doesNotContain(PASSWORD);
        }
    }

    /** Whose time is short for what comes after: on a slow machine its first records may be late. */
    private static void sendInTime(KafkaProducer<String, String> producer) throws Exception {
        while (true) {
            try {
                producer.send(new ProducerRecord<>("t", "in")).get();
                return;
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(TimeoutException.class);
            }
        }
    }

    @Test
    void jaasFile_isReadAsKafkaReadsIt(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("jaas.conf");
        Files.writeString(file, """
                KafkaServer { com.example.Other required; };
                KafkaClient {
                  %s required
                  username="alice"
                  password="%s";
                };
                """.formatted(PLAIN_MODULE, PASSWORD));
        String before = System.getProperty(JAAS_FILE);
        try {
            System.setProperty(JAAS_FILE, file.toString());
            Configuration.setConfiguration(null); // read when next asked for
            sendsAsAlice();
        } finally {
            if (before == null) {
                System.clearProperty(JAAS_FILE);
            } else {
                System.setProperty(JAAS_FILE, before);
            }
            Configuration.setConfiguration(null);
        }
    }

    @Test
    void loginOfOnesOwn_isTheOneAsked() throws Exception {
        OwnLogin.said.setLength(0);
        sendsAsAlice(
                "sasl.jaas.config",
                PLAIN_MODULE + " required vault=\"v\";",
                "sasl.login.class",
                OwnLogin.class.getName(),
                "own.user",
                "alice");
        assertThat(OwnLogin.said.toString())
                .isEqualTo("configured KafkaClient alice v; login on penstock-auth; closed; ");
    }

    /** Credentials from a vault, say. */
    public static final class OwnLogin implements Login {
        static final StringBuffer said = new StringBuffer();
        private final Subject subject = new Subject();
        private Configuration jaas = Configuration.getConfiguration();

        @Override
        public void configure(
                Map<String, ?> configs, String contextName, Configuration with, AuthenticateCallbackHandler handler) {
            jaas = with;
            Object option =
                    with.getAppConfigurationEntry(contextName)[0].getOptions().get("vault");
            said.append("configured " + contextName + " " + configs.get("own.user") + " " + option + "; ");
        }

        @Override
        public LoginContext login() throws LoginException {
            said.append("login on " + Thread.currentThread().getName().substring(0, 13) + "; ");
            subject.getPublicCredentials().add("alice");
            subject.getPrivateCredentials().add(PASSWORD);
            return new LoginContext("KafkaClient", subject, callbacks -> {}, jaas);
        }

        @Override
        public Subject subject() {
            return subject;
        }

        @Override
        public String serviceName() {
            return "kafka";
        }

        @Override
        public void close() {
            said.append("closed; ");
        }
    }

    @Test
    void moduleOfOnesOwn_withAHandlerThatAnswersIt_logsIn() throws Exception {
        sendsAsAlice(
                "sasl.jaas.config",
                AskingModule.class.getName() + " required;",
                "sasl.login.callback.handler.class",
                AnsweringHandler.class.getName());
    }

    @Test
    void moduleOfOnesOwn_withNobodyToAnswerIt_saysWhatToSet() {
        try (var producer = producer("PLAIN", "sasl.jaas.config", AskingModule.class.getName() + " required;")) {
            assertThatThrownBy(() ->
                            producer.send(new ProducerRecord<>("t", "out")).get())
                    .cause()
                    .isInstanceOf(SaslAuthenticationException.class)
                    .hasMessageContaining("sasl.login.callback.handler.class");
        }
    }

    /** A JAAS module that has to ask who this is. */
    public static final class AskingModule implements LoginModule {
        private Subject subject = new Subject();
        private CallbackHandler handler = callbacks -> {};

        @Override
        public void initialize(
                Subject into, CallbackHandler asked, Map<String, ?> sharedState, Map<String, ?> options) {
            subject = into;
            handler = asked;
        }

        @Override
        public boolean login() throws LoginException {
            NameCallback name = new NameCallback("name");
            PasswordCallback password = new PasswordCallback("password", false);
            try {
                handler.handle(new Callback[] {name, password});
            } catch (java.io.IOException | UnsupportedCallbackException e) {
                throw new LoginException(e.getMessage());
            }
            subject.getPublicCredentials().add(name.getName());
            subject.getPrivateCredentials().add(new String(password.getPassword()));
            return true;
        }

        @Override
        public boolean commit() {
            return true;
        }

        @Override
        public boolean abort() {
            return true;
        }

        @Override
        public boolean logout() {
            return true;
        }
    }

    /** Answers it. */
    public static final class AnsweringHandler implements AuthenticateCallbackHandler {
        @Override
        public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {}

        @Override
        public void handle(Callback[] callbacks) {
            ((NameCallback) callbacks[0]).setName("alice");
            ((PasswordCallback) callbacks[1]).setPassword(PASSWORD.toCharArray());
        }

        @Override
        public void close() {}
    }
}
