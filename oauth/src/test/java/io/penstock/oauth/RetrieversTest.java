package io.penstock.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.errors.ConfigException;
import io.penstock.oauth.TokenServer.Answer;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way to a token against a token endpoint that does what the test says. */
class RetrieversTest {

    private static final String URL = "sasl.oauthbearer.token.endpoint.url";
    private static final String ID = "sasl.oauthbearer.client.credentials.client.id";
    private static final String SECRET = "sasl.oauthbearer.client.credentials.client.secret";
    private static final String ASSERTION = "sasl.oauthbearer.assertion.";

    @TempDir
    Path directory;

    private static JwtRetriever clientCredentials(TokenServer server, Object... more) {
        Object[] all =
                Arrays.copyOf(new Object[] {URL, server.url(), ID, "client id", SECRET, "canary/+ é"}, 6 + more.length);
        System.arraycopy(more, 0, all, 6, more.length);
        JwtRetriever retriever = new DefaultJwtRetriever();
        retriever.configure(Tokens.configs(all), "OAUTHBEARER", Tokens.module(Map.of()));
        return retriever;
    }

    private static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&"))
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(each -> each[0], each -> URLDecoder.decode(each[1], UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({"false, client id:canary/+ é", "true, client+id:canary%2F%2B+%C3%A9"})
    void clientCredentials_areSentAsBasicAuthentication(boolean encode, String expected) throws Exception {
        try (TokenServer server = new TokenServer(asked -> Answer.token("a.b.c"))) {
            JwtRetriever retriever = clientCredentials(
                    server, "sasl.oauthbearer.scope", "write all", "sasl.oauthbearer.header.urlencode", encode);
            assertThat(retriever.retrieve()).isEqualTo("a.b.c");
            TokenServer.Asked asked = server.asked.get(0);
            assertThat(asked.authorization()).startsWith("Basic ");
            assertThat(new String(
                            Base64.getDecoder().decode(asked.authorization().substring(6)), UTF_8))
                    .isEqualTo(expected);
            assertThat(form(asked.body())).isEqualTo(Map.of("grant_type", "client_credentials", "scope", "write all"));
        }
    }

    @Test
    void clientCredentials_mayStandInTheLoginModule() throws Exception {
        try (TokenServer server = new TokenServer(asked -> Answer.token("a.b.c"))) {
            JwtRetriever retriever = new ClientCredentialsJwtRetriever();
            retriever.configure(
                    Tokens.configs(URL, server.url()),
                    "OAUTHBEARER",
                    Tokens.module(Map.of("clientId", "i", "clientSecret", "s", "scope", "x")));
            assertThat(retriever.retrieve()).isEqualTo("a.b.c");
            assertThat(form(server.asked.get(0).body())).containsEntry("scope", "x");
        }
    }

    @Test
    void retrieve_whenTheServerIsInTroubleForAMoment_asksAgain() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (TokenServer server = new TokenServer(
                asked -> count.incrementAndGet() < 4 ? new Answer(503, "busy") : Answer.token("a.b.c"))) {
            assertThat(clientCredentials(server).retrieve()).isEqualTo("a.b.c");
            assertThat(server.asked).hasSize(4);
        }
    }

    @Test
    void retrieve_whenTheServerStaysInTrouble_givesUpAfterTheTimeForRetries() throws Exception {
        try (TokenServer server = new TokenServer(asked -> new Answer(503, "busy"))) {
            Throwable thrown =
                    catchThrowable(clientCredentials(server, "sasl.login.retry.backoff.max.ms", 50L)::retrieve);
            // On a slow machine the time is over with the first answer.
            assertThat(thrown)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("503")
                    .hasMessageContaining(server.url())
                    .hasMessageContaining("(" + server.asked.size() + " attempt(s))");
            assertThat(server.asked.size()).isLessThan(60);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 302})
    void retrieve_whenItIsRefused_asksOnceAndShowsNoSecret(int status) throws Exception {
        try (TokenServer server = new TokenServer(
                asked -> new Answer(
                        status,
                        status == 302
                                ? "http://127.0.0.1:9/elsewhere"
                                : "{\"error\":\"invalid_client\",\"error_description\":\"unknown\\nclient\",\"echo\":\"canary\"}"))) {
            assertThatThrownBy(clientCredentials(server)::retrieve)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("" + status)
                    .hasMessageContaining(status == 302 ? server.url() : "invalid_client (unknown client)")
                    .hasMessageNotContaining("canary");
            assertThat(server.asked).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "canary",
                "[]",
                "{}",
                "{\"access_token\":7}",
                "{\"access_token\":\" \"}",
                "{\"access_token\":\"canary"
            })
    void retrieve_whenTheAnswerIsGarbage_saysSoWithoutIt(String body) throws Exception {
        try (TokenServer server = new TokenServer(asked -> new Answer(200, body))) {
            assertThatThrownBy(clientCredentials(server)::retrieve)
                    .isInstanceOf(IOException.class)
                    .hasMessageNotContaining("canary");
            assertThat(server.asked).hasSize(1);
        }
    }

    @Test
    void retrieve_whenTheAnswerIsHuge_doesNotReadItAll() throws Exception {
        try (TokenServer server = new TokenServer(asked -> new Answer(200, "x".repeat(1_100_000)))) {
            assertThatThrownBy(clientCredentials(server)::retrieve).hasMessageContaining("longer than");
        }
    }

    @Test
    void file_isReadAnewEachTime() throws Exception {
        Path file = directory.resolve("token");
        Files.writeString(file, " one \n");
        JwtRetriever retriever = new DefaultJwtRetriever();
        retriever.configure(Tokens.configs(URL, file.toUri().toString()), "OAUTHBEARER", Tokens.module(Map.of()));
        assertThat(retriever.retrieve()).isEqualTo("one");
        Files.writeString(file, "two");
        assertThat(retriever.retrieve()).isEqualTo("two");
        Files.delete(file);
        assertThatThrownBy(retriever::retrieve).isInstanceOf(IOException.class).hasMessageContaining("token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256"})
    void bearer_showsAnAssertionSignedWithTheKey(String algorithm) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.startsWith("ES") ? "EC" : "RSA");
        if (algorithm.startsWith("ES")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else {
            generator.initialize(2048);
        }
        KeyPair pair = generator.generateKeyPair();
        Path key = directory.resolve("key.pem");
        Tokens.writePem(pair.getPrivate().getEncoded(), "", key);
        Path template = directory.resolve("template.json");
        Files.writeString(
                template, "{\"header\":{\"kid\":\"k1\"},\"payload\":{\"sub\":\"of the template\",\"tenant\":\"t1\"}}");
        try (TokenServer server = new TokenServer(asked -> Answer.token("a.b.c"))) {
            JwtRetriever retriever = new JwtBearerJwtRetriever();
            Map<String, Object> configs = Tokens.configs(
                    URL,
                    server.url(),
                    ASSERTION + "algorithm",
                    algorithm,
                    ASSERTION + "private.key.file",
                    key.toString(),
                    ASSERTION + "template.file",
                    template.toString(),
                    ASSERTION + "claim.aud",
                    "the-endpoint",
                    ASSERTION + "claim.iss",
                    "issuer",
                    ASSERTION + "claim.sub",
                    "subject",
                    ASSERTION + "claim.jti.include",
                    true,
                    "sasl.oauthbearer.scope",
                    "write");
            retriever.configure(configs, "OAUTHBEARER", Tokens.module(Map.of()));
            assertThat(retriever.retrieve()).isEqualTo("a.b.c");
            Map<String, String> form = form(server.asked.get(0).body());
            assertThat(form)
                    .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                    .containsEntry("scope", "write");
            JwtContext read = new JwtConsumerBuilder()
                    .setVerificationKey(pair.getPublic())
                    .setExpectedAudience("the-endpoint")
                    .setRequireExpirationTime()
                    .setRequireNotBefore()
                    .setRequireJwtId()
                    .build()
                    .process(form.get("assertion"));
            JwtClaims claims = read.getJwtClaims();
            assertThat(claims.getIssuer()).isEqualTo("issuer");
            assertThat(claims.getSubject())
                    .as("a setting stands above the template")
                    .isEqualTo("subject");
            assertThat(claims.getStringClaimValue("tenant")).isEqualTo("t1");
            assertThat(claims.getExpirationTime().getValue()
                            - claims.getIssuedAt().getValue())
                    .isEqualTo(300);
            assertThat(claims.getIssuedAt().getValue() - claims.getNotBefore().getValue())
                    .isEqualTo(60);
            assertThat(read.getJoseObjects().get(0).getKeyIdHeaderValue()).isEqualTo("k1");
        }
    }

    /** The form in which OpenSSL encrypts keys: PBES2 with AES. */
    @Test
    void bearer_readsAnEncryptedKey() throws Exception {
        Path key = Path.of(getClass().getResource("/encrypted-key.pem").toURI());
        try (TokenServer server = new TokenServer(asked -> Answer.token("a.b.c"))) {
            retriever(server, key, "the passphrase").retrieve();
            String pem = Files.readString(
                    Path.of(getClass().getResource("/public-key.pem").toURI()));
            byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            new JwtConsumerBuilder()
                    .setVerificationKey(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded)))
                    .build()
                    .process(form(server.asked.get(0).body()).get("assertion"));
            for (String wrong : new String[] {"canary", null}) {
                assertThatThrownBy(retriever(server, key, wrong)::retrieve)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("passphrase")
                        .hasMessageNotContaining("canary");
            }
        }
    }

    private static JwtRetriever retriever(TokenServer server, Path key, String passphrase) {
        JwtRetriever retriever = new JwtBearerJwtRetriever();
        Map<String, Object> configs = Tokens.configs(URL, server.url(), ASSERTION + "private.key.file", key.toString());
        if (passphrase != null) {
            configs.put(ASSERTION + "private.key.passphrase", passphrase);
        }
        retriever.configure(configs, "OAUTHBEARER", Tokens.module(Map.of()));
        return retriever;
    }

    @Test
    void bearer_whenTheKeyIsNone_saysSoWithoutIt() throws Exception {
        Path key = directory.resolve("key.pem");
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nY2FuYXJ5\n-----END PRIVATE KEY-----");
        try (TokenServer server = new TokenServer(asked -> Answer.token("a.b.c"))) {
            JwtRetriever retriever = new JwtBearerJwtRetriever();
            retriever.configure(
                    Tokens.configs(URL, server.url(), ASSERTION + "private.key.file", key.toString()),
                    "OAUTHBEARER",
                    Tokens.module(Map.of()));
            assertThatThrownBy(retriever::retrieve)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("key.pem")
                    .hasMessageNotContaining("Y2FuYXJ5");
            assertThat(server.asked).isEmpty();
        }
    }

    @Test
    void configure_whenSomethingIsMissingOrWrong_namesIt() {
        assertRefused(new DefaultJwtRetriever(), URL);
        assertRefused(new ClientCredentialsJwtRetriever(), ID, URL, "http://localhost/");
        assertRefused(new ClientCredentialsJwtRetriever(), URL, URL, "ftp://x/", ID, "i", SECRET, "s");
        assertRefused(new JwtBearerJwtRetriever(), ASSERTION + "private.key.file", URL, "http://localhost/");
    }

    private static void assertRefused(JwtRetriever retriever, String key, Object... configs) {
        assertThatThrownBy(() -> retriever.configure(Tokens.configs(configs), "OAUTHBEARER", Tokens.module(Map.of())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "canary",
                "a.b",
                "a.canary!.c",
                "a.Y2FuYXJ5.c",
                "a.e30.c",
                "a.eyJleHAiOiJ4In0.c",
                "a.eyJleHAiOjF9.c"
            })
    void jwt_whenItIsNone_isRefusedWithoutBeingShown(String token) {
        assertThatThrownBy(() -> Jwt.parse(token, "scope", "sub"))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("canary")
                .hasMessageNotContaining(token);
    }

    @Test
    void unsecured_readsAsItWasMade() throws Exception {
        UnsecuredJwt unsecured = UnsecuredJwt.of(Map.of(
                "unsecuredLoginStringClaim_sub", "alice",
                "unsecuredLoginListClaim_scope", ",a,b",
                "unsecuredLoginLifetimeSeconds", "60"));
        Jwt read = Jwt.parse(unsecured.create(), unsecured.scopeClaim(), unsecured.subjectClaim());
        assertThat(read.principalName()).isEqualTo("alice");
        assertThat(read.scope()).containsExactly("a", "b");
        assertThat(read.lifetimeMs() - read.startTimeMs()).isBetween(59_999L, 60_001L);
        assertThat(read.toString()).doesNotContain(read.value());
    }
}
