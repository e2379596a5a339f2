package io.penstock.kafka.internal;

import io.penstock.security.OAuthBearerToken;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A token of Apache's kind as the engine reads it. Immutable as the token is; does not print it. */
final class BridgedToken implements OAuthBearerToken {

    private final org.apache.kafka.common.security.oauthbearer.OAuthBearerToken token;

    private BridgedToken(org.apache.kafka.common.security.oauthbearer.OAuthBearerToken token) {
        this.token = token;
    }

    static @Nullable BridgedToken of(org.apache.kafka.common.security.oauthbearer.@Nullable OAuthBearerToken token) {
        return token == null ? null : new BridgedToken(token);
    }

    @Override
    public String value() {
        return token.value();
    }

    @Override
    public Set<String> scope() {
        return token.scope();
    }

    @Override
    public long lifetimeMs() {
        return token.lifetimeMs();
    }

    @Override
    public String principalName() {
        return token.principalName();
    }

    @Override
    public @Nullable Long startTimeMs() {
        return token.startTimeMs();
    }

    @Override
    public String toString() {
        return "BridgedToken[" + principalName() + "]";
    }
}
