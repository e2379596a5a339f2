package io.penstock.oauth;

import io.penstock.errors.ConfigException;
import io.penstock.security.AuthenticateCallbackHandler;
import io.penstock.security.OAuthBearerTokenCallback;
import io.penstock.security.SaslExtensions;
import io.penstock.security.SaslExtensionsCallback;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;

/**
 * Fetches tokens as {@code sasl.oauthbearer.*} say, and gives the extensions that the login module's options {@code extension_...} name.
 *
 * <p>Any of the producer's authentication threads; each question is a new token.
 */
public final class OAuthBearerLoginCallbackHandler implements AuthenticateCallbackHandler {

    private static final String RETRIEVER = "sasl.oauthbearer.jwt.retriever.class";
    private static final String VALIDATOR = "sasl.oauthbearer.jwt.validator.class";
    private static final String APACHE = "org.apache.kafka.common.security.oauthbearer.";
    private static final String EXTENSION = "extension_";

    private JwtRetriever retriever = () -> {
        throw new IllegalStateException("not configured");
    };

    private String scopeClaim = "scope";
    private String subjectClaim = "sub";
    private SaslExtensions extensions = SaslExtensions.EMPTY;

    @Override
    public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
        Options options = new Options(configs, entries);
        checkValidator(options.require(VALIDATOR));
        if (options.find(TokenEndpoint.URL) == null && UnsecuredJwt.isMeant(options.jaas())) {
            UnsecuredJwt unsecured = UnsecuredJwt.of(options.jaas());
            scopeClaim = unsecured.scopeClaim();
            subjectClaim = unsecured.subjectClaim();
            retriever = unsecured::create;
            extensions = extensions(options.jaas(), UnsecuredJwt.EXTENSION);
        } else {
            scopeClaim = options.require("sasl.oauthbearer.scope.claim.name");
            subjectClaim = options.require("sasl.oauthbearer.sub.claim.name");
            extensions = extensions(options.jaas(), EXTENSION);
            Object named = configs.get(RETRIEVER);
            JwtRetriever made = create(named instanceof Class<?> type ? type.getName() : options.require(RETRIEVER));
            made.configure(configs, mechanism, entries);
            retriever = made;
        }
    }

    private static void checkValidator(String name) {
        if (!name.startsWith(APACHE)) {
            throw new ConfigException(
                    VALIDATOR,
                    name,
                    "a token is checked by the broker; here only its times and its subject"
                            + " are read, and there is nothing to replace. Leave it out");
        }
    }

    private static JwtRetriever create(String name) {
        String own = name.startsWith(APACHE) ? "io.penstock.oauth." + name.substring(name.lastIndexOf('.') + 1) : name;
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        for (ClassLoader loader : new ClassLoader[] {context, OAuthBearerLoginCallbackHandler.class.getClassLoader()}) {
            try {
                return (JwtRetriever)
                        Class.forName(own, true, loader).getConstructor().newInstance();
            } catch (ClassNotFoundException e) {
                continue;
            } catch (ReflectiveOperationException | ClassCastException e) {
                throw new ConfigException(
                        RETRIEVER,
                        name,
                        "it must implement " + JwtRetriever.class.getName()
                                + " and have a public constructor without parameters (" + e + ")");
            }
        }
        throw new ConfigException(RETRIEVER, name, "there is no such class on the class path");
    }

    private static SaslExtensions extensions(Map<String, ?> options, String prefix) {
        Map<String, String> found = new HashMap<>();
        options.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value.toString());
            }
        });
        try {
            return new SaslExtensions(found);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("the options " + prefix + "... of the login module: " + e.getMessage());
        }
    }

    @Override
    public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
        for (Callback callback : callbacks) {
            if (callback instanceof OAuthBearerTokenCallback token) {
                token.token(Jwt.parse(retriever.retrieve().trim(), scopeClaim, subjectClaim));
            } else if (callback instanceof SaslExtensionsCallback asked) {
                asked.extensions(extensions);
            } else {
                throw new UnsupportedCallbackException(callback);
            }
        }
    }

    @Override
    public void close() {
        retriever.close();
    }
}
