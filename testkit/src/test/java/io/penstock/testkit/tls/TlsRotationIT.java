package io.penstock.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.BrokerListener;
import io.penstock.testkit.EmbeddedKafka;
import io.penstock.testkit.SecurityProtocol;
import io.penstock.testkit.TestAuthority;
import io.penstock.testkit.TestIdentity;
import io.penstock.testkit.TopicReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of both sides are replaced in the middle of a stream, as Kubernetes and as operators do it. */
class TlsRotationIT {
    private static final String PASSWORD = "secret";
    private static final int RECORDS_A_STAGE = 500;

    @TempDir
    Path dir;

    private final TestAuthority old = TestAuthority.create("old authority");
    private final TestAuthority fresh = TestAuthority.create("fresh authority");
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    @Test
    void rotation_ofBothSides_inTheMiddleOfAStream_losesNothing() throws Exception {
        Path brokerKeys = dir.resolve("broker.p12");
        Path brokerTrust = dir.resolve("broker-trust.p12");
        old.identity("broker", "localhost").writeStore(brokerKeys, "PKCS12", PASSWORD);
        TestIdentity.writeTrustStore(brokerTrust, "PKCS12", PASSWORD, List.of(old.certificate(), fresh.certificate()));
        Path clientKeys = mount("first", old);
        try (CuttingProxy proxy = new CuttingProxy();
                EmbeddedKafka kafka = EmbeddedKafka.builder()
                        .listener(new BrokerListener(
                                        "TLS",
                                        SecurityProtocol.SSL,
                                        Map.of(
                                                "ssl.keystore.location",
                                                brokerKeys.toString(),
                                                "ssl.keystore.password",
                                                PASSWORD,
                                                "ssl.keystore.type",
                                                "PKCS12",
                                                "ssl.truststore.location",
                                                brokerTrust.toString(),
                                                "ssl.truststore.password",
                                                PASSWORD,
                                                "ssl.truststore.type",
                                                "PKCS12",
                                                "ssl.client.auth",
                                                "required"))
                                .advertisedAt(proxy.port()))
                        .start()) {
            String direct = kafka.bootstrapServers("TLS");
            proxy.leadTo(Integer.parseInt(direct.substring(direct.indexOf(':') + 1)));
            kafka.createTopic("stream", 1, Map.of());
            try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                    Map.of(
                            "bootstrap.servers", "localhost:" + proxy.port(),
                            "security.protocol", "SSL",
                            "linger.ms", "1",
                            "batch.size", "1000",
                            "ssl.keystore.type", "PEM",
                            "ssl.keystore.location", clientKeys.toString(),
                            "ssl.truststore.type", "PEM",
                            "ssl.truststore.location",
                                    dir.resolve("mount/ca.pem").toString()),
                    new StringSerializer(),
                    new StringSerializer())) {
                send(producer);
                await(0);

                // What is there already goes on while the files change, and what is made anew uses them.
                swap("second", fresh);
                send(producer);
                giveBroker(kafka, fresh.identity("broker", "localhost"));
                proxy.cutAll();
                send(producer);
                await(sent.size() - 1);

                // Files that are of no use keep the ones before in use.
                Files.writeString(dir.resolve("second/client.pem"), "half a file", StandardCharsets.US_ASCII);
                Files.delete(dir.resolve("second/ca.pem"));
                send(producer);
                proxy.cutAll();
                send(producer);
                await(sent.size() - 1);

                // And the next good ones are used.
                swap("third", fresh);
                proxy.cutAll();
                send(producer);
            }
            for (Future<RecordMetadata> each : sent) {
                each.get(1, TimeUnit.SECONDS);
            }
            assertThat(values(kafka)).isEqualTo(expected());
        }
    }

    private void send(KafkaProducer<String, String> producer) {
        for (int i = 0; i < RECORDS_A_STAGE; i++) {
            sent.add(producer.send(new ProducerRecord<>("stream", "record " + sent.size())));
        }
    }

    private void await(int index) throws Exception {
        sent.get(index).get(90, TimeUnit.SECONDS);
    }

    /** A directory with the files, and the link to it that the settings go by. */
    private Path mount(String name, TestAuthority authority) throws Exception {
        fill(name, authority);
        Files.createSymbolicLink(dir.resolve("mount"), dir.resolve(name));
        return dir.resolve("mount/client.pem");
    }

    private void swap(String name, TestAuthority authority) throws Exception {
        fill(name, authority);
        Path link = Files.createSymbolicLink(dir.resolve("mount.new"), dir.resolve(name));
        Files.move(link, dir.resolve("mount"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void fill(String name, TestAuthority authority) throws Exception {
        Files.createDirectory(dir.resolve(name));
        authority.identity("client").writePem(dir.resolve(name).resolve("client.pem"));
        Files.writeString(dir.resolve(name).resolve("ca.pem"), authority.pem(), StandardCharsets.US_ASCII);
    }

    private void giveBroker(EmbeddedKafka kafka, TestIdentity identity) throws Exception {
        Path keys = dir.resolve("broker-fresh.p12");
        identity.writeStore(keys, "PKCS12", PASSWORD);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            List<AlterConfigOp> changes = List.of(
                    set("ssl.keystore.location", keys.toString()),
                    set("ssl.keystore.password", PASSWORD),
                    set("ssl.keystore.type", "PKCS12"));
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.BROKER, "0"), changes))
                    .all()
                    .get(60, TimeUnit.SECONDS);
        }
        // What the controller knows the broker goes by a little later.
        String direct = kafka.bootstrapServers("TLS");
        int port = Integer.parseInt(direct.substring(direct.indexOf(':') + 1));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!identity.chain().get(0).equals(shownAt(port))) {
            assertThat(System.nanoTime() - deadline)
                    .as("time for another certificate")
                    .isNegative();
        }
    }

    /** The certificate that the listener shows, to whoever asks; null when it shows none. */
    private static X509Certificate shownAt(int port) throws Exception {
        AtomicReference<X509Certificate> shown = new AtomicReference<>();
        X509TrustManager any = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String authType) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String authType) {
                shown.set(chain[0]);
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {any}, null);
        try (Socket socket = context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            ((SSLSocket) socket).startHandshake();
        } catch (IOException e) {
            // It wants a certificate, too.
        }
        return shown.get();
    }

    private static AlterConfigOp set(String key, String value) {
        return new AlterConfigOp(new ConfigEntry("listener.name.tls." + key, value), AlterConfigOp.OpType.SET);
    }

    private List<String> expected() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            all.add("record " + i);
        }
        return all;
    }

    private static List<String> values(EmbeddedKafka kafka) {
        List<String> values = new ArrayList<>();
        try (TopicReader reader = TopicReader.connect(kafka.bootstrapServers())) {
            reader.read(
                    "stream",
                    0,
                    0,
                    reader.endOffsets("stream")[0],
                    (partition, record) -> values.add(
                            StandardCharsets.UTF_8.decode(record.value()).toString()));
        }
        return values;
    }
}
