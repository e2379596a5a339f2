package io.penstock.testkit.fake;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** SASL/PLAIN (RFC 4616): {@code [authorization id] NUL user NUL password} in one message. */
final class PlainServer implements SaslServer {

    private static final String WRONG = "Authentication failed: Invalid username or password";

    private final Map<String, String> passwords;
    private String user = "";
    private boolean done;

    PlainServer(Map<String, String> passwords) {
        this.passwords = passwords;
    }

    @Override
    public byte[] answer(byte[] message) throws SaslRefusal {
        String[] parts = new String(message, StandardCharsets.UTF_8).split("\0", -1);
        if (parts.length != 3 || parts[1].isEmpty() || parts[2].isEmpty()) {
            throw new SaslRefusal("Authentication failed: username or password not specified");
        }
        if (!parts[2].equals(passwords.get(parts[1]))) {
            throw new SaslRefusal(WRONG);
        }
        if (!parts[0].isEmpty() && !parts[0].equals(parts[1])) {
            throw new SaslRefusal(
                    "Authentication failed: Client requested an authorization id that is different from" + " username");
        }
        user = parts[1];
        done = true;
        return new byte[0];
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
