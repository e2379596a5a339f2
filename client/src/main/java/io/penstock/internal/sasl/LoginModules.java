package io.penstock.internal.sasl;

import io.penstock.errors.ConfigException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;

/**
 * Which login modules are ours to stand in for: the ones that come with Kafka, under Kafka's name, behind a prefix of a shaded jar, or in
 * Confluent's packages. Any other class is a JAAS module of its own and is loaded.
 */
enum LoginModules {
    /** A name and a password among its options. */
    PLAIN("PlainLoginModule"),
    /** The same, or the id and key of a delegation token. */
    SCRAM("ScramLoginModule"),
    /** A token, by the login callback handler. */
    OAUTHBEARER("OAuthBearerLoginModule"),
    /** Somebody else's. */
    FOREIGN("");

    private static final Pattern KAFKAS = Pattern.compile("(.*\\.)?(org\\.apache\\.kafka|io\\.confluent)\\..*");
    private static final String TOKEN_AUTH = "tokenauth";

    private final String simpleName;

    LoginModules(String simpleName) {
        this.simpleName = simpleName;
    }

    static LoginModules of(AppConfigurationEntry entry) {
        String name = entry.getLoginModuleName();
        if (KAFKAS.matcher(name).matches()) {
            for (LoginModules each : values()) {
                if (each != FOREIGN && name.endsWith("." + each.simpleName)) {
                    return each;
                }
            }
        }
        return FOREIGN;
    }

    /** The kind of all of them; they cannot be mixed with others. */
    static LoginModules of(List<AppConfigurationEntry> entries) {
        LoginModules first = of(entries.get(0));
        if (entries.size() > 1 && entries.stream().anyMatch(entry -> of(entry) != FOREIGN)) {
            throw new ConfigException("the section " + JaasSection.NAME + " of the JAAS configuration has "
                    + entries.size() + " login modules, one of them Kafka's own; leave one of them");
        }
        return first;
    }

    /** What such a module puts into the subject of a login. */
    static Subject subject(Map<String, ?> options) {
        Subject subject = new Subject();
        Object name = options.get("username");
        if (name != null) {
            subject.getPublicCredentials().add(name.toString());
        }
        Object password = options.get("password");
        if (password != null) {
            subject.getPrivateCredentials().add(password.toString());
        }
        Object token = options.get(TOKEN_AUTH);
        if (token != null && Boolean.parseBoolean(token.toString())) {
            subject.getPublicCredentials().add(Map.of(TOKEN_AUTH, "true"));
        }
        return subject;
    }
}
