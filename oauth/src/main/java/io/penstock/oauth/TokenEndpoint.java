package io.penstock.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.errors.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A token endpoint (RFC 6749, section 3.2), asked over HTTP or HTTPS.
 *
 * <p>Any thread; blocks. A request that fails for the moment is sent again after {@code sasl.login.retry.backoff.ms}, doubling, until {@code
 * sasl.login.retry.backoff.max.ms} have passed in all. Redirects are not followed: they would carry the secret elsewhere.
 */
final class TokenEndpoint {

    static final String URL = "sasl.oauthbearer.token.endpoint.url";

    private static final Logger LOG = LoggerFactory.getLogger(TokenEndpoint.class);
    private static final long DEFAULT_TIMEOUT_MILLIS = 10_000;
    private static final int MAX_ANSWER_BYTES = 1_000_000;
    private static final int MAX_QUOTED_CHARS = 200;

    private final URI uri;
    private final HttpClient client;
    private final Duration readTimeout;
    private final long backoffMillis;
    private final long backoffMaxMillis;

    TokenEndpoint(Options options) {
        String url = options.require(URL);
        AllowedPlaces.checkUrl(URL, url);
        try {
            this.uri = URI.create(url.trim());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(URL, url, "it is no URL");
        }
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new ConfigException(
                    URL, url, "it must begin with https:// or http:// and name a host, or with file:");
        }
        if ("http".equals(uri.getScheme())) {
            LOG.warn("{} is asked for tokens without encryption; use https", url);
        }
        HttpClient.Builder builder = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(
                        Duration.ofMillis(options.number("sasl.login.connect.timeout.ms", DEFAULT_TIMEOUT_MILLIS)));
        TrustOptions.context(options).ifPresent(builder::sslContext);
        this.client = builder.build();
        this.readTimeout = Duration.ofMillis(options.number("sasl.login.read.timeout.ms", DEFAULT_TIMEOUT_MILLIS));
        this.backoffMillis = Math.max(1, options.number("sasl.login.retry.backoff.ms"));
        this.backoffMaxMillis = options.number("sasl.login.retry.backoff.max.ms");
    }

    /**
     * The access token that the endpoint gives for this form.
     *
     * @param headers beside those every request has
     * @param secrets what must not be seen in a message, also if the endpoint sends it back as its own
     */
    String token(Map<String, String> form, Map<String, String> headers, Set<String> secrets) throws IOException {
        String body = form.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(readTimeout)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return withRetries(request.build(), secrets);
    }

    private String withRetries(HttpRequest request, Set<String> secrets) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(backoffMaxMillis);
        long wait = backoffMillis;
        for (int attempt = 1; ; attempt++) {
            try {
                return ask(request, secrets);
            } catch (RefusedException e) {
                throw e;
            } catch (IOException e) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new IOException(
                            "the token endpoint " + uri + " could not be used (" + attempt + " attempt(s)): "
                                    + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
                            e);
                }
                LOG.debug("Attempt {} at the token endpoint {} failed: {}", attempt, uri, e.toString());
                sleep(Math.min(wait, left));
                wait = Math.min(wait * 2, backoffMaxMillis);
            }
        }
    }

    private static void sleep(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("interrupted while waiting for the token endpoint");
        }
    }

    private String ask(HttpRequest request, Set<String> secrets) throws IOException {
        HttpResponse<InputStream> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("interrupted while waiting for the token endpoint");
        }
        byte[] body;
        try (InputStream in = response.body()) {
            body = in.readNBytes(MAX_ANSWER_BYTES + 1);
        }
        if (body.length > MAX_ANSWER_BYTES) {
            throw new RefusedException(
                    "the answer of the token endpoint " + uri + " is longer than " + MAX_ANSWER_BYTES + " bytes");
        }
        String text = new String(body, UTF_8);
        int status = response.statusCode();
        if (status == 200 || status == 201) {
            return token(text);
        }
        String said = "the token endpoint " + uri + " answered " + status + error(text, secrets);
        if (isForNow(status)) {
            throw new IOException(said);
        }
        throw new RefusedException(said);
    }

    /** Too many requests, a time-out, or a server in trouble. */
    private static boolean isForNow(int status) {
        return status >= 500 && status != 501 && status != 505 || status == 408 || status == 425 || status == 429;
    }

    private String token(String text) throws IOException {
        Map<String, Object> answer;
        try {
            answer = Json.parse(text, "the answer of the token endpoint " + uri);
        } catch (IOException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
        for (String name : new String[] {"access_token", "id_token"}) {
            if (answer.get(name) instanceof String token && !token.isBlank()) {
                return token.trim();
            }
        }
        throw new RefusedException("the answer of the token endpoint " + uri + " has no access_token");
    }

    /** What RFC 6749, section 5.2 has an error say; nothing else of the answer is shown. */
    private static String error(String text, Set<String> secrets) {
        try {
            Map<String, Object> answer = Json.parse(text, "it");
            Object error = answer.get("error");
            Object description = answer.get("error_description");
            return error == null
                    ? ""
                    : ": " + quote(error, secrets)
                            + (description == null ? "" : " (" + quote(description, secrets) + ")");
        } catch (IOException e) {
            return "";
        }
    }

    private static String quote(Object value, Set<String> secrets) {
        String line = value.toString().replaceAll("\\p{Cntrl}+", " ");
        for (String secret : secrets) {
            line = secret.isEmpty() ? line : line.replace(secret, "[hidden]");
        }
        return line.length() <= MAX_QUOTED_CHARS ? line : line.substring(0, MAX_QUOTED_CHARS) + "...";
    }

    /** Asking again would change nothing. */
    private static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }
}
