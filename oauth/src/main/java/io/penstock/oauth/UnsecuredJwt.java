package io.penstock.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.errors.ConfigException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;

/**
 * Tokens without a signature, for development: made of the login module's options {@code unsecuredLogin...}, as Kafka's client makes them.
 */
final class UnsecuredJwt {

    private static final String PREFIX = "unsecuredLogin";
    private static final String STRING_CLAIM = PREFIX + "StringClaim_";
    private static final String NUMBER_CLAIM = PREFIX + "NumberClaim_";
    private static final String LIST_CLAIM = PREFIX + "ListClaim_";
    static final String EXTENSION = PREFIX + "Extension_";

    private static final double DEFAULT_LIFETIME_SECONDS = 3600;

    private final Map<String, ?> options;

    private UnsecuredJwt(Map<String, ?> options) {
        this.options = options;
    }

    /** Whether the options ask for one. */
    static boolean isMeant(Map<String, ?> options) {
        return options.keySet().stream().anyMatch(name -> name.startsWith(PREFIX));
    }

    static UnsecuredJwt of(Map<String, ?> options) {
        UnsecuredJwt made = new UnsecuredJwt(options);
        if (!made.claims(0).containsKey(made.subjectClaim())) {
            throw new ConfigException("an unsecured token needs the option " + STRING_CLAIM + made.subjectClaim()
                    + " of the login module: who it is for");
        }
        return made;
    }

    String subjectClaim() {
        return option("PrincipalClaimName", "sub");
    }

    String scopeClaim() {
        return option("ScopeClaimName", "scope");
    }

    String create() {
        return part(Map.of("alg", "none")) + "." + part(claims(System.currentTimeMillis() / 1000.0)) + ".";
    }

    private Map<String, Object> claims(double nowSeconds) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iat", nowSeconds);
        claims.put(
                "exp",
                nowSeconds + number("LifetimeSeconds", option("LifetimeSeconds", "" + DEFAULT_LIFETIME_SECONDS)));
        options.forEach((name, value) -> {
            if (name.startsWith(STRING_CLAIM)) {
                claims.put(name.substring(STRING_CLAIM.length()), value.toString());
            } else if (name.startsWith(NUMBER_CLAIM)) {
                claims.put(name.substring(NUMBER_CLAIM.length()), number(name, value.toString()));
            } else if (name.startsWith(LIST_CLAIM)) {
                claims.put(name.substring(LIST_CLAIM.length()), list(value.toString()));
            }
        });
        return claims;
    }

    /** The first character separates the items. */
    private static List<String> list(String text) {
        return text.isEmpty()
                ? List.of()
                : List.of(text.substring(1).split(java.util.regex.Pattern.quote(text.substring(0, 1)), -1));
    }

    private static double number(String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new ConfigException("the option " + name + " of the login module is no number");
        }
    }

    private String option(String name, String otherwise) {
        Object value = options.get(PREFIX + name);
        return value == null ? otherwise : value.toString();
    }

    private static String part(Map<String, ?> json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        JsonUtil.toJson(new LinkedHashMap<String, Object>(json)).getBytes(UTF_8));
    }
}
