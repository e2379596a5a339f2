package io.penstock.internal.network;

import io.penstock.internal.config.HostPort;
import io.penstock.internal.network.ConnectionException.Reason;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.WireReader;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.Request;
import io.penstock.wire.message.SaslAuthenticateRequest;
import io.penstock.wire.message.SaslAuthenticateResponse;
import io.penstock.wire.message.SaslHandshakeRequest;
import io.penstock.wire.message.SaslHandshakeResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates one connection once: SaslHandshake names the mechanism, then SaslAuthenticate carries its messages (KIP-43, KIP-152).
 *
 * <p>Loop only. Our first message is made before anything is sent, so that a connection in use stops for as short as it can when it is
 * authenticated anew (KIP-368). Between SaslHandshake and the last answer the broker takes nothing else.
 */
final class SaslStep implements SetupStep, SaslExchange.Replies {

    /** Version 0 had the messages follow without a header. */
    private static final short LOWEST_HANDSHAKE = 1;

    /** No mechanism has as many rounds; a broker that goes on asking is no broker. */
    private static final int MAX_ROUNDS = 16;

    private static final int MAX_QUOTED_CHARS = 500;
    private static final byte[] NOTHING = {};

    private final SaslExchanges exchanges;
    private final String clientId;
    private final HostPort broker;

    private @Nullable Setup setup;
    private @Nullable SaslExchange exchange;
    private byte @Nullable [] firstMessage;
    private String principal = "";
    private boolean complete;
    private boolean shaken;
    private int rounds;
    private String waitingFor = "this client's login did not end";

    SaslStep(SaslExchanges exchanges, String clientId, HostPort broker) {
        this.exchanges = exchanges;
        this.clientId = clientId;
        this.broker = broker;
    }

    @Override
    public void begin(Setup with, long nowNanos) {
        setup = with;
        SaslExchange opened = exchanges.open(broker);
        exchange = opened;
        opened.next(NOTHING, this);
    }

    @Override
    public String waitingFor() {
        return waitingFor;
    }

    @Override
    public void abandon() {
        SaslExchange open = exchange;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void onReply(SaslExchange.Reply reply, long nowNanos) {
        complete = reply.complete();
        principal = reply.principal();
        if (!shaken) {
            shaken = true;
            firstMessage = reply.bytes();
            shakeHands(setup(), nowNanos);
        } else if (reply.bytes() != null) {
            authenticate(setup(), reply.bytes(), nowNanos);
        } else if (complete) {
            done(setup(), nowNanos);
        } else {
            onFailed("the mechanism has nothing to say and is not done", nowNanos);
        }
    }

    @Override
    public void onFailed(String why, long nowNanos) {
        setup().fail(
                        Reason.AUTHENTICATION_FAILED,
                        "could not be authenticated with" + who() + " (" + exchanges.mechanism() + "): " + why,
                        nowNanos);
    }

    private void shakeHands(Setup with, long nowNanos) {
        short version = with.versions().highest(ApiKey.SASL_HANDSHAKE);
        if (version < LOWEST_HANDSHAKE || with.versions().highest(ApiKey.SASL_AUTHENTICATE) < 0) {
            with.fail(
                    Reason.HANDSHAKE_FAILED,
                    "does not offer SASL in a version that this client speaks; use a broker of Kafka 2.1 or later",
                    nowNanos);
            return;
        }
        waitingFor = "did not answer SaslHandshake";
        with.takeOver(nowNanos);
        send(with, new SaslHandshakeRequest().mechanism(exchanges.mechanism()), version, this::onHandshake, nowNanos);
    }

    private void onHandshake(WireReader body, short version, long nowNanos) {
        SaslHandshakeResponse response = new SaslHandshakeResponse();
        response.read(body, version);
        ErrorCode error = ErrorCode.forCode(response.errorCode());
        if (error == ErrorCode.NONE) {
            byte[] first = firstMessage;
            firstMessage = null;
            authenticate(setup(), first == null ? NOTHING : first, nowNanos);
        } else if (error == ErrorCode.UNSUPPORTED_SASL_MECHANISM) {
            setup().fail(
                            Reason.UNSUPPORTED_MECHANISM,
                            "does not take the SASL mechanism " + exchanges.mechanism() + " on this listener but "
                                    + quote(String.join(", ", response.mechanisms()))
                                    + "; set sasl.mechanism to one of these",
                            nowNanos);
        } else if (error == ErrorCode.ILLEGAL_SASL_STATE) {
            setup().fail(
                            Reason.ILLEGAL_SASL_STATE,
                            "does not expect SASL on this listener; set security.protocol to PLAINTEXT or SSL, or use the"
                                    + " port of a SASL listener",
                            nowNanos);
        } else {
            setup().fail(Reason.HANDSHAKE_FAILED, "answered SaslHandshake with the error " + error, nowNanos);
        }
    }

    private void authenticate(Setup with, byte[] message, long nowNanos) {
        if (++rounds > MAX_ROUNDS) {
            onFailed("it has asked " + MAX_ROUNDS + " times and is still not done; is it a Kafka broker?", nowNanos);
            return;
        }
        waitingFor = "did not answer SaslAuthenticate";
        send(
                with,
                new SaslAuthenticateRequest().authBytes(message),
                with.versions().highest(ApiKey.SASL_AUTHENTICATE),
                this::onAuthenticate,
                nowNanos);
    }

    private void onAuthenticate(WireReader body, short version, long nowNanos) {
        SaslAuthenticateResponse response = new SaslAuthenticateResponse();
        response.read(body, version);
        ErrorCode error = ErrorCode.forCode(response.errorCode());
        if (error != ErrorCode.NONE) {
            refused(error, response.errorMessage(), nowNanos);
            return;
        }
        if (response.sessionLifetimeMs() > 0) {
            setup().sessionEnds(response.sessionLifetimeMs(), nowNanos);
        }
        if (complete) {
            done(setup(), nowNanos);
        } else {
            waitingFor = "this client's next SASL message was not made";
            Objects.requireNonNull(exchange).next(response.authBytes(), this);
        }
    }

    private void refused(ErrorCode error, @Nullable String message, long nowNanos) {
        String said = message == null || message.isBlank() ? error.toString() : quote(message);
        if (error == ErrorCode.SASL_AUTHENTICATION_FAILED) {
            setup().fail(
                            Reason.AUTHENTICATION_FAILED,
                            "refused the credentials of" + who() + " (" + exchanges.mechanism() + "): " + said
                                    + ". Check the name and the secret in sasl.jaas.config, and that the broker knows them",
                            nowNanos);
        } else {
            setup().fail(
                            error == ErrorCode.ILLEGAL_SASL_STATE ? Reason.ILLEGAL_SASL_STATE : Reason.HANDSHAKE_FAILED,
                            "answered SaslAuthenticate with the error " + error + ": " + said,
                            nowNanos);
        }
    }

    private void done(Setup with, long nowNanos) {
        abandon();
        with.authenticated((principal.isEmpty() ? "" : "\"" + principal + "\" ") + "(" + exchanges.mechanism() + ")");
        with.stepDone(nowNanos);
    }

    private String who() {
        return principal.isEmpty() ? " this client" : " \"" + principal + "\"";
    }

    /** A peer's text: what is secret replaced, on one line, and not too much of it. */
    private String quote(String text) {
        SaslExchange open = exchange;
        String safe = open == null ? text : open.conceal(text);
        String line = safe.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= MAX_QUOTED_CHARS ? line : line.substring(0, MAX_QUOTED_CHARS) + "...";
    }

    private Setup setup() {
        return Objects.requireNonNull(setup);
    }

    private void send(Setup with, Request request, short version, Answer answer, long nowNanos) {
        int correlationId = with.nextCorrelationId();
        with.send(
                new OutboundRequest(
                        request.apiKey(),
                        version,
                        correlationId,
                        RequestFrame.encode(request, version, clientId, correlationId),
                        with.timeoutNanos(),
                        true,
                        new Call(version, answer)),
                nowNanos);
    }

    private interface Answer {
        void take(WireReader body, short version, long nowNanos);
    }

    private record Call(short version, Answer answer) implements ResponseHandler {

        @Override
        public void onResponse(WireReader body, long nowNanos) {
            answer.take(body, version, nowNanos);
        }

        @Override
        public void onLost(Throwable cause, boolean mayHaveArrived, long nowNanos) {
            // Whoever closed the connection has said why; nothing waits for this exchange but the connection.
        }
    }
}
