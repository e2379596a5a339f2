package io.penstock.internal.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.internal.network.ConnectionException.Reason;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.Response;
import io.penstock.wire.message.SaslAuthenticateRequest;
import io.penstock.wire.message.SaslAuthenticateResponse;
import io.penstock.wire.message.SaslHandshakeRequest;
import io.penstock.wire.message.SaslHandshakeResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The SASL part of a connection's setup, and of its renewals, with a broker and a mechanism that do what the test says. */
class SaslStepTest {

    private static final SaslHandshakeResponse SHAKEN = new SaslHandshakeResponse();

    private final ScriptedSasl sasl = new ScriptedSasl();
    private final NetworkFixture net = new NetworkFixture(sasl);

    @Test
    void setup_asksForVersionsThenTheMechanismThenCarriesItsMessages() {
        negotiate();
        assertThat(net.transport.last().takeWritten())
                .as("nothing before our first message is made")
                .isEmpty();
        sasl.last().reply("one", false, net.now());

        Frames.Received handshake = asked(ApiKey.SASL_HANDSHAKE);
        assertThat(handshake.header().requestApiVersion()).isEqualTo((short) 1);
        SaslHandshakeRequest named = new SaslHandshakeRequest();
        named.read(handshake.body(), (short) 1);
        assertThat(named.mechanism()).isEqualTo("SCRIPTED");
        answer(handshake, SHAKEN);

        Frames.Received first = asked(ApiKey.SASL_AUTHENTICATE);
        assertThat(message(first)).isEqualTo("one");
        answer(first, challenge("salt"));
        assertThat(sasl.last().challenges).containsExactly("", "salt");
        sasl.last().reply("two", false, net.now());

        Frames.Received second = asked(ApiKey.SASL_AUTHENTICATE);
        assertThat(message(second)).isEqualTo("two");
        assertThat(net.events).isEmpty();
        answer(second, challenge("signature"));
        assertThat(net.events).as("the broker's proof is not checked yet").isEmpty();
        sasl.last().reply(null, true, net.now());
        assertThat(net.events).containsExactly("ready 1");
        assertThat(sasl.last().closed).isTrue();
    }

    @Test
    void setup_whenTheBrokerRefuses_saysWhoAndWhyWithoutSecrets() {
        negotiate();
        sasl.last().reply("one", false, net.now());
        answer(asked(ApiKey.SASL_HANDSHAKE), SHAKEN);
        answer(
                asked(ApiKey.SASL_AUTHENTICATE),
                new SaslAuthenticateResponse()
                        .errorCode(ErrorCode.SASL_AUTHENTICATION_FAILED.code())
                        .errorMessage("Authentication failed:\ncanary is wrong"));
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
        assertThat(net.lastFailure())
                .hasMessageContaining("Broker 1 at one:9092")
                .hasMessageContaining("\"alice\"")
                .hasMessageContaining("SCRIPTED")
                .hasMessageContaining("Authentication failed: [hidden] is wrong");
        assertThat(sasl.last().closed).isTrue();
    }

    @Test
    void setup_whenTheMechanismIsNotOffered_namesThoseThatAre() {
        negotiate();
        sasl.last().reply("one", false, net.now());
        answer(
                asked(ApiKey.SASL_HANDSHAKE),
                new SaslHandshakeResponse()
                        .errorCode(ErrorCode.UNSUPPORTED_SASL_MECHANISM.code())
                        .mechanisms(List.of("PLAIN", "GSSAPI")));
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.UNSUPPORTED_MECHANISM);
        assertThat(net.lastFailure()).hasMessageContaining("PLAIN, GSSAPI");
    }

    @Test
    void setup_whenTheListenerHasNoSasl_saysSo() {
        negotiate();
        sasl.last().reply("one", false, net.now());
        answer(
                asked(ApiKey.SASL_HANDSHAKE),
                new SaslHandshakeResponse().errorCode(ErrorCode.ILLEGAL_SASL_STATE.code()));
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.ILLEGAL_SASL_STATE);
        assertThat(net.lastFailure()).hasMessageContaining("security.protocol");
    }

    @Test
    void setup_whenOurSideFails_sendsNothingAndSaysWhy() {
        negotiate();
        sasl.last().fail("the token server says no", net.now());
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
        assertThat(net.lastFailure()).hasMessageContaining("the token server says no");
        assertThat(net.transport.last().takeWritten()).isEmpty();
    }

    /** A handler that hangs, or a broker that does. */
    @Test
    void setup_whenItStalls_timesOutAndSaysWhere() {
        negotiate();
        net.after(NetworkFixture.REQUEST_TIMEOUT_MS);
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.SETUP_TIMEOUT);
        assertThat(net.lastFailure()).hasMessageContaining("login");
        assertThat(sasl.last().closed).isTrue();

        net.after(2_000);
        negotiate();
        sasl.last().reply("one", false, net.now());
        answer(asked(ApiKey.SASL_HANDSHAKE), SHAKEN);
        net.after(NetworkFixture.REQUEST_TIMEOUT_MS);
        assertThat(net.lastFailure()).hasMessageContaining("did not answer SaslAuthenticate");
    }

    /** A peer that asks for ever would keep a connection, and a processor, busy for nothing. */
    @Test
    void setup_whenTheBrokerNeverStopsAsking_givesUp() {
        negotiate();
        sasl.last().reply("one", false, net.now());
        answer(asked(ApiKey.SASL_HANDSHAKE), SHAKEN);
        int rounds = 0;
        while (net.events.isEmpty()) {
            assertThat(++rounds).isLessThan(100);
            answer(asked(ApiKey.SASL_AUTHENTICATE), challenge("more"));
            sasl.last().reply("more", false, net.now());
        }
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
    }

    @Test
    void setup_whenTheAnswerIsGarbage_closesTheConnection() {
        negotiate();
        sasl.last().reply("one", false, net.now());
        Frames.Received handshake = asked(ApiKey.SASL_HANDSHAKE);
        net.transport.last().receive(Frames.response(handshake.correlationId(), new byte[] {0, 0, 127, 127, 127, 127}));
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.NOT_KAFKA);
        assertThat(sasl.last().closed).isTrue();
    }

    @Test
    void session_isRenewedBeforeItsEndOnTheSameConnectionBetweenRequests() {
        Connection connection = ready(10_000);
        net.after(8_499);
        assertThat(sasl.opened).hasSize(1);
        net.after(1_002);
        assertThat(sasl.opened).as("begun between 85 and 95 % of the session").hasSize(2);

        RecordingHandler before = net.send(connection);
        net.connections.run(net.now());
        Frames.Received first = asked(ApiKey.METADATA);
        assertThat(connection.isReady())
                .as("requests go on while our message is made")
                .isTrue();
        sasl.last().reply("one", true, net.now());
        assertThat(connection.isReady()).as("the broker takes nothing else now").isFalse();
        assertThat(net.connections.ready(1, net.now())).isNull();
        assertThat(net.connections.leastLoaded(net.now())).isNull();

        Frames.Received handshake = asked(ApiKey.SASL_HANDSHAKE);
        net.transport.last().receive(Frames.response(first.correlationId(), (byte) 0));
        assertThat(before.responses).as("the answer to a request sent before").isEqualTo(1);
        answer(handshake, SHAKEN);
        answer(asked(ApiKey.SASL_AUTHENTICATE), new SaslAuthenticateResponse().sessionLifetimeMs(10_000));
        assertThat(connection.isReady()).isTrue();
        assertThat(net.connections.ready(1, net.now())).isSameAs(connection);
    }

    @Test
    void session_whenRenewed_goesOn() {
        Connection connection = ready(10_000);
        for (int renewal = 1; renewal <= 3; renewal++) {
            net.after(9_501);
            assertThat(sasl.opened).hasSize(renewal + 1);
            net.events.clear();
            authenticate(10_000);
            assertThat(net.events).containsExactly("capacity 1");
            assertThat(net.connections.ready(1, net.now())).isSameAs(connection);
        }
        assertThat(net.closings).isEmpty();
    }

    /** Prevents: after a pause of the process a request went out on the session that was over, which costs the connection. */
    @Test
    void session_thatIsOver_takesNothingUntilItIsRenewed() {
        Connection connection = ready(10_000);
        RecordingHandler before = net.send(connection);
        net.connections.run(net.now());
        Frames.Received first = asked(ApiKey.METADATA);
        net.after(10_000);
        assertThat(connection.isReady()).isFalse();
        assertThat(net.connections.ready(1, net.now())).isNull();

        net.events.clear();
        net.transport.last().receive(Frames.response(first.correlationId(), (byte) 0));
        assertThat(before.responses).isEqualTo(1);
        assertThat(net.events).as("no place for another").isEmpty();
        authenticate(10_000);
        assertThat(net.events).containsExactly("capacity 1");
        assertThat(net.connections.ready(1, net.now())).isSameAs(connection);

        net.after(9_501);
        authenticate(0);
        net.after(10_000);
        assertThat(connection.isReady()).as("the broker has set no end").isTrue();
        assertThat(net.closings).isEmpty();
    }

    @Test
    void session_thatIsOver_whenOurSideNeverAnswers_losesTheConnection() {
        ready(10_000);
        net.after(10_000);
        net.after(NetworkFixture.REQUEST_TIMEOUT_MS);
        assertThat(net.lastFailure()).hasMessageContaining("login").hasMessageContaining("30000 ms");
    }

    /** A renewal is no use of a connection: one that nobody needs is closed all the same. */
    @Test
    void session_doesNotKeepAnIdleConnection() {
        ready(100_000);
        for (int i = 0; i < 5; i++) {
            net.after(95_001);
            authenticate(100_000);
        }
        net.after(NetworkFixture.MAX_IDLE_MS - 5 * 95_001);
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.IDLE);
        net.after(200_000);
        assertThat(net.timers.count()).as("the renewal's timer went with it").isZero();
    }

    /** A token server that is down for a moment costs no connection. */
    @Test
    void session_whenOurSideFails_isTriedAgainWhileItLasts() {
        Connection connection = ready(60_000);
        net.after(57_001);
        sasl.last().fail("no token", net.now());
        assertThat(connection.isReady()).isTrue();
        net.after(1_000);
        assertThat(sasl.opened).hasSize(3);
        authenticate(60_000);
        assertThat(net.connections.ready(1, net.now())).isSameAs(connection);

        net.after(58_500);
        sasl.last().fail("no token", net.now());
        net.after(1_000);
        sasl.last().fail("no token", net.now());
        assertThat(net.lastFailure().reason()).as("the session ends").isEqualTo(Reason.AUTHENTICATION_FAILED);
    }

    @Test
    void session_whenTheBrokerStallsOrRefusesTheRenewal_losesTheConnection() {
        ready(10_000);
        net.after(9_501);
        sasl.last().reply("one", false, net.now());
        net.after(NetworkFixture.REQUEST_TIMEOUT_MS);
        assertThat(net.lastFailure()).hasMessageContaining("SaslHandshake").hasMessageContaining("30000 ms");

        net.after(2_000);
        ready(10_000);
        net.after(9_501);
        sasl.last().reply("one", false, net.now());
        answer(asked(ApiKey.SASL_HANDSHAKE), SHAKEN);
        answer(
                asked(ApiKey.SASL_AUTHENTICATE),
                new SaslAuthenticateResponse().errorCode(ErrorCode.SASL_AUTHENTICATION_FAILED.code()));
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
    }

    private void negotiate() {
        net.connections.endpoint(1, "one", 9092);
        net.connections.ready(1, net.now());
        VirtualLink link = net.transport.last();
        link.connected();
        Frames.Received asked = Frames.requests(link.takeWritten()).get(0);
        link.receive(Frames.apiVersions(
                asked.correlationId(), Frames.everything(), asked.header().requestApiVersion()));
    }

    private Connection ready(long sessionMs) {
        negotiate();
        authenticate(sessionMs);
        return net.opened.get(net.opened.size() - 1);
    }

    private void authenticate(long sessionMs) {
        sasl.last().reply("one", true, net.now());
        answer(asked(ApiKey.SASL_HANDSHAKE), SHAKEN);
        answer(asked(ApiKey.SASL_AUTHENTICATE), new SaslAuthenticateResponse().sessionLifetimeMs(sessionMs));
    }

    private Frames.Received asked(ApiKey key) {
        List<Frames.Received> all = Frames.requests(net.transport.last().takeWritten());
        assertThat(all).hasSize(1);
        assertThat(all.get(0).header().requestApiKey()).isEqualTo(key.id());
        return all.get(0);
    }

    private void answer(Frames.Received asked, Response response) {
        net.transport.last().receive(Frames.response(asked, response));
    }

    private static SaslAuthenticateResponse challenge(String text) {
        return new SaslAuthenticateResponse().authBytes(text.getBytes(UTF_8));
    }

    private static String message(Frames.Received asked) {
        SaslAuthenticateRequest request = new SaslAuthenticateRequest();
        request.read(asked.body(), asked.header().requestApiVersion());
        return new String(request.authBytes(), UTF_8);
    }
}
