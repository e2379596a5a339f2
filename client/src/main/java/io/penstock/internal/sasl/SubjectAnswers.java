package io.penstock.internal.sasl;

import io.penstock.security.OAuthBearerToken;
import io.penstock.security.OAuthBearerTokenCallback;
import io.penstock.security.SaslExtensions;
import io.penstock.security.SaslExtensionsCallback;
import io.penstock.security.ScramExtensionsCallback;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.sasl.AuthorizeCallback;
import javax.security.sasl.RealmCallback;

/** Answers a mechanism's questions with what the login has put into the subject, as Kafka's own handlers do. One exchange's. */
final class SubjectAnswers implements CallbackHandler {

    private final Subject subject;

    SubjectAnswers(Subject subject) {
        this.subject = subject;
    }

    @Override
    public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
        for (Callback callback : callbacks) {
            answer(callback);
        }
    }

    private void answer(Callback callback) throws UnsupportedCallbackException {
        if (callback instanceof NameCallback name) {
            first(subject.getPublicCredentials(String.class), name::setName);
        } else if (callback instanceof PasswordCallback password) {
            first(subject.getPrivateCredentials(String.class), text -> password.setPassword(text.toCharArray()));
        } else if (callback instanceof ScramExtensionsCallback extensions) {
            extensions.extensions(scramExtensions());
        } else if (callback instanceof OAuthBearerTokenCallback token) {
            // While a login is renewed the old token may still be there; the one that lasts longer is the new one.
            subject.getPrivateCredentials(OAuthBearerToken.class).stream()
                    .max(Comparator.comparingLong(OAuthBearerToken::lifetimeMs))
                    .ifPresent(token::token);
        } else if (callback instanceof SaslExtensionsCallback extensions) {
            first(subject.getPublicCredentials(SaslExtensions.class), extensions::extensions);
        } else if (callback instanceof RealmCallback realm) {
            realm.setText(realm.getDefaultText());
        } else if (callback instanceof AuthorizeCallback authorize) {
            authorize.setAuthorized(authorize.getAuthenticationID().equals(authorize.getAuthorizationID()));
        } else {
            throw new UnsupportedCallbackException(callback);
        }
    }

    private Map<String, String> scramExtensions() {
        boolean tokenAuth = subject.getPublicCredentials(Map.class).stream()
                .anyMatch(extensions -> "true".equals(extensions.get("tokenauth")));
        return tokenAuth ? Map.of("tokenauth", "true") : Map.of();
    }

    private static <T> void first(Set<T> found, java.util.function.Consumer<T> answer) {
        found.stream().findFirst().ifPresent(answer);
    }
}
