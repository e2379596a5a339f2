package io.penstock.internal.tls;

import java.util.Locale;

/** The alerts of TLS (RFC 8446, 6.2) by which a broker refuses a handshake, as JDK and other engines spell them in messages. */
enum Alert {
    BAD_CERTIFICATE(About.OUR_CERTIFICATE),
    UNSUPPORTED_CERTIFICATE(About.OUR_CERTIFICATE),
    CERTIFICATE_REVOKED(About.OUR_CERTIFICATE),
    CERTIFICATE_EXPIRED(About.OUR_CERTIFICATE),
    CERTIFICATE_UNKNOWN(About.OUR_CERTIFICATE),
    CERTIFICATE_REQUIRED(About.OUR_CERTIFICATE),
    UNKNOWN_CA(About.OUR_CERTIFICATE),
    ACCESS_DENIED(About.OUR_CERTIFICATE),
    HANDSHAKE_FAILURE(About.PROTOCOL),
    PROTOCOL_VERSION(About.PROTOCOL),
    INSUFFICIENT_SECURITY(About.PROTOCOL),
    ILLEGAL_PARAMETER(About.PROTOCOL),
    DECODE_ERROR(About.PROTOCOL),
    DECRYPT_ERROR(About.PROTOCOL),
    UNEXPECTED_MESSAGE(About.PROTOCOL),
    MISSING_EXTENSION(About.PROTOCOL),
    UNSUPPORTED_EXTENSION(About.PROTOCOL),
    NO_APPLICATION_PROTOCOL(About.PROTOCOL),
    UNRECOGNIZED_NAME(About.NAME),
    INTERNAL_ERROR(About.OTHER),
    USER_CANCELED(About.OTHER),
    BAD_RECORD_MAC(About.OTHER),
    RECORD_OVERFLOW(About.OTHER),
    /** The message is of none. */
    NONE(About.OTHER);

    /** What has to be looked at. */
    enum About {
        OUR_CERTIFICATE,
        PROTOCOL,
        NAME,
        OTHER
    }

    private final About about;

    Alert(About about) {
        this.about = about;
    }

    About about() {
        return about;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The alert that an exception's message is about, as in {@code Received fatal alert: bad_certificate}. */
    static Alert in(String message) {
        if (message.contains("alert")) {
            String lower = message.toLowerCase(Locale.ROOT);
            for (Alert alert : values()) {
                if (alert != NONE && (lower.contains(alert.label()))) {
                    return alert;
                }
            }
        }
        return NONE;
    }
}
