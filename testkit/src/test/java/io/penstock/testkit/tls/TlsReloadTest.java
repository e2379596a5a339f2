package io.penstock.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.TestAuthority;
import io.penstock.testkit.TestIdentity;
import io.penstock.testkit.fake.FakeCluster;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Key and trust stores that change while a producer uses them, and what the log says of those that are of no use. */
@Timeout(180)
class TlsReloadTest {

    private static final String SECRET = "canary-5e1d";
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestIdentity BROKERS = AUTHORITY.identity("broker", "localhost", "127.0.0.1");

    @TempDir
    Path dir;

    /** Who replaces a certificate by a broken one hears of it at once, and not when the old one has expired. */
    @Test
    void brokenNewFiles_areEachReportedOnce_withTheirNamesAndNoPassword() throws Exception {
        Path keys = dir.resolve("keys.p12");
        Path trust = dir.resolve("trust.p12");
        AUTHORITY.identity("client").writeStore(keys, "PKCS12", SECRET);
        AUTHORITY.writeTrustStore(trust, "PKCS12", SECRET);
        List<String> log;
        try (FakeCluster cluster = FakeCluster.builder()
                        .topic("t", 1)
                        .tls(BROKERS, AUTHORITY)
                        .start();
                KafkaProducer<String, String> producer = producer(cluster, keys, trust);
                Captured captured = new Captured()) {
            producer.send(new ProducerRecord<>("t", "before")).get();

            Files.writeString(keys, "half a file");
            AUTHORITY.writeTrustStore(trust, "PKCS12", "another-" + SECRET);
            sendAnew(cluster, producer);
            sendAnew(cluster, producer);

            assertThat(cluster.records("t")).as("the stores before are in use").hasSize(3);
            log = captured.lines();
        }
        assertThat(log).noneMatch(line -> line.contains(SECRET));
        for (String label : List.of("key store " + keys, "trust store " + trust)) {
            assertThat(log)
                    .filteredOn(line -> line.contains("The " + label))
                    .singleElement()
                    .asString()
                    .contains("WARN", "has changed and cannot be used", "go on with what was loaded before");
        }
    }

    /** On a new connection, for which the files are looked at. */
    private static void sendAnew(FakeCluster cluster, KafkaProducer<String, String> producer) throws Exception {
        cluster.dropConnections(1);
        producer.send(new ProducerRecord<>("t", "after")).get();
    }

    private static KafkaProducer<String, String> producer(FakeCluster cluster, Path keys, Path trust) {
        return new KafkaProducer<>(
                Map.ofEntries(
                        Map.entry("bootstrap.servers", cluster.bootstrapServers()),
                        Map.entry("security.protocol", "SSL"),
                        Map.entry("reconnect.backoff.ms", "10"),
                        Map.entry("ssl.keystore.type", "PKCS12"),
                        Map.entry("ssl.keystore.location", keys.toString()),
                        Map.entry("ssl.keystore.password", SECRET),
                        Map.entry("ssl.key.password", SECRET),
                        Map.entry("ssl.truststore.type", "PKCS12"),
                        Map.entry("ssl.truststore.location", trust.toString()),
                        Map.entry("ssl.truststore.password", SECRET)),
                new StringSerializer(),
                new StringSerializer());
    }

    /** What is printed to {@code System.err}, where the log goes, until it is closed. */
    private static final class Captured implements AutoCloseable {
        private final PrintStream before = System.err;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Captured() {
            System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        }

        List<String> lines() {
            return bytes.toString(StandardCharsets.UTF_8).lines().toList();
        }

        @Override
        public void close() {
            System.setErr(before);
        }
    }
}
