package io.penstock.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.security.OAuthBearerToken;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A token as the client reads it: when it expires and who it speaks for. The signature is the broker's to check. Does not print the token.
 */
record Jwt(
        String value,
        Set<String> scope,
        long lifetimeMs,
        String principalName,
        @Nullable Long startTimeMs) implements OAuthBearerToken {

    private static final int PARTS = 3;

    /** @throws IOException when it is none, without quoting it */
    static Jwt parse(String token, String scopeClaim, String subjectClaim) throws IOException {
        String[] parts = token.split("\\.", -1);
        if (parts.length != PARTS) {
            throw new IOException("the token is no JWT: it has " + parts.length + " part(s) and not " + PARTS);
        }
        Map<String, Object> claims = Json.parse(decode(parts[1]), "the payload of the token");
        Long expires = millis(claims, "exp");
        if (expires == null) {
            throw new IOException("the token has no claim exp: when it expires is not known");
        }
        if (!(claims.get(subjectClaim) instanceof String subject) || subject.isBlank()) {
            throw new IOException("the token has no claim " + subjectClaim
                    + ", which is to say who it is for; see sasl.oauthbearer.sub.claim.name");
        }
        return new Jwt(token, scope(claims.get(scopeClaim)), expires, subject, millis(claims, "iat"));
    }

    private static String decode(String part) throws IOException {
        try {
            return new String(Base64.getUrlDecoder().decode(part), UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IOException("the payload of the token is not Base64url");
        }
    }

    private static @Nullable Long millis(Map<String, Object> claims, String name) throws IOException {
        Object value = claims.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Number number)) {
            throw new IOException("the claim " + name + " of the token is no number");
        }
        return (long) (number.doubleValue() * TimeUnit.SECONDS.toMillis(1));
    }

    private static Set<String> scope(@Nullable Object claim) {
        Set<String> scope = new LinkedHashSet<>();
        if (claim instanceof List<?> several) {
            several.forEach(each -> scope.add(String.valueOf(each)));
        } else if (claim != null && !claim.toString().isBlank()) {
            scope.addAll(List.of(claim.toString().trim().split("\\s+")));
        }
        return scope;
    }

    @Override
    public String toString() {
        return "Jwt[" + principalName + ", scope=" + scope + ", expires=" + lifetimeMs + "]";
    }
}
