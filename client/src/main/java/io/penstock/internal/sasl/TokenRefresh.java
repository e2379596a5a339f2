package io.penstock.internal.sasl;

import io.penstock.internal.config.RefreshSettings;
import io.penstock.security.OAuthBearerToken;

/** When a token is renewed: a pure function of its times and {@code sasl.login.refresh.*}, with Kafka's rules. */
final class TokenRefresh {

    /** Whatever the settings say: a source that gives the same old token again is not asked without a pause. */
    private static final long SHORTEST_MILLIS = 1_000;

    private TokenRefresh() {}

    /**
     * How long from now.
     *
     * @param random from 0 to 1, how much of the jitter is used
     */
    static long waitMillis(OAuthBearerToken token, RefreshSettings settings, long nowMillis, double random) {
        Long start = token.startTimeMs();
        long begin = start == null ? nowMillis : start;
        long end = token.lifetimeMs();
        double share = settings.windowFactor() + settings.windowJitter() * random;
        if (settings.minPeriodMillis() + settings.bufferMillis() >= end - nowMillis) {
            // What is left has no room for both: they are left out of account, and the share of what is left counts.
            return Math.max(SHORTEST_MILLIS, (long) ((end - nowMillis) * share));
        }
        long due = begin + (long) ((end - begin) * share);
        due = Math.min(due, end - settings.bufferMillis());
        return Math.max(settings.minPeriodMillis(), due - nowMillis);
    }
}
