package io.penstock.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.security.SecurityProviderCreator;
import io.penstock.security.SslEngineFactory;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.TestAuthority;
import io.penstock.testkit.TestIdentity;
import io.penstock.testkit.fake.FakeCluster;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyManagementException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parts of TLS that users bring themselves, and what is said once of settings that weaken it. */
@Timeout(180)
class OwnTlsPartsTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestIdentity BROKERS = AUTHORITY.identity("broker", "localhost", "127.0.0.1");

    private static Map<String, Object> configs(FakeCluster cluster, String... more) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", cluster.bootstrapServers());
        configs.put("security.protocol", "SSL");
        for (int i = 0; i < more.length; i += 2) {
            configs.put(more[i], more[i + 1]);
        }
        return configs;
    }

    private static Map<String, Object> trusting(FakeCluster cluster, String... more) {
        Map<String, Object> configs = configs(cluster, more);
        configs.put("ssl.truststore.type", "PEM");
        configs.put("ssl.truststore.certificates", AUTHORITY.pem());
        return configs;
    }

    private static FakeCluster cluster(int brokers) {
        return FakeCluster.builder()
                .brokers(brokers)
                .topic("t", brokers)
                .tls(BROKERS)
                .start();
    }

    private static KafkaProducer<String, String> producer(Map<String, Object> configs) {
        return new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer());
    }

    @Test
    void engineFactoryOfOnesOwn_makesTheEnginesOffTheLoop() throws Exception {
        OwnFactory.failures.set(1);
        OwnFactory.said.setLength(0);
        try (FakeCluster cluster = cluster(1);
                var producer = producer(configs(
                        cluster,
                        "ssl.engine.factory.class",
                        OwnFactory.class.getName(),
                        "own.setting",
                        "own",
                        "reconnect.backoff.ms",
                        "10"))) {
            producer.send(new ProducerRecord<>("t", "in")).get();
            assertThat(cluster.records("t")).hasSize(1);
        }
        assertThat(OwnFactory.said.toString())
                .as("the first engine failed and was asked for again; bootstrap and broker have one each")
                .isEqualTo("configured own; failed; engine 127.0.0.1 https on penstock-tls; engine 127.0.0.1 https on"
                        + " penstock-tls; closed; ");
    }

    /** Trusts what the settings say nothing of. */
    public static final class OwnFactory implements SslEngineFactory {
        static final StringBuffer said = new StringBuffer();
        static final AtomicInteger failures = new AtomicInteger();

        @Override
        public void configure(Map<String, ?> configs) {
            said.append("configured " + configs.get("own.setting") + "; ");
        }

        @Override
        public SSLEngine createClientSslEngine(String peerHost, int peerPort, String endpointIdentification) {
            if (failures.getAndDecrement() > 0) {
                said.append("failed; ");
                throw new IllegalStateException("the key server has not answered");
            }
            String thread = Thread.currentThread().getName().substring(0, 12);
            said.append("engine " + peerHost + " " + endpointIdentification + " on " + thread + "; ");
            try {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setCertificateEntry("ca", AUTHORITY.certificate());
                TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
                trust.init(store);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, trust.getTrustManagers(), null);
                return context.createSSLEngine(peerHost, peerPort);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            said.append("closed; ");
        }
    }

    @Test
    void providerOfTheJvm_byName_isUsed() throws Exception {
        try (FakeCluster cluster = cluster(1);
                var producer = producer(trusting(cluster, "ssl.provider", "SunJSSE"))) {
            producer.send(new ProducerRecord<>("t", "in")).get();
            assertThat(cluster.records("t")).hasSize(1);
        }
    }

    @Test
    void providerOfOnesOwn_addedBySecurityProviders_makesTheEngines() throws Exception {
        OwnContext.engines.set(0);
        try (FakeCluster cluster = cluster(1);
                var producer = producer(trusting(
                        cluster,
                        "security.providers",
                        OwnProviderCreator.class.getName(),
                        "ssl.provider",
                        "PenstockTestProvider"))) {
            producer.send(new ProducerRecord<>("t", "in")).get();
            assertThat(cluster.records("t")).hasSize(1);
            assertThat(OwnContext.engines).hasPositiveValue();
        } finally {
            Security.removeProvider("PenstockTestProvider");
        }
    }

    /** Named by {@code security.providers}. */
    public static final class OwnProviderCreator implements SecurityProviderCreator {
        @Override
        public Provider getProvider() {
            return new OwnProvider();
        }
    }

    /** Has TLS of the JVM's under its own name. */
    public static final class OwnProvider extends Provider {
        private static final long serialVersionUID = 1L;

        OwnProvider() {
            super("PenstockTestProvider", "1", "for a test");
            putService(new Service(this, "SSLContext", "TLSv1.3", OwnContext.class.getName(), null, null) {
                @Override
                public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                    return new OwnContext();
                }
            });
        }
    }

    /** Counts its engines. */
    public static final class OwnContext extends SSLContextSpi {
        static final AtomicInteger engines = new AtomicInteger();
        private final SSLContext real;

        OwnContext() throws NoSuchAlgorithmException {
            real = SSLContext.getInstance("TLS", Security.getProvider("SunJSSE"));
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            real.init(keys, trust, random);
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            engines.incrementAndGet();
            return real.createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            engines.incrementAndGet();
            return real.createSSLEngine(host, port);
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return real.getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return real.getServerSocketFactory();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return real.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return real.getClientSessionContext();
        }
    }

    @Test
    void clientCertificate_inTheSettingsWithAnEncryptedKey_isShown() throws Exception {
        TestIdentity client = AUTHORITY.identity("client");
        try (FakeCluster cluster = FakeCluster.builder()
                        .topic("t", 1)
                        .tls(BROKERS, AUTHORITY)
                        .start();
                var producer = producer(trusting(
                        cluster,
                        "ssl.keystore.type",
                        "PEM",
                        "ssl.keystore.key",
                        TlsStoresTest.encrypted(client.key(), "PBEWithHmacSHA256AndAES_256", "of the key"),
                        "ssl.keystore.certificate.chain",
                        client.pemChain(),
                        "ssl.key.password",
                        "of the key"))) {
            producer.send(new ProducerRecord<>("t", "in")).get();
            assertThat(cluster.records("t")).hasSize(1);
        }
    }

    /** Once for each producer, however many connections it makes: who reads a log must find it and not be flooded. */
    @Test
    void verificationOfHostsSwitchedOff_isWarnedAboutOnce() throws Exception {
        TestIdentity elsewhere = AUTHORITY.identity("broker", "elsewhere.example");
        PrintStream before = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try (FakeCluster cluster = FakeCluster.builder()
                        .brokers(3)
                        .topic("t", 3)
                        .tls(elsewhere)
                        .start();
                var producer = producer(trusting(cluster, "ssl.endpoint.identification.algorithm", ""))) {
            for (int partition = 0; partition < 3; partition++) {
                producer.send(new ProducerRecord<>("t", partition, null, "in")).get();
            }
        } finally {
            System.setErr(before);
        }
        List<String> warnings = logged.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("ssl.endpoint.identification.algorithm"))
                .toList();
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0)).contains("WARN").contains("not verified");
    }
}
