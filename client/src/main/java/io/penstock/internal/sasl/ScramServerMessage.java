package io.penstock.internal.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;

/**
 * A message of the server's: attributes of one letter each, separated by commas (RFC 5802, section 7). Immutable.
 *
 * <pre>
 *   first:  r=nonce,s=salt,i=iterations        final:  v=signature   or   e=error
 * </pre>
 */
record ScramServerMessage(Map<Character, String> attributes) {

    /** Far more than a message has; what a peer may have us look at. */
    private static final int MAX_BYTES = 16 << 10;

    static ScramServerMessage parse(byte[] bytes) throws SaslException {
        if (bytes.length > MAX_BYTES) {
            throw malformed("it has " + bytes.length + " bytes");
        }
        Map<Character, String> attributes = new LinkedHashMap<>();
        for (String part : decode(bytes).split(",", -1)) {
            if (part.length() < 2 || part.charAt(1) != '=' || !isLetter(part.charAt(0))) {
                throw malformed("a part of it is not of the form letter=value");
            }
            if (attributes.put(part.charAt(0), part.substring(2)) != null) {
                throw malformed("it has the attribute " + part.charAt(0) + " twice");
            }
        }
        if (attributes.containsKey('m')) {
            throw malformed("it demands an extension that this client does not know");
        }
        return new ScramServerMessage(attributes);
    }

    @Nullable
    String find(char name) {
        return attributes.get(name);
    }

    String text(char name) throws SaslException {
        String value = attributes.get(name);
        if (value == null || value.isEmpty()) {
            throw malformed("it has no attribute " + name);
        }
        return value;
    }

    byte[] base64(char name) throws SaslException {
        try {
            return Base64.getDecoder().decode(text(name));
        } catch (IllegalArgumentException e) {
            throw malformed("its attribute " + name + " is not Base64");
        }
    }

    int positiveNumber(char name) throws SaslException {
        String digits = text(name);
        if (!digits.matches("[1-9][0-9]{0,9}")) {
            throw malformed("its attribute " + name + " is no positive number");
        }
        return (int) Math.min(Long.parseLong(digits), Integer.MAX_VALUE);
    }

    static SaslException malformed(String why) {
        return new SaslException("the broker's SCRAM message makes no sense: " + why);
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static String decode(byte[] bytes) throws SaslException {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw malformed("it is not UTF-8");
        }
    }
}
