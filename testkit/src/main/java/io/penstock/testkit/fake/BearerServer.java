package io.penstock.testkit.fake;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SASL/OAUTHBEARER (RFC 7628): {@code n,[a=user], ^A auth=Bearer token ^A ... ^A}. A bad token is answered with a JSON text, and
 * refused once the client has acknowledged that by a single {@code ^A}.
 */
final class BearerServer implements SaslServer {

    private static final Pattern FIRST = Pattern.compile(
            "n,(?:a=(?<user>[^,]*))?,\u0001(?:[A-Za-z]+=[^\u0001]*\u0001)*?auth=[Bb]earer +(?<token>[-_~+/.A-Za-z0-9]+=*)\u0001"
                    + "(?:[A-Za-z]+=[^\u0001]*\u0001)*\u0001");

    private final Predicate<String> tokens;
    private boolean refused;
    private boolean done;
    private String user = "";

    BearerServer(Predicate<String> tokens) {
        this.tokens = tokens;
    }

    @Override
    public byte[] answer(byte[] message) throws SaslRefusal {
        if (refused) {
            throw new SaslRefusal("Authentication failed: the token was refused");
        }
        Matcher first = FIRST.matcher(new String(message, StandardCharsets.UTF_8));
        if (!first.matches()) {
            throw new SaslRefusal("Authentication failed: Invalid OAUTHBEARER client first message");
        }
        if (tokens.test(first.group("token"))) {
            user = first.group("user") == null ? "token" : first.group("user");
            done = true;
            return new byte[0];
        }
        refused = true;
        return "{\"status\":\"invalid_token\"}".getBytes(StandardCharsets.UTF_8);
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
