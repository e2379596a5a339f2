package io.penstock.testkit.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.security.auth.module.Krb5LoginModule;
import io.penstock.errors.SaslAuthenticationException;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.BrokerListener;
import io.penstock.testkit.EmbeddedKafka;
import io.penstock.testkit.SecurityProtocol;
import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.login.LoginException;
import org.apache.kerby.kerberos.kerb.server.KdcConfigKey;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GSSAPI through the JVM, against a key server and a broker inside this one. */
class KerberosIT {

    private static final int TIMEOUT_SECONDS = 60;
    private static final String REALM = "TEST.PENSTOCK";
    private static final long TICKET_SECONDS = 5;
    private static final String KRB5_CONF = "java.security.krb5.conf";

    @TempDir
    static Path directory;

    private static String confBefore;
    private static SimpleKdcServer keyServer;
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startServers() throws Exception {
        keyServer = new SimpleKdcServer();
        keyServer.setWorkDir(directory.toFile());
        keyServer.setKdcHost("localhost");
        keyServer.setKdcRealm(REALM);
        keyServer.setAllowUdp(false);
        keyServer.init();
        // Shorter than the stream of the test that renews them.
        keyServer.getKdcConfig().setLong(KdcConfigKey.MAXIMUM_TICKET_LIFETIME, TICKET_SECONDS);
        keyServer.start();
        confBefore =
                System.setProperty(KRB5_CONF, directory.resolve("krb5.conf").toString());
        for (String principal : new String[] {"kafka/localhost", "alice", "mallory"}) {
            keyServer.createPrincipal(principal + "@" + REALM, "password of " + principal);
            keyServer.exportPrincipal(principal + "@" + REALM, keytab(principal));
        }
        // The key server no longer knows the key that is in mallory's file.
        keyServer.deletePrincipal("mallory@" + REALM);
        keyServer.createPrincipal("mallory@" + REALM, "another password");
        kafka = EmbeddedKafka.builder()
                .config("sasl.kerberos.service.name", "kafka")
                .config("connections.max.reauth.ms", "2000")
                .listener(new BrokerListener(
                        "KERBEROS",
                        SecurityProtocol.SASL_PLAINTEXT,
                        Map.of(
                                "sasl.enabled.mechanisms",
                                "GSSAPI",
                                "gssapi.sasl.jaas.config",
                                module("kafka/localhost"))))
                .start();
    }

    private static File keytab(String principal) {
        return directory.resolve(principal.replace('/', '-') + ".keytab").toFile();
    }

    private static String module(String principal) {
        return module("com.sun.security.auth.module.Krb5LoginModule", principal);
    }

    private static String module(String type, String principal) {
        return type + " required useKeyTab=true storeKey=true keyTab=\"" + keytab(principal) + "\" principal=\""
                + principal + "@" + REALM + "\";";
    }

    @AfterAll
    static void stopServers() throws Exception {
        if (kafka != null) {
            kafka.close();
        }
        keyServer.stop();
        if (confBefore == null) {
            System.clearProperty(KRB5_CONF);
        } else {
            System.setProperty(KRB5_CONF, confBefore);
        }
    }

    private static KafkaProducer<String, String> producer(String principal, String service) {
        return new KafkaProducer<>(configs(principal, service), new StringSerializer(), new StringSerializer());
    }

    private static Map<String, Object> configs(String principal, String service) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", kafka.bootstrapServers("KERBEROS"));
        configs.put("security.protocol", "SASL_PLAINTEXT");
        configs.put("sasl.kerberos.service.name", service);
        configs.put("sasl.jaas.config", module(principal));
        return configs;
    }

    /** Every session of two seconds needs a ticket that is still good, and no ticket lasts longer than five. */
    @Test
    void stream_overManyTickets_logsInAnewAndLosesNothing() throws Exception {
        CountingModule.logins.set(0);
        Map<String, Object> configs = configs("alice", "kafka");
        configs.put("sasl.jaas.config", module(CountingModule.class.getName(), "alice"));
        configs.put("sasl.kerberos.min.time.before.relogin", "500");
        configs.put("sasl.kerberos.ticket.renew.window.factor", "0.5");
        long began = System.nanoTime();
        try (var producer = new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer())) {
            long sent = 0;
            while (System.nanoTime() - began < TimeUnit.SECONDS.toNanos(2 * TICKET_SECONDS + 1)) {
                assertThat(producer.send(new ProducerRecord<>("tickets", "value"))
                                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                                .offset())
                        .isEqualTo(sent++);
            }
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        assertThat(CountingModule.logins.get()).isBetween(3, (int) seconds + 1);
    }

    /** The JVM's own, counted. */
    public static final class CountingModule extends Krb5LoginModule {
        static final AtomicInteger logins = new AtomicInteger();

        @Override
        public boolean login() throws LoginException {
            logins.incrementAndGet();
            return super.login();
        }
    }

    @Test
    void send_withAWrongKey_failsAtOnce() {
        assertRefused("mallory", "kafka");
    }

    @Test
    void send_toAServiceThatTheKeyServerDoesNotKnow_failsAtOnce() {
        assertRefused("alice", "nobody");
    }

    private static void assertRefused(String principal, String service) {
        try (var producer = producer(principal, service)) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("kerberos", "value"))
                            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(SaslAuthenticationException.class)
                    .hasMessageContaining("GSSAPI")
                    .hasMessageContaining(kafka.bootstrapServers("KERBEROS"));
        }
    }
}
