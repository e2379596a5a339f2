package io.penstock.oauth;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;

/** From a file when the token endpoint's URL begins with {@code file:}, else by the client credentials grant. */
public final class DefaultJwtRetriever implements JwtRetriever {

    private JwtRetriever chosen = () -> {
        throw new IllegalStateException("not configured");
    };

    @Override
    public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
        String url = new Options(configs, entries).require(TokenEndpoint.URL).trim();
        chosen = url.startsWith("file:") ? new FileJwtRetriever() : new ClientCredentialsJwtRetriever();
        chosen.configure(configs, mechanism, entries);
    }

    @Override
    public String retrieve() throws IOException {
        return chosen.retrieve();
    }

    @Override
    public void close() {
        chosen.close();
    }
}
