package io.penstock.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.penstock.errors.ConfigException;
import io.penstock.testkit.TestAuthority;
import io.penstock.testkit.TestIdentity;
import io.penstock.testkit.tls.TlsServerContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token endpoint behind TLS: whom it is trusted by, and whom it lets in. */
class TokenEndpointTlsTest {

    private static final String PASSWORD = "canary-of-the-store";
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestIdentity CLIENT = AUTHORITY.identity("client");

    @TempDir
    Path directory;

    private HttpsServer server;
    private volatile boolean asksForCertificate;

    @BeforeEach
    void start() throws IOException {
        TestIdentity own = AUTHORITY.identity("endpoint", "127.0.0.1");
        SSLContext context = TlsServerContext.of(own.key(), own.chain(), List.of(AUTHORITY.certificate()));
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = context.getDefaultSSLParameters();
                ssl.setNeedClientAuth(asksForCertificate);
                parameters.setSSLParameters(ssl);
            }
        });
        server.createContext("/token", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                byte[] answer = "{\"access_token\":\"a.b.c\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String retrieve(Map<String, String> options) throws IOException {
        ClientCredentialsJwtRetriever retriever = new ClientCredentialsJwtRetriever();
        retriever.configure(
                Tokens.configs(
                        "sasl.oauthbearer.token.endpoint.url",
                        "https://127.0.0.1:" + server.getAddress().getPort() + "/token",
                        "sasl.oauthbearer.client.credentials.client.id",
                        "id",
                        "sasl.oauthbearer.client.credentials.client.secret",
                        "s",
                        "sasl.login.retry.backoff.max.ms",
                        20L),
                "OAUTHBEARER",
                Tokens.module(options));
        return retriever.retrieve();
    }

    private static Map<String, String> trusting(Path p12) {
        return Map.of(
                "ssl.truststore.location",
                p12.toString(),
                "ssl.truststore.password",
                PASSWORD,
                "ssl.truststore.type",
                "PKCS12");
    }

    @Test
    void trustStore_inEachForm_isUsed() throws Exception {
        Path pem = Files.writeString(directory.resolve("ca.pem"), AUTHORITY.pem());
        Path p12 = directory.resolve("ca.p12");
        AUTHORITY.writeTrustStore(p12, "PKCS12", PASSWORD);

        assertThat(retrieve(Map.of("ssl.truststore.location", pem.toString(), "ssl.truststore.type", "PEM")))
                .isEqualTo("a.b.c");
        assertThat(retrieve(trusting(p12))).isEqualTo("a.b.c");
    }

    @Test
    void endpointThatIsNotTrusted_isAskedForNothing() {
        assertThatThrownBy(() -> retrieve(Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("the token endpoint https://127.0.0.1", "could not be used");
    }

    @Test
    void clientCertificate_isShownWhenAskedFor() throws Exception {
        asksForCertificate = true;
        Path pem = Files.writeString(directory.resolve("ca.pem"), AUTHORITY.pem());
        Path keys = directory.resolve("client.p12");
        CLIENT.writeStore(keys, "PKCS12", PASSWORD);
        Map<String, String> trusting = Map.of("ssl.truststore.location", pem.toString(), "ssl.truststore.type", "PEM");

        assertThat(retrieve(Map.of(
                        "ssl.truststore.location",
                        pem.toString(),
                        "ssl.truststore.type",
                        "PEM",
                        "ssl.keystore.location",
                        keys.toString(),
                        "ssl.keystore.password",
                        PASSWORD,
                        "ssl.keystore.type",
                        "PKCS12")))
                .isEqualTo("a.b.c");
        assertThatThrownBy(() -> retrieve(trusting)).isInstanceOf(IOException.class);
    }

    @Test
    void storeThatCannotBeRead_isSaidWithoutItsPassword() {
        Path p12 = directory.resolve("ca.p12");
        AUTHORITY.writeTrustStore(p12, "PKCS12", "another");

        assertThatThrownBy(() -> retrieve(trusting(p12)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("ssl.* options of the login module")
                .hasMessageNotContaining(PASSWORD);
    }
}
