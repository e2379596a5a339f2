package io.penstock.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.login.AppConfigurationEntry;
import org.jspecify.annotations.Nullable;

/** The client credentials grant (RFC 6749, section 4.4): a client's id and secret for a token. */
public final class ClientCredentialsJwtRetriever implements JwtRetriever {

    private @Nullable TokenEndpoint endpoint;
    private Map<String, String> form = Map.of();
    private Map<String, String> headers = Map.of();
    private Set<String> secrets = Set.of();

    @Override
    public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
        Options options = new Options(configs, entries);
        String id = options.require("sasl.oauthbearer.client.credentials.client.id", "clientId");
        String secret = options.require("sasl.oauthbearer.client.credentials.client.secret", "clientSecret");
        String scope = options.find("sasl.oauthbearer.scope", "scope");
        endpoint = new TokenEndpoint(options);
        form = form("client_credentials", scope);
        String basic = basic(id, secret, options.flag("sasl.oauthbearer.header.urlencode"));
        headers = Map.of("Authorization", "Basic " + basic);
        secrets = new LinkedHashSet<>(List.of(basic, secret, URLEncoder.encode(secret, UTF_8)));
    }

    static Map<String, String> form(String grant, @Nullable String scope) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", grant);
        if (scope != null) {
            form.put("scope", scope.trim());
        }
        return form;
    }

    private static String basic(String id, String secret, boolean encode) {
        String both =
                encode ? URLEncoder.encode(id, UTF_8) + ":" + URLEncoder.encode(secret, UTF_8) : id + ":" + secret;
        return Base64.getEncoder().encodeToString(both.getBytes(UTF_8));
    }

    @Override
    public String retrieve() throws IOException {
        TokenEndpoint configured = endpoint;
        if (configured == null) {
            throw new IllegalStateException("not configured");
        }
        return configured.token(form, headers, secrets);
    }
}
