package io.penstock.internal.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.ConfigException;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JaasTextTest {

    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";

    /** Held against Kafka's own parser: what users have written for it is read the same here. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                PLAIN + " required username=\"alice\" password=\"alice-secret\";",
                PLAIN + " required username='alice' password='with \"quotes\" inside';",
                PLAIN + " required username=\"alice\" password=\"a \\\"quoted\\\" one\";",
                PLAIN + " required username=\"alice\" password=\"back\\\\slash \\n \\101 \\t\";",
                PLAIN + " REQUIRED username=alice password=plain-word_with$signs;",
                PLAIN + " requisite\n  username=\"alice\" // a comment\n  password=\"p\" /* another */ ;  ",
                PLAIN + " sufficient;",
                PLAIN + " optional \"quoted.key\"=\"v\" debug=true;",
                "com.acme.LoginModule required a=\"=;\" b=\"\" c=\"ünï\";",
                PLAIN + " required username=\"u\" password=\"1; 2 = 3\";",
                PLAIN + " required username=\"twice\" username=\"again\" password=\"p\";"
            })
    void parse_readsAsKafkaDoes(String text) {
        AppConfigurationEntry theirs = JaasContext.loadClientContext(Map.of("sasl.jaas.config", new Password(text)))
                .configurationEntries()
                .get(0);
        AppConfigurationEntry ours = JaasText.parse(text);
        assertThat(ours.getLoginModuleName()).isEqualTo(theirs.getLoginModuleName());
        assertThat(ours.getControlFlag()).isEqualTo(theirs.getControlFlag());
        assertThat(ours.getOptions()).isEqualTo(theirs.getOptions());
    }

    /** Kafka takes digits for a number, which has no text, and refuses them without quotes. */
    @Test
    void parse_whenAValueIsANumber_takesItsDigits() {
        assertThat(JaasText.parse("M required port=9092 user=007 ratio=-0.5;").getOptions())
                .isEqualTo(Map.of("port", "9092", "user", "007", "ratio", "-0.5"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                ";",
                PLAIN,
                PLAIN + " always username=\"canary\";",
                PLAIN + " required username=\"u\" password=\"canary\"",
                PLAIN + " required username=\"u\" password=canary!secret;",
                PLAIN + " required username=\"u\" password=\"can\"ary\";",
                PLAIN + " required username=\"u\" password=;",
                PLAIN + " required username=\"u\" canary;",
                PLAIN + " required password=\"canary\"; " + PLAIN + " required password=\"canary\";",
                PLAIN + " required username=\"u\" password=\"canary\n\";"
            })
    void parse_whenItIsMalformed_saysWhereWithoutTheText(String text) {
        assertThatThrownBy(() -> JaasText.parse(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("sasl.jaas.config")
                .hasMessageNotContaining("canary")
                .hasMessageNotContaining("ary");
    }
}
