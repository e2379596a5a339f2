package io.penstock.internal.sasl;

import io.penstock.security.OAuthBearerToken;
import io.penstock.security.SaslExtensions;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import org.jspecify.annotations.Nullable;

/** Handlers that know something. */
final class Answers {

    private Answers() {}

    static CallbackHandler named(String name, String password) {
        return new SubjectAnswers(LoginModules.subject(Map.of("username", name, "password", password)));
    }

    static CallbackHandler delegationToken(String id, String key) {
        return new SubjectAnswers(LoginModules.subject(Map.of("username", id, "password", key, "tokenauth", "true")));
    }

    static CallbackHandler token(String value, SaslExtensions extensions) {
        Subject subject = new Subject();
        subject.getPrivateCredentials().add(new FixedToken(value, 1000));
        subject.getPublicCredentials().add(extensions);
        return new SubjectAnswers(subject);
    }

    record FixedToken(String value, long lifetimeMs) implements OAuthBearerToken {

        @Override
        public Set<String> scope() {
            return Set.of();
        }

        @Override
        public String principalName() {
            return "principal";
        }

        @Override
        public @Nullable Long startTimeMs() {
            return null;
        }
    }
}
