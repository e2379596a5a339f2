package io.penstock.internal.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.security.ScramExtensionsCallback;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.security.auth.callback.CallbackHandler;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;

/**
 * SCRAM-SHA-256 and -512: both sides prove that they know the password, which is not sent (RFC 5802, RFC 7677).
 *
 * <pre>
 *   client first   n,,n=name,r=nonce[,tokenauth=true]          Kafka's extension for delegation tokens (KIP-48)
 *   server first   r=nonce+more,s=salt,i=iterations
 *   client final   c=biws,r=nonce+more,p=proof
 *   server final   v=signature                                 the broker's proof, without which it is not believed
 * </pre>
 *
 * <p>Name and password are taken as they are, in UTF-8, as brokers store them: Kafka does not apply SASLprep.
 */
final class ScramMechanism implements Mechanism {

    /** What brokers store at least; fewer would let an eavesdropper who plays the broker guess the password faster. */
    static final int MIN_ITERATIONS = 4096;

    /** More than any broker stores (Kafka: 16,384); each costs time on our side, and the peer has not proved anything yet. */
    static final int MAX_ITERATIONS = 1_000_000;

    private static final String GS2_HEADER = "n,,";
    private static final String CHANNEL_BINDING = "c=biws";
    private static final int NONCE_BYTES = 24;
    private static final byte[] NOTHING = {};

    private enum State {
        START,
        FIRST_SENT,
        FINAL_SENT,
        DONE
    }

    private final ScramFormula formula;
    private final NamePassword who;
    private final String nonce;
    private final String firstBare;
    private byte[] serverSignature = NOTHING;
    private State state = State.START;

    /** @param bits 256 or 512 */
    ScramMechanism(int bits, CallbackHandler handler) throws SaslException {
        this(bits, handler, newNonce());
    }

    ScramMechanism(int bits, CallbackHandler handler, String nonce) throws SaslException {
        this.formula = ScramFormula.sha(bits);
        this.nonce = nonce;
        this.who = NamePassword.ask(handler);
        this.firstBare = "n=" + saslName(who.name()) + ",r=" + nonce + extensions(handler);
    }

    private static String newNonce() {
        byte[] random = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }

    private static String saslName(String name) {
        return name.replace("=", "=3D").replace(",", "=2C");
    }

    /** A handler of the user's need not know of them. */
    private static String extensions(CallbackHandler handler) throws SaslException {
        ScramExtensionsCallback callback = new ScramExtensionsCallback();
        try {
            NamePassword.answer(handler, callback);
        } catch (SaslException e) {
            if (!(e.getCause() instanceof javax.security.auth.callback.UnsupportedCallbackException)) {
                throw e;
            }
        }
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> each : new TreeMap<>(callback.extensions()).entrySet()) {
            text.append(',').append(each.getKey()).append('=').append(each.getValue());
        }
        return text.toString();
    }

    @Override
    public String principal() {
        return who.name();
    }

    @Override
    public String conceal(String text) {
        return Mechanism.conceal(text, who.password());
    }

    @Override
    public byte @Nullable [] evaluate(byte[] challenge) throws SaslException {
        switch (state) {
            case START -> {
                state = State.FIRST_SENT;
                return (GS2_HEADER + firstBare).getBytes(UTF_8);
            }
            case FIRST_SENT -> {
                byte[] answer = proof(challenge);
                state = State.FINAL_SENT;
                return answer;
            }
            case FINAL_SENT -> {
                verify(ScramServerMessage.parse(challenge));
                state = State.DONE;
                return null;
            }
            case DONE -> throw ScramServerMessage.malformed("it comes after the last one");
        }
        throw new IllegalStateException(state.toString());
    }

    private byte[] proof(byte[] challenge) throws SaslException {
        ScramServerMessage first = ScramServerMessage.parse(challenge);
        String error = first.find('e');
        if (error != null) {
            throw new SaslException("the broker answered: " + error);
        }
        String bothNonces = first.text('r');
        if (!bothNonces.startsWith(nonce) || bothNonces.length() == nonce.length()) {
            throw new SaslException("the broker's nonce does not continue ours; it is not the broker that was asked");
        }
        int iterations = first.positiveNumber('i');
        if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
            throw new SaslException("the broker asks for " + iterations + " iterations; accepted are " + MIN_ITERATIONS
                    + " to " + MAX_ITERATIONS
                    + ", and fewer would make the password easy to guess. Is it the broker that is meant?");
        }
        String finalBare = CHANNEL_BINDING + ",r=" + bothNonces;
        byte[] authMessage = (firstBare + "," + new String(challenge, UTF_8) + "," + finalBare).getBytes(UTF_8);
        byte[] salted = formula.saltedPassword(who.password().getBytes(UTF_8), first.base64('s'), iterations);
        byte[] clientKey = formula.hmac(salted, "Client Key".getBytes(UTF_8));
        byte[] clientSignature = formula.hmac(formula.hash(clientKey), authMessage);
        byte[] serverKey = formula.hmac(salted, "Server Key".getBytes(UTF_8));
        serverSignature = formula.hmac(serverKey, authMessage);
        String proof = Base64.getEncoder().encodeToString(ScramFormula.xor(clientKey, clientSignature));
        return (finalBare + ",p=" + proof).getBytes(UTF_8);
    }

    private void verify(ScramServerMessage last) throws SaslException {
        String error = last.find('e');
        if (error != null) {
            throw new SaslException("the broker answered: " + error);
        }
        if (!MessageDigest.isEqual(serverSignature, last.base64('v'))) {
            throw new SaslException(
                    "the broker's signature is wrong: it does not know the password, so it is not the broker that is meant");
        }
    }

    @Override
    public boolean isComplete() {
        return state == State.DONE;
    }
}
