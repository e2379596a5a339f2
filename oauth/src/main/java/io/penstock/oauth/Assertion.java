package io.penstock.oauth;

import io.penstock.errors.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jose4j.json.JsonUtil;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * What a client shows the token endpoint in place of a secret: a JWT signed with its key, or one that somebody else puts into a file.
 *
 * <p>Any thread. The files are read for each assertion, so that keys may change.
 */
interface Assertion {

    /** One that is good now. */
    String create() throws IOException;

    static Assertion from(Options options) {
        String prefix = "sasl.oauthbearer.assertion.";
        String file = options.find(prefix + "file");
        if (file != null) {
            Path path = AllowedPlaces.checkFile(prefix + "file", file);
            return () -> FileJwtRetriever.read(path, "the assertion file");
        }
        return new Signed(options, prefix);
    }

    /** Claims of the settings over those of a template, signed. */
    final class Signed implements Assertion {

        private final String algorithm;
        private final Path keyFile;
        private final @Nullable String passphrase;
        private final @Nullable Path template;
        private final Map<String, Object> fixedClaims = new LinkedHashMap<>();
        private final long lifetimeSeconds;
        private final long notBeforeSeconds;
        private final boolean withId;

        Signed(Options options, String prefix) {
            String key = options.find(prefix + "private.key.file");
            if (key == null) {
                throw new ConfigException("configuration " + prefix + "private.key.file or " + prefix
                        + "file is required for the JWT bearer grant");
            }
            algorithm = options.require(prefix + "algorithm").toUpperCase(Locale.ROOT);
            keyFile = AllowedPlaces.checkFile(prefix + "private.key.file", key);
            passphrase = options.find(prefix + "private.key.passphrase");
            String templateFile = options.find(prefix + "template.file");
            template = templateFile == null ? null : AllowedPlaces.checkFile(prefix + "template.file", templateFile);
            for (String claim : new String[] {"aud", "iss", "sub"}) {
                String value = options.find(prefix + "claim." + claim);
                if (value != null) {
                    fixedClaims.put(claim, value);
                }
            }
            lifetimeSeconds = options.number(prefix + "claim.exp.seconds");
            notBeforeSeconds = options.number(prefix + "claim.nbf.seconds");
            withId = options.flag(prefix + "claim.jti.include");
        }

        @Override
        public String create() throws IOException {
            Map<String, Object> claims = new LinkedHashMap<>();
            JsonWebSignature signature = new JsonWebSignature();
            if (template != null) {
                Map<String, Object> read =
                        Json.parse(FileJwtRetriever.read(template, "the assertion template"), "the assertion template");
                object(read, "header")
                        .forEach((name, value) -> signature.getHeaders().setObjectHeaderValue(name, value));
                claims.putAll(object(read, "payload"));
            }
            claims.putAll(fixedClaims);
            long now = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
            claims.put("iat", now);
            claims.put("exp", now + lifetimeSeconds);
            claims.put("nbf", now - notBeforeSeconds);
            if (withId) {
                claims.put("jti", UUID.randomUUID().toString());
            }
            signature.getHeaders().setStringHeaderValue("typ", "JWT");
            signature.setAlgorithmHeaderValue(algorithm);
            signature.setPayload(JsonUtil.toJson(claims));
            signature.setKey(PrivateKeyFile.read(keyFile, passphrase, algorithm));
            try {
                return signature.getCompactSerialization();
            } catch (JoseException e) {
                throw new IOException(
                        "the assertion could not be signed with " + algorithm + " and the key in " + keyFile, e);
            }
        }

        @SuppressWarnings("unchecked")
        private static Map<String, Object> object(Map<String, Object> json, String name) throws IOException {
            Object value = json.getOrDefault(name, Map.of());
            if (!(value instanceof Map)) {
                throw new IOException("the part " + name + " of the assertion template is no JSON object");
            }
            return (Map<String, Object>) value;
        }
    }
}
