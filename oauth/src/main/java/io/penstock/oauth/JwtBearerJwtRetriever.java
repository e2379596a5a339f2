package io.penstock.oauth;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.login.AppConfigurationEntry;
import org.jspecify.annotations.Nullable;

/** The JWT bearer grant (RFC 7523): a signed assertion, made here or by somebody else, for a token. */
public final class JwtBearerJwtRetriever implements JwtRetriever {

    private @Nullable TokenEndpoint endpoint;
    private @Nullable Assertion assertion;
    private @Nullable String scope;

    @Override
    public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
        Options options = new Options(configs, entries);
        assertion = Assertion.from(options);
        scope = options.find("sasl.oauthbearer.scope", "scope");
        endpoint = new TokenEndpoint(options);
    }

    @Override
    public String retrieve() throws IOException {
        TokenEndpoint configured = endpoint;
        Assertion made = assertion;
        if (configured == null || made == null) {
            throw new IllegalStateException("not configured");
        }
        Map<String, String> form = new LinkedHashMap<>(
                ClientCredentialsJwtRetriever.form("urn:ietf:params:oauth:grant-type:jwt-bearer", scope));
        String signed = made.create();
        form.put("assertion", signed);
        return configured.token(form, Map.of(), Set.of(signed));
    }
}
