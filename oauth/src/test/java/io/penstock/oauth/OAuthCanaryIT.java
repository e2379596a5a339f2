package io.penstock.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.oauth.TokenServer.Answer;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.SaslOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole lives of producers that fetch tokens, with everything logged: neither secrets nor tokens are seen anywhere.
 *
 * <p>In a JVM of its own: the level of logging is fixed when a JVM starts, and what it prints is read from outside.
 */
class OAuthCanaryIT {

    private static final String CANARY = "canary7secret";
    private static final String DONE = "-- the session is over --";

    @TempDir
    Path directory;

    @Test
    void session_atTraceLevel_showsNoSecretAnywhere() throws Exception {
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.log.io.penstock=trace",
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
        assertThat(seen).contains(DONE, "DEBUG", "SaslAuthenticationException", "[hidden]", "offset 0");
        assertThat(process.exitValue()).isZero();
        List<String> secrets = Files.readAllLines(directory.resolve("secrets"));
        assertThat(secrets).hasSizeGreaterThan(6);
        for (String secret : secrets) {
            assertThat(seen).doesNotContain(secret);
        }
    }

    /** Runs in the other JVM; what it has to show it prints, and what must not be seen it writes to a file. */
    public static final class Session {

        private static final String MODULE = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";
        private static final List<String> SECRETS = new ArrayList<>();

        private Session() {}

        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(arguments[0]);
            PublicJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId("the key");
            Path pem = directory.resolve("client.pem");
            Tokens.writePem(key.getPrivateKey().getEncoded(), "", pem);
            keep(CANARY);
            keep(Base64.getEncoder().encodeToString(("id:" + CANARY).getBytes(UTF_8)));
            keep(Files.readAllLines(pem).get(1));
            keep(Files.readAllLines(pem).get(2));
            Function<TokenServer.Asked, Answer> good = asked -> Answer.token(keep(Tokens.signed(key, "alice", 60)));
            Function<TokenServer.Asked, Answer> echoing = asked -> new Answer(
                    401,
                    "{\"error\":\"invalid_client\",\"error_description\":\"" + asked.authorization() + " is not "
                            + decoded(asked.authorization()) + " with " + assertion(asked.body()) + "\"}");
            run("", CANARY, good, true);
            run("", CANARY, good, false);
            run("", CANARY, echoing, true);
            run(" clientSecret=\"" + CANARY + "\" ssl.truststore.password=\"" + CANARY + "\"", CANARY, good, true);
            String bearer = "sasl.oauthbearer.assertion.private.key.file";
            run("", CANARY, good, true, bearer, pem.toString());
            run("", CANARY, echoing, true, bearer, pem.toString());
            Path encrypted = directory.resolve("encrypted.pem");
            Tokens.writePem(key.getPrivateKey().getEncoded(), "ENCRYPTED ", encrypted);
            run("", CANARY, good, true, bearer, encrypted.toString());
            Files.write(directory.resolve("secrets"), SECRETS);
            System.out.println(DONE);
        }

        private static synchronized String keep(String secret) {
            SECRETS.add(secret);
            return secret;
        }

        /** An endpoint that means well and says what it got. */
        private static String decoded(String authorization) {
            return authorization.startsWith("Basic ")
                    ? new String(Base64.getDecoder().decode(authorization.substring(6)), UTF_8)
                    : "nothing";
        }

        /** A signed assertion opens doors for as long as it is valid. */
        private static String assertion(String body) {
            for (String part : body.split("&")) {
                if (part.startsWith("assertion=")) {
                    return keep(part.substring("assertion=".length()));
                }
            }
            return "nothing";
        }

        private static void run(
                String options,
                String secret,
                Function<TokenServer.Asked, Answer> server,
                boolean letIn,
                String... more)
                throws Exception {
            try (TokenServer tokens = new TokenServer(server);
                    FakeCluster cluster = FakeCluster.builder()
                            .topic("t", 1)
                            .sasl(SaslOptions.mechanisms("OAUTHBEARER")
                                    .withTokens(token -> letIn)
                                    .withSessionLifetime(Duration.ofMillis(1_500)))
                            .start()) {
                Map<String, Object> configs = new HashMap<>();
                configs.put("bootstrap.servers", cluster.bootstrapServers());
                configs.put("security.protocol", "SASL_PLAINTEXT");
                configs.put("sasl.mechanism", "OAUTHBEARER");
                configs.put("sasl.jaas.config", MODULE + " required" + options + ";");
                configs.put("sasl.oauthbearer.token.endpoint.url", tokens.url());
                configs.put("sasl.oauthbearer.client.credentials.client.id", "id");
                configs.put("sasl.oauthbearer.client.credentials.client.secret", secret);
                configs.put("sasl.oauthbearer.assertion.private.key.passphrase", secret);
                configs.put("sasl.oauthbearer.assertion.claim.sub", "alice");
                for (int i = 0; i < more.length; i += 2) {
                    configs.put(
                            "sasl.oauthbearer.jwt.retriever.class",
                            "org.apache.kafka.common.security.oauthbearer.JwtBearerJwtRetriever");
                    configs.put(more[i], more[i + 1]);
                }
                use(configs);
            }
        }

        private static void use(Map<String, Object> configs) {
            List<Object> shown = new ArrayList<>();
            try (var producer = new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer())) {
                for (int i = 0; i < 2; i++) {
                    shown.add(producer.send(new ProducerRecord<>("t", "value"))
                            .handle((metadata, exception) -> {
                                print(exception);
                                return metadata == null ? "no offset" : "offset " + metadata.offset();
                            })
                            .get(60, TimeUnit.SECONDS));
                    if (i == 0 && shown.contains("offset 0")) {
                        awaitRenewal(producer); // into the next of the broker's sessions
                    }
                }
                shown.add(producer);
                producer.metrics().forEach((name, metric) -> shown.add(name + "=" + metric.metricValue()));
                Thread.getAllStackTraces().keySet().forEach(thread -> shown.add(thread.getName()));
            } catch (Exception e) {
                print(e);
            }
            shown.forEach(System.out::println);
        }

        private static void awaitRenewal(KafkaProducer<?, ?> producer) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (renewals(producer) == 0) {
                assertThat(System.nanoTime() - deadline)
                        .as("nanoseconds over the time for a renewal of the session")
                        .isNegative();
                Thread.sleep(10);
            }
        }

        private static double renewals(KafkaProducer<?, ?> producer) {
            return producer.metrics().entrySet().stream()
                    .filter(each -> each.getKey().name().equals("successful-reauthentication-total"))
                    .filter(each -> each.getKey().group().equals("producer-metrics"))
                    .mapToDouble(each -> ((Number) each.getValue().metricValue()).doubleValue())
                    .findFirst()
                    .orElseThrow();
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
