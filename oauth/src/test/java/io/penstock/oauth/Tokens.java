package io.penstock.oauth;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** Keys and tokens of an identity provider, and the settings of a client. */
final class Tokens {

    private Tokens() {}

    static String signed(PublicJsonWebKey key, String subject, int seconds) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject(subject);
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(seconds / 60f);
        claims.setAudience("kafka");
        claims.setIssuer("the provider");
        claims.setGeneratedJwtId();
        claims.setStringListClaim("scope", List.of("write"));
        JsonWebSignature signature = new JsonWebSignature();
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue("RS256");
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    static void writeKeys(PublicJsonWebKey key, Path file) throws Exception {
        Files.writeString(file, new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
    }

    static void writePem(byte[] pkcs8, String kind, Path file) throws Exception {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs8);
        Files.writeString(
                file,
                "-----BEGIN " + kind + "PRIVATE KEY-----\n" + base64 + "\n-----END " + kind + "PRIVATE KEY-----\n");
    }

    /** As the client hands them on: with the defaults that this module needs. */
    static Map<String, Object> configs(Object... keysAndValues) {
        Map<String, Object> configs = new HashMap<>(Map.of(
                "sasl.login.retry.backoff.ms",
                1L,
                "sasl.login.retry.backoff.max.ms",
                5_000L,
                "sasl.oauthbearer.header.urlencode",
                false,
                "sasl.oauthbearer.assertion.algorithm",
                "RS256",
                "sasl.oauthbearer.assertion.claim.exp.seconds",
                300,
                "sasl.oauthbearer.assertion.claim.nbf.seconds",
                60,
                "sasl.oauthbearer.assertion.claim.jti.include",
                false));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            configs.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return configs;
    }

    static List<AppConfigurationEntry> module(Map<String, String> options) {
        List<AppConfigurationEntry> entries = new ArrayList<>();
        entries.add(new AppConfigurationEntry(
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule",
                AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
                options));
        return entries;
    }
}
