package io.penstock.internal.network;

import java.nio.ByteBuffer;

/**
 * Guesses who answered, from bytes that are not a Kafka frame.
 *
 * <p>The four bytes read as a size are the first of what the peer sent: {@code HTTP} reads as a frame of 1.2 GB.
 */
final class ForeignProtocol {

    private static final int HTTP = 0x48545450;
    private static final int SSH = 0x5353482d;
    private static final int TLS_ALERT = 0x15;
    private static final int TLS_HANDSHAKE = 0x16;
    private static final int TLS_MAJOR = 0x03;
    private static final int QUOTED_CHARS = 60;

    private ForeignProtocol() {}

    /** A message for a size that cannot be one; {@code rest} are the bytes after it, which stay where they are. */
    static String explain(int size, int limitBytes, ByteBuffer rest) {
        int first = size >>> 24;
        int second = size >>> 16 & 0xff;
        if ((first == TLS_ALERT || first == TLS_HANDSHAKE) && second == TLS_MAJOR) {
            return "the answer looks like TLS, not Kafka's plain protocol; this is a TLS listener:"
                    + " set security.protocol to SSL or SASL_SSL, or use the port of a PLAINTEXT listener";
        }
        String quote = quote(size, rest);
        if (size == HTTP) {
            return "this is not a Kafka broker: an HTTP server answered \"" + quote + "\"; check the host and port";
        }
        if (size == SSH) {
            return "this is not a Kafka broker: an SSH server answered \"" + quote + "\"; check the host and port";
        }
        if (quote.length() >= Integer.BYTES) {
            return "this is not a Kafka broker: it answered \"" + quote + "\"; check the host and port";
        }
        return "it announced a frame of " + size + " bytes, which is not between " + FrameReader.MIN_FRAME_BYTES
                + " and "
                + limitBytes
                + "; this is not a Kafka broker, or something between garbles its bytes: check the host and"
                + " port";
    }

    /** The first line of what came, as far as it is printable ASCII. */
    private static String quote(int size, ByteBuffer rest) {
        StringBuilder text = new StringBuilder(QUOTED_CHARS);
        for (int i = 0; i < Integer.BYTES + rest.remaining() && text.length() < QUOTED_CHARS; i++) {
            int value =
                    i < Integer.BYTES ? size >>> (24 - 8 * i) & 0xff : rest.get(rest.position() + i - Integer.BYTES);
            if (value < ' ' || value > '~') {
                break;
            }
            text.append((char) value);
        }
        return text.toString().strip();
    }
}
