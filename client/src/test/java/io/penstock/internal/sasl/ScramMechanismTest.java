package io.penstock.internal.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Map;
import javax.security.sasl.SaslException;
import org.apache.kafka.common.security.authenticator.CredentialCache;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.common.security.scram.internals.ScramSaslServer;
import org.apache.kafka.common.security.scram.internals.ScramServerCallbackHandler;
import org.apache.kafka.common.security.token.delegation.internals.DelegationTokenCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScramMechanismTest {

    private static final String SERVER_FIRST =
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

    private static ScramMechanism ofRfc() throws SaslException {
        ScramMechanism scram = new ScramMechanism(256, Answers.named("user", "pencil"), "rOprNGfwEbeRWgbNEkqO");
        assertThat(evaluate(scram, "")).isEqualTo("n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
        return scram;
    }

    private static String evaluate(ScramMechanism scram, String message) throws SaslException {
        byte[] answer = scram.evaluate(message.getBytes(UTF_8));
        return answer == null ? "(nothing)" : new String(answer, UTF_8);
    }

    /** RFC 7677, section 3. */
    @Test
    void evaluate_makesTheMessagesOfTheRfc() throws Exception {
        ScramMechanism scram = ofRfc();
        assertThat(evaluate(scram, SERVER_FIRST))
                .isEqualTo("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                        + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        assertThat(scram.isComplete()).isFalse();
        assertThat(evaluate(scram, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="))
                .isEqualTo("(nothing)");
        assertThat(scram.isComplete()).isTrue();
    }

    /** A server that does not know the password cannot make the signature; believing it would let anyone play the broker. */
    @ParameterizedTest
    @CsvSource({
        "v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=, signature",
        "v=, no attribute v",
        "v=6rri, signature",
        "v=%%, Base64",
        "x=y, no attribute v",
        "e=invalid-proof, invalid-proof",
        "nonsense, makes no sense",
        "'', makes no sense"
    })
    void evaluate_whenTheServersProofIsWrong_fails(String last, String why) throws Exception {
        ScramMechanism scram = ofRfc();
        evaluate(scram, SERVER_FIRST);
        assertThatThrownBy(() -> evaluate(scram, last))
                .isInstanceOf(SaslException.class)
                .hasMessageContaining(why);
        assertThat(scram.isComplete()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "r=rOprNGfwEbeRWgbNEkqOmore,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4095 | 4095 iterations",
                "r=rOprNGfwEbeRWgbNEkqOmore,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1 | 1 iterations",
                "r=rOprNGfwEbeRWgbNEkqOmore,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1000001 | iterations",
                "r=rOprNGfwEbeRWgbNEkqOmore,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=9999999999 | iterations",
                "r=rOprNGfwEbeRWgbNEkqOmore,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=-4096 | positive",
                "r=rOprNGfwEbeRWgbNEkqOmore,s=W22ZaJ0SNY7soEsUEjb6gQ== | no attribute i",
                "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096 | nonce",
                "r=somebodyelses,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096 | nonce",
                "r=rOprNGfwEbeRWgbNEkqOmore,s=,i=4096 | no attribute s",
                "r=rOprNGfwEbeRWgbNEkqOmore,s=!,i=4096 | Base64",
                "m=ext,r=rOprNGfwEbeRWgbNEkqOmore,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096 | extension",
                "r=a,r=b,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096 | twice",
                "e=unknown-user | unknown-user"
            })
    void evaluate_whenTheFirstMessageIsNotToBeTrusted_sendsNoProof(String first, String why) throws Exception {
        ScramMechanism scram = ofRfc();
        assertThatThrownBy(() -> evaluate(scram, first))
                .isInstanceOf(SaslException.class)
                .hasMessageContaining(why);
        assertThat(scram.isComplete()).isFalse();
    }

    /** Kafka stores names and passwords as they are: SASLprep would turn these into others and be refused. */
    @ParameterizedTest
    @CsvSource({
        "256, alice, alice-secret",
        "512, alice, alice-secret",
        "512, 'a=b,c', 'with, = and ½ ﬁ'",
        "256, bob, 'cafe\u0301 \u00a0 \u00ad'",
        "512, carol, '🔑 \t ünï'"
    })
    void evaluate_agreesWithKafkasServer(int bits, String name, String password) throws Exception {
        var kafkas =
                org.apache.kafka.common.security.scram.internals.ScramMechanism.forMechanismName("SCRAM-SHA-" + bits);
        CredentialCache cache = new CredentialCache();
        cache.createCache(kafkas.mechanismName(), ScramCredential.class)
                .put(name, new ScramFormatter(kafkas).generateCredential(password, 4096));
        ScramServerCallbackHandler handler = new ScramServerCallbackHandler(
                cache.cache(kafkas.mechanismName(), ScramCredential.class),
                new DelegationTokenCache(java.util.Set.of()));
        handler.configure(Map.of(), kafkas.mechanismName(), java.util.List.of());
        ScramSaslServer server = new ScramSaslServer(kafkas, Map.of(), handler);
        ScramMechanism scram = new ScramMechanism(bits, Answers.named(name, password));

        byte[] serverFirst = server.evaluateResponse(scram.evaluate(new byte[0]));
        byte[] serverFinal = server.evaluateResponse(scram.evaluate(serverFirst));
        assertThat(server.isComplete()).isTrue();
        assertThat(scram.evaluate(serverFinal)).isNull();
        assertThat(scram.isComplete()).isTrue();
        assertThat(server.getAuthorizationID()).isEqualTo(name);
    }

    @Test
    void evaluate_whenItIsADelegationToken_saysSo() throws Exception {
        ScramMechanism scram = new ScramMechanism(512, Answers.delegationToken("token-id", "hmac"), "nonce");
        assertThat(evaluate(scram, "")).isEqualTo("n,,n=token-id,r=nonce,tokenauth=true");
    }

    @Test
    void nonce_isAnotherEachTimeAndHasNoComma() throws Exception {
        String first = evaluate(new ScramMechanism(256, Answers.named("u", "p")), "");
        String second = evaluate(new ScramMechanism(256, Answers.named("u", "p")), "");
        assertThat(first).isNotEqualTo(second);
        String nonce = first.substring(first.indexOf("r=") + 2);
        assertThat(Base64.getDecoder().decode(nonce)).hasSizeGreaterThanOrEqualTo(18);
    }

    @Test
    void conceal_hidesAPasswordThatThePeerSendsBack() throws Exception {
        assertThat(new ScramMechanism(256, Answers.named("u", "canary")).conceal("no canary here"))
                .isEqualTo("no [hidden] here");
    }
}
