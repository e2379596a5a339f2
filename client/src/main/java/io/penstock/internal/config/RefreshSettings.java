package io.penstock.internal.config;

import java.util.concurrent.TimeUnit;

/**
 * When credentials that expire are renewed: {@code sasl.login.refresh.*}.
 *
 * @param windowFactor which part of their lifetime is used before that
 * @param windowJitter how much is added to it at most, at random
 * @param minPeriodMillis not sooner than this after the last renewal
 * @param bufferMillis not later than this before they expire
 */
public record RefreshSettings(double windowFactor, double windowJitter, long minPeriodMillis, long bufferMillis) {

    static RefreshSettings from(ConfigValues values) {
        return new RefreshSettings(
                values.decimal("sasl.login.refresh.window.factor"),
                values.decimal("sasl.login.refresh.window.jitter"),
                TimeUnit.SECONDS.toMillis(values.shortNumber("sasl.login.refresh.min.period.seconds")),
                TimeUnit.SECONDS.toMillis(values.shortNumber("sasl.login.refresh.buffer.seconds")));
    }
}
