package io.penstock.internal.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.wire.WireFormatException;
import io.penstock.wire.message.ApiKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionMeterTest {

    private final NetworkFixture net = new NetworkFixture();
    private final RecordingMeter meter = net.meter;
    private final Connection connection = net.connect(1);
    private final VirtualLink link = net.transport.last();

    @Test
    void setup_isMeasuredToo() {
        assertThat(meter.connected).isEqualTo(1);
        assertThat(meter.answered).containsExactly(ApiKey.API_VERSIONS);
        assertThat(meter.requests).isEqualTo(1);
        assertThat(meter.ended).isEqualTo(1);
        assertThat(meter.writtenBytes).isEqualTo(meter.requestBytes).isEqualTo(link.written.size());
    }

    @Test
    void onResponse_tellsTheLatencyAndTheBytes() {
        long readBefore = meter.readBytes;
        net.send(connection);
        net.connections.run(net.now());
        byte[] answer =
                Frames.response(Frames.requests(link.takeWritten()).get(0).correlationId());
        net.clock.advanceMillis(7);
        link.receive(answer);

        assertThat(meter.answered).containsExactly(ApiKey.API_VERSIONS, ApiKey.METADATA);
        assertThat(meter.latencies.get(1)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(7));
        assertThat(meter.readBytes - readBefore).isEqualTo(answer.length);
        assertThat(meter.writtenBytes).isEqualTo(meter.requestBytes);
    }

    @Test
    void onResponse_isToldBeforeTheHandler() {
        // prevents a caller whose future is done from reading metrics in which its request does not exist yet
        List<Integer> whenHandled = new ArrayList<>();
        RecordingHandler handler = net.send(connection);
        handler.onResponse = () -> whenHandled.addAll(List.of(meter.latencies.size(), meter.ended));
        net.connections.run(net.now());
        link.receive(Frames.response(Frames.requests(link.takeWritten()).get(0).correlationId()));

        assertThat(whenHandled).containsExactly(2, 2);
    }

    @Test
    void onWritten_tellsOnlyWhatTheLinkTook() {
        long before = meter.writtenBytes;
        link.capacity = 10;
        net.send(connection);
        net.connections.run(net.now());
        assertThat(meter.writtenBytes - before).isEqualTo(10);

        link.capacity = Long.MAX_VALUE;
        link.listener.onWritable();
        assertThat(meter.writtenBytes).isEqualTo(meter.requestBytes);
    }

    @Test
    void onRequestEnded_comesOnceForEveryRequest_whateverBecomesOfIt() {
        connection.send(net.request(new RecordingHandler(), false, 8), net.now()); // written, no answer expected
        RecordingHandler refused = net.send(connection);
        refused.failWith = new WireFormatException("of no use");
        net.send(connection); // lost with the connection
        net.connections.run(net.now());
        assertThat(meter.ended).isEqualTo(2);

        byte[] written = link.takeWritten();
        link.receive(Frames.response(Frames.requests(written).get(1).correlationId()));

        assertThat(refused.responses).isEqualTo(1);
        assertThat(connection.isClosed()).isTrue();
        assertThat(meter.requests).isEqualTo(4);
        assertThat(meter.unusable).isEqualTo(1);
        assertThat(meter.ended - meter.unusable).isEqualTo(4);
        assertThat(meter.disconnected).isEqualTo(1);
    }

    @Test
    void onDisconnected_isNotToldOfALinkThatNeverWas() {
        connection.close(
                new ConnectionException(ConnectionException.Reason.LOST, 1, connection.endpoint(), "x", null),
                net.now());
        net.after(10_000);
        net.connections.ready(1, net.now());
        net.transport.last().refuse("refused");

        assertThat(meter.connected).isEqualTo(1);
        assertThat(meter.disconnected).isEqualTo(1);
    }
}
