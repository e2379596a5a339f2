package io.penstock.internal.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.internal.config.RefreshSettings;
import io.penstock.security.OAuthBearerToken;
import io.penstock.security.OAuthBearerTokenCallback;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.LoginException;
import org.junit.jupiter.api.Test;

/** On a clock and a schedule moved by hand. */
class TokenCredentialsTest {

    private static final RefreshSettings SETTINGS = new RefreshSettings(0.8, 0, 60_000, 300_000);

    private long now = 1_000_000;
    private final List<Runnable> tasks = new ArrayList<>();
    private final List<Long> waits = new ArrayList<>();
    private final ArrayDeque<Object> answers = new ArrayDeque<>();
    private int asked;

    private final TokenCredentials credentials = new TokenCredentials(
            new Handler(),
            SETTINGS,
            (task, wait) -> {
                tasks.add(task);
                waits.add(wait);
            },
            () -> now);

    private final class Handler implements CallbackHandler {
        @Override
        public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
            if (!(callbacks[0] instanceof OAuthBearerTokenCallback callback)) {
                throw new UnsupportedCallbackException(callbacks[0]);
            }
            asked++;
            Object answer = answers.remove();
            if (answer instanceof RuntimeException failure) {
                throw failure;
            }
            callback.token((OAuthBearerToken) answer);
        }
    }

    private OAuthBearerToken token(String value, long lastsMillis) {
        return new Answers.FixedToken(value, now + lastsMillis);
    }

    private String value() throws LoginException {
        return credentials
                .subject()
                .getPrivateCredentials(OAuthBearerToken.class)
                .iterator()
                .next()
                .value();
    }

    @Test
    void subject_isFetchedOnceAndRenewedInTheBackground() throws Exception {
        answers.add(token("one", 3_600_000));
        assertThat(value()).isEqualTo("one");
        assertThat(value()).isEqualTo("one");
        assertThat(asked).isEqualTo(1);
        assertThat(waits).containsExactly(2_880_000L);

        now += 2_880_000;
        answers.add(token("two", 3_600_000));
        tasks.get(0).run();
        assertThat(value()).isEqualTo("two");
        assertThat(asked).isEqualTo(2);
        assertThat(tasks).hasSize(2);
    }

    @Test
    void renewal_whenItFails_keepsTheOldTokenAndTriesAgain() throws Exception {
        answers.add(token("one", 3_600_000));
        value();
        now += 2_880_000;
        answers.add(new IllegalStateException("the token server is down"));
        tasks.get(0).run();
        assertThat(value()).isEqualTo("one");
        assertThat(waits).containsExactly(2_880_000L, 10_000L);
        answers.add(token("two", 3_600_000));
        tasks.get(1).run();
        assertThat(value()).isEqualTo("two");
    }

    /** A token that has run out is not sent, whatever became of its renewal. */
    @Test
    void subject_whenTheTokenHasExpired_fetchesAnother() throws Exception {
        answers.add(token("one", 1_000));
        value();
        now += 1_000;
        answers.add(token("two", 1_000));
        assertThat(value()).isEqualTo("two");
    }

    @Test
    void subject_whenThereIsNone_saysWhyAndAsksAgainNextTime() throws Exception {
        answers.add(new IllegalStateException("the token server is down"));
        assertThatThrownBy(credentials::subject)
                .isInstanceOf(LoginException.class)
                .hasMessageContaining("the token server is down");
        answers.add(token("canary", 0));
        assertThatThrownBy(credentials::subject)
                .isInstanceOf(LoginException.class)
                .hasMessageContaining("expired")
                .hasMessageNotContaining("canary");
        answers.add(token("good", 1_000));
        assertThat(value()).isEqualTo("good");
    }

    @Test
    void wait_obeysTheWindowTheBufferAndTheShortestPeriod() {
        assertThat(waitOf(10_000_000, 0)).as("80 %").isEqualTo(8_000_000);
        assertThat(waitOf(10_000_000, 1)).as("with the jitter").isEqualTo(8_500_000);
        assertThat(waitOf(1_000_000, 0)).as("the buffer before its end").isEqualTo(700_000);
        assertThat(waitOf(361_000, 0)).as("barely room for both").isEqualTo(61_000);
        assertThat(waitOf(360_000, 0)).as("no room: the share alone").isEqualTo(288_000);
        assertThat(waitOf(10_000, 0)).isEqualTo(8_000);
        assertThat(waitOf(-5, 0)).as("expired").isEqualTo(1_000);
    }

    private long waitOf(long lastsMillis, double random) {
        return TokenRefresh.waitMillis(
                token("t", lastsMillis), new RefreshSettings(0.8, 0.05, 60_000, 300_000), now, random);
    }
}
