package io.penstock.testkit.fake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SCRAM (RFC 5802, 7677) without channel binding, for one exchange of four messages.
 *
 * <pre>
 *   client  n,,n=user,r=nonce               server  r=nonce+more,s=salt,i=iterations
 *   client  c=biws,r=nonce+more,p=proof     server  v=signature
 * </pre>
 */
final class ScramServer implements SaslServer {

    /** What the server's part of the nonce begins with, so that tests can find it. */
    static final String NONCE_MARK = "fake-";

    private static final Pattern FIRST = Pattern.compile(
            "[ny],(?:a=(?<authorized>[^,]*))?,(?<bare>n=(?<user>[^,]*),r=(?<nonce>[!-+\\--~]+)(?:,.*)?)");
    private static final Pattern FINAL =
            Pattern.compile("(?<bare>c=(?<binding>[^,]*),r=(?<nonce>[^,]*)(?:,[^p].*)?),p=(?<proof>[^,]*)");

    private final ScramHash hash;
    private final Map<String, String> passwords;
    private final int iterations;
    private final String serverNonce;
    private String authMessage = "";
    private String nonce = "";
    private String user = "";
    private boolean done;

    /** @param serverNonce the server's part, another one for each exchange */
    ScramServer(ScramHash hash, Map<String, String> passwords, int iterations, String serverNonce) {
        this.hash = hash;
        this.passwords = passwords;
        this.iterations = iterations;
        this.serverNonce = NONCE_MARK + serverNonce;
    }

    @Override
    public byte[] answer(byte[] message) throws SaslRefusal {
        String text = new String(message, StandardCharsets.UTF_8);
        return (authMessage.isEmpty() ? first(text) : last(text)).getBytes(StandardCharsets.UTF_8);
    }

    private String first(String message) throws SaslRefusal {
        Matcher first = FIRST.matcher(message);
        if (!first.matches()) {
            throw refusal("the client's first message is not one");
        }
        user = first.group("user").replace("=2C", ",").replace("=3D", "=");
        if (!passwords.containsKey(user)) {
            throw refusal("invalid credentials");
        }
        nonce = first.group("nonce") + serverNonce;
        String answer = "r=" + nonce + ",s=" + Base64.getEncoder().encodeToString(salt()) + ",i=" + iterations;
        authMessage = first.group("bare") + "," + answer;
        return answer;
    }

    private String last(String message) throws SaslRefusal {
        Matcher last = FINAL.matcher(message);
        if (!last.matches() || !last.group("nonce").equals(nonce)) {
            throw refusal("the client's last message does not go with the first");
        }
        String binding = last.group("binding");
        if (!binding.equals("biws") && !binding.equals("eSws") && !binding.startsWith("bixh")) {
            throw refusal("channel binding does not match");
        }
        authMessage += "," + last.group("bare");
        byte[] salted = hash.salted(Objects.requireNonNull(passwords.get(user)), salt(), iterations);
        byte[] storedKey = hash.digest(hash.hmac(salted, "Client Key"));
        byte[] clientKey = proof(last.group("proof"));
        byte[] signature = hash.hmac(storedKey, authMessage);
        if (clientKey.length != signature.length) {
            throw refusal("invalid credentials");
        }
        for (int i = 0; i < clientKey.length; i++) {
            clientKey[i] ^= signature[i];
        }
        if (!Arrays.equals(hash.digest(clientKey), storedKey)) {
            throw refusal("invalid credentials");
        }
        done = true;
        byte[] serverKey = hash.hmac(salted, "Server Key");
        return "v=" + Base64.getEncoder().encodeToString(hash.hmac(serverKey, authMessage));
    }

    private static byte[] proof(String text) throws SaslRefusal {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw refusal("the proof is not base 64");
        }
    }

    /** The same for a user at all times, as it is stored with the credentials. */
    private byte[] salt() {
        return Arrays.copyOf(hash.digest(user.getBytes(StandardCharsets.UTF_8)), 16);
    }

    private static SaslRefusal refusal(String why) {
        return new SaslRefusal("Authentication failed during authentication due to " + why);
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public String principal() {
        return user;
    }
}
