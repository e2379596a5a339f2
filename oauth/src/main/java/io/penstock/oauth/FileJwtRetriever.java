package io.penstock.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.errors.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import org.jspecify.annotations.Nullable;

/** A token that somebody else puts into a file, read anew each time; {@code sasl.oauthbearer.token.endpoint.url=file:/...} names it. */
public final class FileJwtRetriever implements JwtRetriever {

    private @Nullable Path file;

    @Override
    public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
        String url = new Options(configs, entries).require(TokenEndpoint.URL).trim();
        AllowedPlaces.checkUrl(TokenEndpoint.URL, url);
        try {
            file = AllowedPlaces.checkFile(TokenEndpoint.URL, URI.create(url).getPath());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(TokenEndpoint.URL, url, "it is not of the form file:///path");
        }
    }

    @Override
    public String retrieve() throws IOException {
        Path configured = file;
        if (configured == null) {
            throw new IllegalStateException("not configured");
        }
        return read(configured, "the token file");
    }

    static String read(Path path, String what) throws IOException {
        try {
            String text = Files.readString(path, UTF_8).trim();
            if (text.isEmpty()) {
                throw new IOException(what + " " + path + " is empty");
            }
            return text;
        } catch (java.nio.file.FileSystemException e) {
            throw new IOException(
                    what + " " + path + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }
}
