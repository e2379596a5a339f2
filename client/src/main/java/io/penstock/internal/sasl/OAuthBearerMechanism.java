package io.penstock.internal.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.security.OAuthBearerToken;
import io.penstock.security.OAuthBearerTokenCallback;
import io.penstock.security.SaslExtensionsCallback;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;

/**
 * OAUTHBEARER: a token in one message (RFC 7628).
 *
 * <pre>
 *   client    n,, ^A auth=Bearer token ^A [key=value ^A ...] ^A       ^A is the byte 1
 *   broker    nothing when all is well, else a JSON text that says why
 *   client    ^A, upon which the broker ends the exchange with its error
 * </pre>
 */
final class OAuthBearerMechanism implements Mechanism {

    private static final char SEPARATOR = 1;

    /** {@code b64token} of RFC 6750; anything else could end the message early. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9\\-._~+/]+=*");

    private static final byte[] ACKNOWLEDGED = {SEPARATOR};

    private final OAuthBearerToken token;
    private final Map<String, String> extensions;
    private boolean sent;
    private boolean complete;
    private boolean refused;

    OAuthBearerMechanism(CallbackHandler handler) throws SaslException {
        OAuthBearerTokenCallback tokenCallback = new OAuthBearerTokenCallback();
        NamePassword.answer(handler, tokenCallback);
        OAuthBearerToken given = tokenCallback.token();
        if (given == null) {
            throw new SaslException("there is no token" + because(tokenCallback));
        }
        if (!TOKEN.matcher(given.value()).matches()) {
            throw new SaslException("the token has characters that a bearer token cannot have (RFC 6750)");
        }
        this.token = given;
        SaslExtensionsCallback extensionsCallback = new SaslExtensionsCallback();
        try {
            NamePassword.answer(handler, extensionsCallback);
        } catch (SaslException e) {
            if (!(e.getCause() instanceof UnsupportedCallbackException)) {
                throw e;
            }
        }
        this.extensions = new TreeMap<>(extensionsCallback.extensions().map());
    }

    /** Why the handler has given none; empty when it did not say. */
    static String because(OAuthBearerTokenCallback callback) {
        if (callback.errorCode() == null) {
            return "";
        }
        return ": " + callback.errorCode()
                + (callback.errorDescription() == null ? "" : " (" + callback.errorDescription() + ")");
    }

    @Override
    public String principal() {
        return token.principalName();
    }

    @Override
    public String conceal(String text) {
        return Mechanism.conceal(text, token.value());
    }

    @Override
    public byte @Nullable [] evaluate(byte[] challenge) throws SaslException {
        if (!sent) {
            sent = true;
            StringBuilder message = new StringBuilder("n,,").append(SEPARATOR);
            message.append("auth=Bearer ").append(token.value()).append(SEPARATOR);
            extensions.forEach((key, value) ->
                    message.append(key).append('=').append(value).append(SEPARATOR));
            return message.append(SEPARATOR).toString().getBytes(UTF_8);
        }
        if (challenge.length == 0 && !refused) {
            complete = true;
            return null;
        }
        if (refused) {
            throw new SaslException("the broker refused the token and went on all the same");
        }
        refused = true;
        return ACKNOWLEDGED.clone();
    }

    @Override
    public boolean isComplete() {
        return complete;
    }
}
