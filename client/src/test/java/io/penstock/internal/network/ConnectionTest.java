package io.penstock.internal.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.internal.network.ConnectionException.Reason;
import io.penstock.wire.WireFormatException;
import io.penstock.wire.WireReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private final NetworkFixture net = new NetworkFixture();
    private final Connection connection = net.connect(1);
    private final VirtualLink link = net.transport.last();

    @Test
    void send_writesSeveralRequestsOfATurnTogether() {
        int calls = link.writeCalls;
        net.send(connection);
        net.send(connection);
        assertThat(link.writeCalls).as("nothing before the end of the turn").isEqualTo(calls);

        net.connections.run(net.now());

        assertThat(link.writeCalls).isEqualTo(calls + 1);
        assertThat(Frames.requests(link.takeWritten())).hasSize(2);
        assertThat(connection.inFlightCount()).isEqualTo(2);
    }

    @Test
    void send_whenTheLinkBlocks_waitsForItAndGoesOn() {
        link.capacity = 10;
        RecordingHandler handler = net.send(connection);
        net.connections.run(net.now());
        assertThat(link.wantsWrite).isTrue();
        int calls = link.writeCalls;
        net.send(connection);
        net.connections.run(net.now());
        assertThat(link.writeCalls).as("a blocked link is not tried again").isEqualTo(calls);

        link.capacity = Long.MAX_VALUE;
        link.listener.onWritable();

        assertThat(link.wantsWrite).isFalse();
        assertThat(Frames.requests(link.takeWritten())).hasSize(2);
        assertThat(handler.isUntouched()).isTrue();
    }

    @Test
    void onResponse_inOrder_reachesEachHandler() {
        RecordingHandler first = net.send(connection);
        RecordingHandler second = net.send(connection);
        List<Frames.Received> asked = flush();

        link.receive(Frames.join(
                Frames.response(asked.get(0).correlationId(), (byte) 1),
                Frames.response(asked.get(1).correlationId(), (byte) 2)));

        assertThat(first.body).containsExactly(1);
        assertThat(second.body).containsExactly(2);
        assertThat(connection.inFlightCount()).isZero();
        assertThat(net.events).containsExactly("ready 1", "capacity 1", "capacity 1");
    }

    @Test
    void onResponse_mayAlreadySendTheNext() {
        RecordingHandler first = new RecordingHandler();
        RecordingHandler second = new RecordingHandler();
        first.onResponse = () -> {
            assertThat(connection.inFlightCount()).isZero();
            connection.send(net.request(second), net.now());
        };
        connection.send(net.request(first), net.now());
        link.receive(Frames.response(flush().get(0).correlationId()));
        link.receive(Frames.response(flush().get(0).correlationId(), (byte) 9));
        assertThat(second.body).containsExactly(9);
    }

    @Test
    void onWritten_whenNoResponseIsExpected_endsTheRequest() {
        RecordingHandler handler = new RecordingHandler();
        link.capacity = 20;
        connection.send(net.request(handler, false, 50), net.now());
        net.connections.run(net.now());
        assertThat(handler.isUntouched()).isTrue();
        assertThat(connection.inFlightCount()).isEqualTo(1);

        link.capacity = Long.MAX_VALUE;
        link.listener.onWritable();

        assertThat(handler.writes).isEqualTo(1);
        assertThat(connection.inFlightCount()).isZero();
        assertThat(net.events).endsWith("capacity 1");
    }

    @Test
    void end_tellsEveryRequestOnceAndThenTheListener() {
        RecordingHandler written = net.send(connection);
        flush();
        link.capacity = 3;
        RecordingHandler begun = net.send(connection);
        net.connections.run(net.now());
        RecordingHandler queued = net.send(connection);
        RecordingHandler unanswered = new RecordingHandler();
        connection.send(net.request(unanswered, false, 8), net.now());

        link.end();

        for (RecordingHandler handler : List.of(written, begun, queued, unanswered)) {
            assertThat(handler.losses).isEqualTo(1);
            assertThat(handler.responses + handler.writes).isZero();
            assertThat(handler.cause).isInstanceOf(ConnectionException.class);
        }
        assertThat(written.mayHaveArrived).isTrue();
        assertThat(begun.mayHaveArrived).isTrue();
        assertThat(queued.mayHaveArrived).isFalse();
        assertThat(unanswered.mayHaveArrived).isFalse();
        assertThat(net.events).containsExactly("ready 1", "closed 1 ready");
        assertThat(connection.inFlightCount()).isZero();
        assertThat(link.closed).isTrue();
        assertThat(net.timers.count()).as("only the end of the backoff").isEqualTo(1);
    }

    @Test
    void end_onTheFirstRequest_pointsToSasl() {
        net.send(connection);
        flush();
        link.end();
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.LOST);
        assertThat(net.lastFailure()).hasMessageContaining("SASL").hasMessageContaining("METADATA");
    }

    /** Prevents advice about SASL for every broker that is stopped: this cluster has answered without it. */
    @Test
    void end_onTheFirstRequestOfALaterConnection_doesNotPointToSasl() {
        answerOne();
        link.end();
        net.after(2_000);
        Connection second = net.connect(1);
        net.send(second);
        net.connections.run(net.now());
        net.transport.last().end();
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.LOST);
        assertThat(net.lastFailure()).hasMessageNotContaining("SASL").hasMessageContaining("1 request(s) in flight");
    }

    @Test
    void end_inTheMiddleOfAResponse_saysHowFarItCame() {
        answerOne();
        net.send(connection);
        flush();
        link.receive(new byte[] {0, 0, 0, 20, 1, 2, 3});
        link.end();
        assertThat(net.lastFailure()).hasMessageContaining("3 of 20 bytes");
    }

    @Test
    void breakOff_namesTheError() {
        answerOne();
        RecordingHandler handler = net.send(connection);
        flush();
        link.breakOff("Connection reset by peer");
        assertThat(handler.cause)
                .hasMessage("Broker 1 at one:9092: closed the connection (Connection reset by peer) with 1 request(s)"
                        + " in flight");
    }

    @Test
    void receive_whenTheCorrelationIdIsWrong_closes() {
        RecordingHandler handler = net.send(connection);
        int asked = flush().get(0).correlationId();
        link.receive(Frames.response(asked + 1));
        assertThat(handler.losses).isEqualTo(1);
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.MALFORMED);
        assertThat(net.lastFailure()).hasMessageContaining("correlation id " + (asked + 1));
    }

    @Test
    void receive_whenNobodyAsked_closes() {
        link.receive(Frames.response(77));
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.MALFORMED);
        assertThat(net.lastFailure()).hasMessageContaining("nobody asked for");
    }

    @Test
    void receive_whenTheRequestIsNotWrittenYet_closes() {
        OutboundRequest request = net.request(new RecordingHandler());
        connection.send(request, net.now());
        link.receive(Frames.response(request.correlationId()));
        assertThat(net.lastFailure()).hasMessageContaining("before the request was wholly sent");
    }

    @Test
    void receive_whenTheHandlerFindsItMalformed_endsThatRequestAsLostToo() {
        RecordingHandler first = new RecordingHandler();
        first.failWith = new WireFormatException("meant");
        connection.send(net.request(first), net.now());
        RecordingHandler second = net.send(connection);
        List<Frames.Received> asked = flush();
        link.receive(Frames.join(
                Frames.response(asked.get(0).correlationId()),
                Frames.response(asked.get(1).correlationId())));

        assertThat(first.losses).isEqualTo(1);
        assertThat(second.losses).isEqualTo(1);
        assertThat(second.responses).as("nothing more is read from it").isZero();
        assertThat(connection.inFlightCount()).isZero();
        assertThat(net.lastFailure()).hasMessageContaining("METADATA version 1").hasMessageContaining("meant");
    }

    @Test
    void close_fromWithinAHandler_isFine() {
        RecordingHandler first = new RecordingHandler();
        IllegalStateException reason = new IllegalStateException("meant");
        first.onResponse = () -> connection.close(reason, net.now());
        connection.send(net.request(first), net.now());
        RecordingHandler second = net.send(connection);
        List<Frames.Received> asked = flush();
        link.receive(Frames.join(
                Frames.response(asked.get(0).correlationId()),
                Frames.response(asked.get(1).correlationId())));

        assertThat(first.responses).isEqualTo(1);
        assertThat(first.losses).isZero();
        assertThat(second.cause).isSameAs(reason);
        assertThat(net.closings).containsExactly(reason);
        assertThat(connection.inFlightCount()).isZero();
    }

    @Test
    void close_twice_tellsOnce() {
        connection.close(new IllegalStateException("first"), net.now());
        connection.close(new IllegalStateException("second"), net.now());
        link.listener.onReadable();
        link.listener.onWritable();
        assertThat(net.closings).hasSize(1);
        assertThatThrownBy(() -> net.send(connection)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void close_whenAHandlerThrows_tellsTheOthers() {
        List<String> told = new ArrayList<>();
        ResponseHandler throwing = new ResponseHandler() {
            @Override
            public void onResponse(WireReader body, long nowNanos) {}

            @Override
            public void onLost(Throwable cause, boolean mayHaveArrived, long nowNanos) {
                told.add("throwing");
                throw new IllegalStateException("meant");
            }
        };
        OutboundRequest template = net.request(new RecordingHandler());
        connection.send(
                new OutboundRequest(template.key(), template.version(), 5, template.frame(), 1_000_000, true, throwing),
                net.now());
        RecordingHandler second = net.send(connection);
        connection.close(new IllegalStateException("end"), net.now());
        assertThat(told).containsExactly("throwing");
        assertThat(second.losses).isEqualTo(1);
        assertThat(net.events).endsWith("closed 1 ready");
    }

    @Test
    void timeout_closesWithEverythingThatMatters() {
        RecordingHandler first = net.send(connection);
        flush();
        net.after(10_000);
        RecordingHandler second = net.send(connection);
        flush();
        net.after(19_999);
        assertThat(first.isUntouched()).isTrue();
        net.after(1);

        assertThat(net.lastFailure().reason()).isEqualTo(Reason.REQUEST_TIMEOUT);
        assertThat(net.lastFailure())
                .hasMessage("Broker 1 at one:9092: did not answer METADATA within 30000 ms; the connection is closed"
                        + " with 2 request(s) in flight");
        assertThat(first.losses).isEqualTo(1);
        assertThat(second.losses).isEqualTo(1);
    }

    @Test
    void timeout_countsFromTheOldestThatIsStillInFlight() {
        net.send(connection);
        int asked = flush().get(0).correlationId();
        net.after(20_000);
        RecordingHandler second = net.send(connection);
        flush();
        link.receive(Frames.response(asked));
        net.after(29_999);
        assertThat(second.isUntouched()).isTrue();
        net.after(1);
        assertThat(second.losses).isEqualTo(1);
    }

    @Test
    void timeout_ofARequestThatTheBrokerDoesNotTake_saysSo() {
        link.capacity = 5;
        RecordingHandler handler = new RecordingHandler();
        connection.send(net.request(handler, false, 8), net.now());
        net.connections.run(net.now());
        net.after(30_000);
        assertThat(handler.losses).isEqualTo(1);
        assertThat(handler.mayHaveArrived).isTrue();
        assertThat(net.lastFailure()).hasMessageContaining("did not take all bytes of METADATA (19 of 24 left)");
    }

    /** KIP-219: prevents timing out a request that a throttling broker does not read. */
    @Test
    void timeout_whenThrottled_countsFromTheEndOfTheThrottle() {
        RecordingHandler handler = net.send(connection);
        flush();
        net.after(1_000);
        connection.throttleUntil(net.now() + 50_000_000_000L);
        net.after(49_999);
        assertThat(connection.isThrottled(net.now())).isTrue();
        net.after(1);
        assertThat(connection.isThrottled(net.now())).isFalse();
        assertThat(net.events).endsWith("capacity 1");
        net.after(29_999);
        assertThat(handler.isUntouched()).isTrue();
        net.after(1);
        assertThat(handler.losses).isEqualTo(1);
    }

    @Test
    void throttleUntil_forWeeks_isObeyedForAMinute() {
        // Prevents: one wrong number in an answer silences the producer at that broker for up to 24 days.
        connection.throttleUntil(net.now() + Integer.MAX_VALUE * 1_000_000L);
        net.after(59_999);
        assertThat(connection.isThrottled(net.now())).isTrue();
        net.after(1);
        assertThat(connection.isThrottled(net.now())).isFalse();
        assertThat(net.events).endsWith("capacity 1");
    }

    @Test
    void throttleUntil_onlyEverLengthens() {
        connection.throttleUntil(net.now() + 50_000_000L);
        connection.throttleUntil(net.now() + 10_000_000L);
        net.after(49);
        assertThat(connection.isThrottled(net.now())).isTrue();
        net.after(1);
        assertThat(connection.isThrottled(net.now())).isFalse();
    }

    @Test
    void idle_closesWhenNothingWasSentForLong_andConnectsAgainWithoutBackoff() {
        answerOne();
        net.after(NetworkFixture.MAX_IDLE_MS - 1);
        answerOne();
        net.after(NetworkFixture.MAX_IDLE_MS - 1);
        assertThat(connection.isReady()).isTrue();
        net.after(1);

        assertThat(net.lastFailure().reason()).isEqualTo(Reason.IDLE);
        assertThat(net.connections.isBackingOff(1, net.now())).isFalse();
        net.connections.ready(1, net.now());
        assertThat(net.transport.links).hasSize(2);
    }

    /** Prevents an answer that takes long from being cut off as idleness. */
    @Test
    void idle_whileARequestIsInFlight_doesNotClose() {
        answerOne();
        OutboundRequest template = net.request(new RecordingHandler());
        RecordingHandler patient = new RecordingHandler();
        connection.send(
                new OutboundRequest(
                        template.key(),
                        template.version(),
                        template.correlationId(),
                        template.frame(),
                        Long.MAX_VALUE / 2,
                        true,
                        patient),
                net.now());
        flush();
        net.after(NetworkFixture.MAX_IDLE_MS * 3);
        assertThat(connection.isReady()).isTrue();
        assertThat(patient.isUntouched()).isTrue();
    }

    private List<Frames.Received> flush() {
        net.connections.run(net.now());
        return Frames.requests(link.takeWritten());
    }

    private void answerOne() {
        net.send(connection);
        link.receive(Frames.response(flush().get(0).correlationId()));
    }
}
