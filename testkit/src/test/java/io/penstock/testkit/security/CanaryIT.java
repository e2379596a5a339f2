package io.penstock.testkit.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.BrokerListener;
import io.penstock.testkit.EmbeddedKafka;
import io.penstock.testkit.SecurityProtocol;
import io.penstock.testkit.TestAuthority;
import io.penstock.testkit.TestIdentity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.security.token.delegation.DelegationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole lives of producers with a secret in every setting that takes one, with everything logged: none of the secrets is seen anywhere.
 *
 * <p>In a JVM of its own: the level of logging is fixed when a JVM starts, and what it prints is read from outside.
 */
class CanaryIT {

    private static final String CANARY = "canary7secret";
    private static final String DONE = "-- the session is over --";

    @TempDir
    Path directory;

    @Test
    void session_atTraceLevel_showsNoSecretAnywhere() throws Exception {
        Path log = directory.resolve("log");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xmx768m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.log.io.penstock=trace",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-Dorg.slf4j.simpleLogger.showThreadName=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Session.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(240, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String seen = Files.readString(log);
        assertThat(seen).contains(DONE).contains("DEBUG").contains("SaslAuthenticationException");
        assertThat(process.exitValue()).isZero();
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8));
        assertThat(seen).doesNotContain(CANARY).doesNotContain(encoded);
        List<String> made = Files.readAllLines(directory.resolve("made"));
        assertThat(made).as("lines of a private key and the key of a token").hasSizeGreaterThan(2);
        assertThat(made).allSatisfy(secret -> assertThat(seen).doesNotContain(secret));
    }

    /** Runs in the other JVM; what it has to show it prints. */
    public static final class Session {

        private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";
        private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required";

        private Session() {}

        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(arguments[0]);
            Files.writeString(directory.resolve("secrets.properties"), "password=" + CANARY + "\n");
            try (EmbeddedKafka kafka = EmbeddedKafka.builder()
                    .config("connections.max.reauth.ms", "1500")
                    .config("delegation.token.secret.key", "of the brokers")
                    .listener(tls(directory))
                    .listener(new BrokerListener(
                            "SASL",
                            SecurityProtocol.SASL_PLAINTEXT,
                            Map.of(
                                    "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256",
                                    "scram-sha-256.sasl.jaas.config", SCRAM + ";",
                                    "plain.sasl.jaas.config", PLAIN + " user_alice=\"" + CANARY + "\";")))
                    .start()) {
                String servers = kafka.bootstrapServers("SASL");
                run(configs(servers, "PLAIN", PLAIN + " username=\"alice\" password=\"" + CANARY + "\";"));
                run(configs(servers, "PLAIN", PLAIN + " username=\"mallory\" password=\"" + CANARY + "\";"));
                run(configs(servers, "SCRAM-SHA-256", SCRAM + " username=\"alice\" password=\"" + CANARY + "\";"));
                run(configs(servers, "PLAIN", PLAIN + " username=\"alice\" password=" + CANARY + "!;"));
                run(configs(servers, "GSSAPI", PLAIN + " username=\"alice\" password=\"" + CANARY + "\";"));
                run(configs(
                        servers,
                        "OAUTHBEARER",
                        PLAIN.replace("plain.Plain", "oauthbearer.OAuthBearer") + " clientSecret=\"" + CANARY + "\";"));
                Map<String, Object> fromFile = configs(
                        servers,
                        "PLAIN",
                        PLAIN + " username=\"alice\" password=\"${file:" + directory.resolve("secrets.properties")
                                + ":password}\";");
                fromFile.put("config.providers", "file");
                fromFile.put(
                        "config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider");
                run(fromFile);
                runWithKeys(kafka, directory);
                runWithToken(kafka, directory);
                for (String type : List.of("PEM", "PKCS12")) {
                    Map<String, Object> stores =
                            configs(servers, "PLAIN", PLAIN + " username=\"alice\" password=\"" + CANARY + "\";");
                    stores.put("security.protocol", "SASL_SSL");
                    stores.put("ssl.keystore.type", type);
                    stores.put("ssl.truststore.type", type);
                    stores.put("ssl.key.password", CANARY);
                    if (type.equals("PEM")) {
                        stores.put("ssl.keystore.key", CANARY);
                        stores.put("ssl.keystore.certificate.chain", CANARY);
                        stores.put("ssl.truststore.certificates", CANARY);
                    } else {
                        stores.put(
                                "ssl.keystore.location",
                                directory.resolve("secrets.properties").toString());
                        stores.put("ssl.keystore.password", CANARY);
                        stores.put(
                                "ssl.truststore.location",
                                directory.resolve("secrets.properties").toString());
                        stores.put("ssl.truststore.password", CANARY);
                    }
                    run(stores);
                }
            }
            System.out.println(DONE);
        }

        private static final TestAuthority AUTHORITY = TestAuthority.create("authority");

        private static BrokerListener tls(Path directory) {
            TestIdentity broker = AUTHORITY.identity("broker", "localhost");
            AUTHORITY.writeTrustStore(directory.resolve("trust.p12"), "PKCS12", CANARY);
            return new BrokerListener(
                    "TLS",
                    SecurityProtocol.SSL,
                    Map.of(
                            "ssl.keystore.type",
                            "PEM",
                            "ssl.keystore.key",
                            broker.pemKey(),
                            "ssl.keystore.certificate.chain",
                            broker.pemChain(),
                            "ssl.truststore.type",
                            "PEM",
                            "ssl.truststore.certificates",
                            AUTHORITY.pem(),
                            "ssl.client.auth",
                            "required"));
        }

        /** Keys that do their work, and those of an authority that the broker does not trust. */
        private static void runWithKeys(EmbeddedKafka kafka, Path directory) throws Exception {
            TestIdentity client = AUTHORITY.identity("client");
            Path made = directory.resolve("made");
            Files.write(
                    made,
                    client.pemKey().lines().filter(line -> line.length() > 40).toList());
            Path keys = directory.resolve("client.p12");
            client.writeStore(keys, "PKCS12", CANARY);
            Map<String, Object> inFile = tlsConfigs(kafka, directory);
            inFile.put("ssl.keystore.type", "PKCS12");
            inFile.put("ssl.keystore.location", keys.toString());
            inFile.put("ssl.keystore.password", CANARY);
            inFile.put("ssl.key.password", CANARY);
            run(inFile);
            Map<String, Object> inSettings = tlsConfigs(kafka, directory);
            inSettings.put("ssl.keystore.type", "PEM");
            inSettings.put("ssl.keystore.key", client.pemKey());
            inSettings.put("ssl.keystore.certificate.chain", client.pemChain());
            run(inSettings);
            TestIdentity stranger = TestAuthority.create("another").identity("client");
            inSettings.put("ssl.keystore.key", stranger.pemKey());
            inSettings.put("ssl.keystore.certificate.chain", stranger.pemChain());
            Files.write(
                    made,
                    stranger.pemKey().lines().filter(line -> line.length() > 40).toList(),
                    StandardOpenOption.APPEND);
            run(inSettings);
        }

        private static Map<String, Object> tlsConfigs(EmbeddedKafka kafka, Path directory) {
            Map<String, Object> configs = new HashMap<>();
            configs.put("bootstrap.servers", kafka.bootstrapServers("TLS"));
            configs.put("security.protocol", "SSL");
            configs.put("max.block.ms", 5000);
            configs.put("ssl.truststore.type", "PKCS12");
            configs.put(
                    "ssl.truststore.location", directory.resolve("trust.p12").toString());
            configs.put("ssl.truststore.password", CANARY);
            return configs;
        }

        private static void runWithToken(EmbeddedKafka kafka, Path directory) throws Exception {
            String servers = kafka.bootstrapServers("SASL");
            String alice = PLAIN + " username=\"alice\" password=\"" + CANARY + "\";";
            DelegationToken token;
            try (Admin admin = Admin.create(configs(servers, "PLAIN", alice))) {
                token = admin.createDelegationToken().delegationToken().get(60, TimeUnit.SECONDS);
            }
            String hmac = token.hmacAsBase64String();
            Files.write(directory.resolve("made"), List.of(hmac), StandardOpenOption.APPEND);
            String id = SCRAM + " username=\"" + token.tokenInfo().tokenId() + "\" password=\"";
            run(configs(servers, "SCRAM-SHA-256", id + hmac + "\" tokenauth=true;"));
            run(configs(servers, "SCRAM-SHA-256", id + hmac + CANARY + "\" tokenauth=true;"));
        }

        private static Map<String, Object> configs(String servers, String mechanism, String jaas) {
            Map<String, Object> configs = new HashMap<>();
            configs.put("bootstrap.servers", servers);
            configs.put("security.protocol", "SASL_PLAINTEXT");
            configs.put("sasl.mechanism", mechanism);
            configs.put("sasl.jaas.config", jaas);
            configs.put("max.block.ms", 5000);
            configs.put("sasl.oauthbearer.client.credentials.client.secret", CANARY);
            configs.put("sasl.oauthbearer.assertion.private.key.passphrase", CANARY);
            configs.put("unknown.password", CANARY);
            return configs;
        }

        private static void run(Map<String, Object> configs) throws Exception {
            List<Object> shown = new ArrayList<>();
            try (var producer = new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer())) {
                ProducerRecord<String, String> record = new ProducerRecord<>("topic", "value");
                long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1_800); // into the second session
                do {
                    shown.add(producer.send(record, (metadata, exception) -> print(exception))
                            .handle((metadata, exception) -> {
                                print(exception);
                                return String.valueOf(metadata);
                            })
                            .get(60, TimeUnit.SECONDS));
                    Thread.sleep(200);
                } while (System.nanoTime() - end < 0);
                shown.add(producer);
                producer.metrics().forEach((name, metric) -> shown.add(name + "=" + metric.metricValue()));
                Thread.getAllStackTraces().keySet().forEach(thread -> shown.add(thread.getName()));
            } catch (Exception e) {
                print(e);
            }
            shown.forEach(System.out::println);
        }

        private static void print(Throwable thrown) {
            if (thrown != null) {
                StringWriter text = new StringWriter();
                thrown.printStackTrace(new PrintWriter(text, true));
                System.out.println(text);
            }
        }
    }
}
