package io.penstock.internal.tls;

import io.penstock.internal.network.LinkFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLProtocolException;

/**
 * Says what a failure of TLS means and what to do about it.
 *
 * <p>What only other settings or certificates mend is told apart from what may go better the next time, as Kafka's client does it: a
 * failed handshake and an alert are the former, a connection that ends is the latter.
 */
final class TlsFailures {

    static final String TRUNCATED =
            "it ended without TLS's close_notify: the connection was cut, by a failure on the way or by"
                    + " somebody who can";
    static final String RENEGOTIATION =
            "it asked for a TLS renegotiation, which is refused (only TLS 1.3 renews its keys)";
    static final String ENDED = "ended the TLS handshake (close_notify) without saying why; see the broker's log";

    private static final int FIRST_RECORD_TYPE = 20;
    private static final int LAST_RECORD_TYPE = 24;
    private static final int TLS_MAJOR = 3;
    private static final int QUOTED_CHARS = 60;
    private static final int WORTH_QUOTING_CHARS = 4;

    private final EngineSource engines;

    TlsFailures(EngineSource engines) {
        this.engines = engines;
    }

    static IOException asIo(Exception e) {
        return e instanceof IOException io ? io : new SSLException("the TLS engine failed: " + e, e);
    }

    static IOException noEngine(Exception e) {
        return LinkFailure.passing("no TLS engine could be made for it: " + message(e), e);
    }

    /** Before an engine sees the first bytes of a record: engines call everything else an unknown message. */
    static void checkIsTls(ByteBuffer in) throws IOException {
        int at = in.position();
        boolean tls = in.remaining() < 2
                || (in.get(at) >= FIRST_RECORD_TYPE && in.get(at) <= LAST_RECORD_TYPE && in.get(at + 1) == TLS_MAJOR);
        if (!tls) {
            String quote = quote(in);
            throw LinkFailure.refused(
                    "its answer to the TLS handshake is not TLS"
                            + (quote.length() < WORTH_QUOTING_CHARS ? "" : " but \"" + quote + "\"")
                            + "; this is a listener without TLS (then set security.protocol to PLAINTEXT or"
                            + " SASL_PLAINTEXT, or use the port of an SSL listener), or no Kafka broker",
                    null);
        }
    }

    static IOException endInHandshake(Status status, boolean started) {
        if (status == Status.CLOSED) {
            return LinkFailure.passing(ENDED, null);
        }
        if (status == Status.BUFFER_OVERFLOW) {
            return LinkFailure.refused("sent data before the TLS handshake was done; it is no Kafka broker", null);
        }
        return LinkFailure.passing(
                started
                        ? "closed the connection in the middle of the TLS handshake; see the broker's log"
                        : "closed the connection without answering the TLS handshake; a listener without TLS does that"
                                + " (check security.protocol and the port), and so does a load balancer with no broker"
                                + " behind it",
                null);
    }

    /** The handshake failed with this. */
    IOException inHandshake(SSLEngine engine, Exception e) {
        if (e instanceof LinkFailure told) {
            return told;
        }
        if (e instanceof SSLException) {
            return ofTls(engine, e);
        }
        return e instanceof IOException
                ? LinkFailure.passing(
                        "the connection broke during the TLS handshake (" + message(e) + "); see the broker's log", e)
                : LinkFailure.refused("the TLS handshake failed: " + e, e);
    }

    /**
     * The same when our side was through with the handshake and nothing has come since: in TLS 1.3 the broker looks at our certificate only
     * then.
     */
    IOException afterHandshake(SSLEngine engine, IOException e) {
        if (e instanceof LinkFailure) {
            return withHint(engine, e);
        }
        return e instanceof SSLException ? ofTls(engine, e) : withHint(engine, e);
    }

    /** An end without a reason, right after the handshake, has one that is likely. */
    private IOException withHint(SSLEngine engine, IOException e) {
        String hint = hintOf(engines.offered(engine));
        return hint.isEmpty() ? e : LinkFailure.passing(message(e) + "; " + hint, e);
    }

    private IOException ofTls(SSLEngine engine, Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateRefusedException refused) {
                return LinkFailure.refused("TLS handshake failed: " + message(refused), e);
            }
        }
        Alert alert = Alert.in(message(e));
        if (alert != Alert.NONE) {
            return ofAlert(engine, alert, e);
        }
        boolean refused = e instanceof SSLHandshakeException
                || e instanceof SSLProtocolException
                || e instanceof SSLPeerUnverifiedException
                || e instanceof SSLKeyException;
        String what = "TLS handshake failed: " + message(e);
        return refused ? LinkFailure.refused(what + "; " + protocols(engine), e) : LinkFailure.passing(what, e);
    }

    private IOException ofAlert(SSLEngine engine, Alert alert, Exception e) {
        String what = "TLS handshake failed: the broker refused it with the alert " + alert.label() + "; ";
        OfferedCertificate offered = engines.offered(engine);
        return switch (alert.about()) {
            case OUR_CERTIFICATE -> LinkFailure.refused(what + certificateHint(offered), e);
            case PROTOCOL -> {
                String hint = alert == Alert.HANDSHAKE_FAILURE ? hintOf(offered) : "";
                yield LinkFailure.refused(what + (hint.isEmpty() ? protocols(engine) : hint), e);
            }
            case NAME ->
                LinkFailure.refused(
                        what + "it serves no host of that name (SNI); check bootstrap.servers and advertised.listeners",
                        e);
            case OTHER -> LinkFailure.passing(what + "see the broker's log", e);
        };
    }

    private static String certificateHint(OfferedCertificate offered) {
        String hint = hintOf(offered);
        return hint.isEmpty()
                ? "it does not accept this client's certificate: check that ssl.keystore.* holds one that is valid now and"
                        + " comes from an authority that the broker trusts"
                : hint;
    }

    private static String hintOf(OfferedCertificate offered) {
        return switch (offered) {
            case NONE_CONFIGURED ->
                "the broker asks for a client certificate, and none is configured: set ssl.keystore.location (or"
                        + " ssl.keystore.key and ssl.keystore.certificate.chain)";
            case NONE_FITS ->
                "the broker asks for a client certificate, and none in the key store comes from an authority that it"
                        + " names as trusted: check which one has issued the certificate of ssl.keystore.*";
            case NOT_ASKED, GIVEN -> "";
        };
    }

    private static String protocols(SSLEngine engine) {
        return "enabled here are " + Arrays.toString(engine.getEnabledProtocols())
                + ": check ssl.enabled.protocols and ssl.cipher.suites on both sides";
    }

    /** Its message, or its kind when it has none. */
    static String message(Throwable e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }

    private static String quote(ByteBuffer in) {
        StringBuilder text = new StringBuilder(QUOTED_CHARS);
        for (int i = in.position(); i < in.limit() && text.length() < QUOTED_CHARS; i++) {
            char c = (char) in.get(i);
            if (c < ' ' || c > '~') {
                break;
            }
            text.append(c);
        }
        return text.toString().strip();
    }
}
