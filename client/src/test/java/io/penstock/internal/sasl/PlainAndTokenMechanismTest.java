package io.penstock.internal.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.security.OAuthBearerTokenCallback;
import io.penstock.security.SaslExtensions;
import java.util.Map;
import javax.security.sasl.SaslException;
import org.apache.kafka.common.security.oauthbearer.internals.OAuthBearerClientInitialResponse;
import org.junit.jupiter.api.Test;

class PlainAndTokenMechanismTest {

    private static final byte[] NOTHING = {};

    @Test
    void plain_sendsNameAndPasswordOnce() throws Exception {
        PlainMechanism plain = new PlainMechanism(Answers.named("älice", "pass word"));
        assertThat(plain.isComplete()).isFalse();
        assertThat(new String(plain.evaluate(NOTHING), UTF_8)).isEqualTo("\0älice\0pass word");
        assertThat(plain.isComplete()).isTrue();
        assertThatThrownBy(() -> plain.evaluate(NOTHING)).isInstanceOf(SaslException.class);
    }

    /** A NUL would end the name early: another user's name could be made of it. */
    @Test
    void plain_whenThereIsANul_refuses() {
        assertThatThrownBy(() -> new PlainMechanism(Answers.named("ali\0ce", "canary")))
                .isInstanceOf(SaslException.class)
                .hasMessageContaining("NUL")
                .hasMessageNotContaining("canary");
    }

    @Test
    void plain_whenSomethingIsMissing_saysWhat() {
        assertThatThrownBy(() -> new PlainMechanism(callbacks -> {}))
                .isInstanceOf(SaslException.class)
                .hasMessageContaining("username");
        assertThatThrownBy(() -> new PlainMechanism(Answers.named("u", ""))).hasMessageContaining("password");
    }

    @Test
    void token_isSentAsKafkasServerReadsIt() throws Exception {
        SaslExtensions extensions = new SaslExtensions(Map.of("logicalCluster", "lkc-1", "identityPoolId", "pool-1"));
        OAuthBearerMechanism mechanism = new OAuthBearerMechanism(Answers.token("head.body-_~+/.sig==", extensions));
        OAuthBearerClientInitialResponse read = new OAuthBearerClientInitialResponse(mechanism.evaluate(NOTHING));
        assertThat(read.tokenValue()).isEqualTo("head.body-_~+/.sig==");
        assertThat(read.extensions().map()).isEqualTo(extensions.map());
        assertThat(mechanism.isComplete()).isFalse();
        assertThat(mechanism.evaluate(NOTHING)).as("nothing is sent after it").isNull();
        assertThat(mechanism.isComplete()).isTrue();
    }

    @Test
    void token_whenTheBrokerRefusesIt_letsTheBrokerSayWhy() throws Exception {
        OAuthBearerMechanism mechanism = new OAuthBearerMechanism(Answers.token("t", SaslExtensions.EMPTY));
        mechanism.evaluate(NOTHING);
        assertThat(mechanism.evaluate("{\"status\":\"invalid_token\"}".getBytes(UTF_8)))
                .containsExactly(1);
        assertThat(mechanism.isComplete()).isFalse();
        assertThatThrownBy(() -> mechanism.evaluate(NOTHING)).isInstanceOf(SaslException.class);
    }

    /** A token with a separator in it could add extensions of its own. */
    @Test
    void token_whenItCannotBeOne_isNotSent() {
        assertThatThrownBy(() -> new OAuthBearerMechanism(Answers.token("canary\u0001auth=x", SaslExtensions.EMPTY)))
                .isInstanceOf(SaslException.class)
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> new OAuthBearerMechanism(callbacks -> {
                    if (callbacks[0] instanceof OAuthBearerTokenCallback callback) {
                        callback.error("invalid_client", "who?", null);
                    }
                }))
                .hasMessageContaining("invalid_client (who?)");
    }

    @Test
    void extensions_takeLettersAndPrintableTextOnly() {
        assertThatThrownBy(() -> new SaslExtensions(Map.of("auth", "x"))).hasMessageContaining("auth");
        assertThatThrownBy(() -> new SaslExtensions(Map.of("a1", "x"))).hasMessageContaining("letters");
        assertThatThrownBy(() -> new SaslExtensions(Map.of("a", "canary\u0001")))
                .hasMessageContaining("printable")
                .hasMessageNotContaining("canary");
        assertThat(new SaslExtensions(Map.of("a", "canary"))).hasToString("SaslExtensions[a]");
    }
}
