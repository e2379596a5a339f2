package io.penstock.internal.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.internal.config.DnsLookup;
import io.penstock.internal.config.HostPort;
import io.penstock.internal.network.ConnectionException.Reason;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

    private final NetworkFixture net = new NetworkFixture("one", "two");
    private final Connections connections = net.connections;

    @Test
    void ready_connectsOnceAndGivesItWhenItIsThere() {
        assertThat(connections.ready(-1, net.now())).isNull();
        assertThat(connections.ready(-1, net.now())).isNull();
        assertThat(net.transport.links).hasSize(1);
        assertThat(net.transport.last().address.getHostString()).isEqualTo("one");
        assertThat(net.transport.last().address.getPort()).isEqualTo(9092);

        Connection connection = net.shakeHands(net.transport.last());

        assertThat(connections.ready(-1, net.now())).isSameAs(connection);
        assertThat(connection.nodeId()).isEqualTo(-1);
        assertThat(connection.endpoint()).hasToString("one:9092");
    }

    @Test
    void ready_whenTheNodeIsNotKnown_isNull() {
        assertThat(connections.ready(5, net.now())).isNull();
        assertThat(connections.isBackingOff(5, net.now())).isFalse();
        assertThat(net.transport.links).isEmpty();
    }

    @Test
    void failure_backsOffExponentiallyWithJitterUpToTheMaximum() {
        long[] expected = {50, 100, 200, 400, 800, 1_000, 1_000, 1_000};
        for (long millis : expected) {
            connections.ready(-1, net.now());
            net.transport.last().refuse("Connection refused");
            assertThat(connections.isBackingOff(-1, net.now())).isTrue();
            long waitMillis = (connections.retryAtNanos(-1) - net.now()) / 1_000_000;
            assertThat(waitMillis).isBetween((long) (millis * 0.8) - 1, Math.min(1_000, (long) (millis * 1.2) + 1));
            int links = net.transport.links.size();
            assertThat(connections.ready(-1, net.now())).isNull();
            assertThat(net.transport.links).as("not while backing off").hasSize(links);
            net.after(waitMillis + 1);
            assertThat(connections.isBackingOff(-1, net.now())).isFalse();
        }
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.CONNECT_FAILED);
        assertThat(net.lastFailure())
                .hasMessageStartingWith("Bootstrap server one:9092: connecting failed (Connection refused)");
    }

    /** Prevents a broker that shakes hands and then hangs up (SASL) from being called twenty times a second for ever. */
    @Test
    void failure_rightAfterTheHandshake_backsOffMoreAndMore() {
        long last = 0;
        for (int i = 0; i < 4; i++) {
            connections.ready(-1, net.now());
            net.send(net.shakeHands(net.transport.last()));
            connections.run(net.now());
            net.transport.last().end();
            long wait = connections.retryAtNanos(-1) - net.now();
            assertThat(wait).isGreaterThan(last);
            last = wait;
            net.after(2_000);
        }
    }

    @Test
    void failure_afterAnAnswer_startsAgainFromTheFirstBackoff() {
        for (int i = 0; i < 5; i++) {
            connections.ready(-1, net.now());
            net.transport.last().refuse("no");
            net.after(2_000);
        }
        connections.ready(-1, net.now());
        Connection connection = net.shakeHands(net.transport.last());
        net.send(connection);
        connections.run(net.now());
        net.transport
                .last()
                .receive(Frames.response(Frames.requests(net.transport.last().takeWritten())
                        .get(0)
                        .correlationId()));
        net.transport.last().end();
        assertThat(connections.retryAtNanos(-1) - net.now()).isBetween(40_000_000L, 60_000_000L);
    }

    @Test
    void failure_withinTheCallOfTheTransport_isToldInALaterTurn() {
        net.transport.connectFailure = new IOException("Network is unreachable");
        connections.ready(-1, net.now());
        assertThat(net.events).isEmpty();
        net.after(0);
        assertThat(net.events).containsExactly("closed -1");
        assertThat(net.lastFailure()).hasMessageContaining("Network is unreachable");
    }

    @Test
    void setup_whenTheAddressIsSilent_timesOutAndTheNextTimeAllowsMore() {
        connections.ready(-1, net.now());
        net.after(7_999);
        assertThat(net.events).isEmpty();
        net.after(4_002);
        assertThat(net.events).containsExactly("closed -1");
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.SETUP_TIMEOUT);
        assertThat(net.transport.last().closed).isTrue();

        connections.ready(-1, net.now() + 100_000_000);
        net.after(15_999);
        assertThat(net.events).hasSize(1);
        net.after(8_002);
        assertThat(net.events).hasSize(2);
    }

    @Test
    void setup_whenTheHandshakeIsNotAnswered_timesOut() {
        connections.ready(-1, net.now());
        net.transport.last().connected();
        net.after(NetworkFixture.REQUEST_TIMEOUT_MS - 1);
        assertThat(net.events).isEmpty();
        net.after(1);
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.SETUP_TIMEOUT);
        assertThat(net.lastFailure()).hasMessageContaining("ApiVersions within 30000 ms");
    }

    @Test
    void setup_whenTheAnswerIsNoneAtAll_saysWhatThatMayMean() {
        connections.ready(-1, net.now());
        net.transport.last().connected();
        net.transport.last().end();
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.NOT_KAFKA);
        assertThat(net.lastFailure()).hasMessageContaining("TLS");
    }

    @Test
    void addresses_areTriedInTurnWithoutWaiting_andTheFailureNamesThem() {
        connections.endpoint(3, "three", 9092);
        connections.ready(3, net.now());
        net.transport.last().refuse("refused 1");
        net.transport.last().refuse("refused 2");
        assertThat(net.events).isEmpty();
        net.transport.last().refuse("refused 3");

        assertThat(tried()).containsExactly("10.0.1.1", "10.0.1.2", "10.0.1.3");
        assertThat(net.events).containsExactly("closed 3");
        assertThat(net.lastFailure())
                .hasMessageContaining("none of its 3 addresses (10.0.1.1, 10.0.1.2, 10.0.1.3)")
                .hasMessageContaining("refused 3");
        assertThat(net.resolver.asked).containsExactly("three");
    }

    @Test
    void addresses_whenASecondOneWorks_areNotAFailure() {
        connections.endpoint(3, "three", 9092);
        connections.ready(3, net.now());
        net.transport.last().refuse("refused 1");
        net.shakeHands(net.transport.last());
        assertThat(net.events).containsExactly("ready 3");
    }

    /** Prevents the message "none can be used" when the second one was reached and refused us in its own words. */
    @Test
    void addresses_whenTheSecondIsNoBroker_areNotAllBlamed() {
        connections.endpoint(3, "three", 9092);
        connections.ready(3, net.now());
        net.transport.last().refuse("refused 1");
        net.transport.last().connected();
        net.transport.last().end();
        assertThat(net.events).containsExactly("closed 3");
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.NOT_KAFKA);
        assertThat(net.lastFailure().getMessage()).doesNotContain("none of its");
    }

    @Test
    void state_goesForwardOnly() {
        for (ConnectionState from : ConnectionState.values()) {
            for (ConnectionState to : ConnectionState.values()) {
                assertThat(from.successors().contains(to))
                        .isEqualTo(from != ConnectionState.CLOSED
                                && (to == ConnectionState.CLOSED || to.ordinal() == from.ordinal() + 1));
            }
        }
        assertThatThrownBy(() -> ConnectionState.CLOSED.to(ConnectionState.READY))
                .isInstanceOf(IllegalStateException.class);
    }

    /** Prevents an address that takes connections but is no broker from being the first one for ever. */
    @Test
    void addresses_afterALostConnection_beginWithTheNext() {
        connections.endpoint(3, "three", 9092);
        for (int i = 0; i < 4; i++) {
            connections.ready(3, net.now());
            net.shakeHands(net.transport.last());
            net.transport.last().end();
            net.after(2_000);
        }
        assertThat(tried()).containsExactly("10.0.1.1", "10.0.1.2", "10.0.1.3", "10.0.1.1");
        assertThat(net.resolver.asked).as("each round looks the name up again").hasSize(4);
    }

    @Test
    void unknownHost_isReportedByName() {
        connections.endpoint(8, "nowhere.example", 9092);
        connections.ready(8, net.now());
        assertThat(net.events).containsExactly("closed 8");
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.UNKNOWN_HOST);
        assertThat(net.lastFailure())
                .hasMessageStartingWith("Broker 8 at nowhere.example:9092: the host name 'nowhere.example'");
        assertThat(connections.isBackingOff(8, net.now())).isTrue();

        net.resolver.host("nowhere.example", "10.0.0.9");
        net.after(2_000);
        connections.ready(8, net.now());
        assertThat(net.transport.links).hasSize(1);
    }

    @Test
    void canonicalNames_areAskedForBootstrapServersOnly() {
        NetworkFixture canonical = new NetworkFixture(DnsLookup.RESOLVE_CANONICAL_BOOTSTRAP_SERVERS_ONLY, "one");
        canonical.connections.endpoint(4, "two", 9092);
        canonical.connections.ready(-1, canonical.now());
        canonical.connections.ready(4, canonical.now());
        assertThat(canonical.resolver.asked).containsExactly("one canonical", "two");
    }

    @Test
    void resolving_whenTheNodeMovesMeanwhile_ignoresTheOldAnswer() {
        net.resolver.wait = true;
        connections.endpoint(5, "one", 9092);
        connections.ready(5, net.now());
        connections.endpoint(5, "two", 9092);
        connections.ready(5, net.now());
        net.resolver.waiting.forEach(Runnable::run);
        assertThat(tried()).containsExactly("10.0.0.2");
    }

    @Test
    void endpoint_whenItChanges_retiresTheConnectionAfterItsRequests() {
        Connection old = net.connect(1);
        VirtualLink oldLink = net.transport.last();
        RecordingHandler handler = net.send(old);
        connections.run(net.now());

        connections.endpoint(1, "two", 9093);

        assertThat(old.isReady()).isFalse();
        assertThat(oldLink.closed).isFalse();
        assertThat(connections.ready(1, net.now())).isNull();
        Connection fresh = net.shakeHands(net.transport.last());
        assertThat(connections.ready(1, net.now())).isSameAs(fresh);
        oldLink.receive(
                Frames.response(Frames.requests(oldLink.takeWritten()).get(0).correlationId()));
        assertThat(handler.responses).isEqualTo(1);
        assertThat(oldLink.closed).isTrue();
        assertThat(net.events).as("not reported").doesNotContain("closed 1 ready");
        assertThat(connections.ready(1, net.now())).isSameAs(fresh);
    }

    @Test
    void endpoint_whenItIsTheSame_keepsTheConnection() {
        Connection connection = net.connect(1);
        connections.endpoint(1, "one", 9092);
        assertThat(connections.ready(1, net.now())).isSameAs(connection);
    }

    /** Prevents an address that a broker makes up from reaching further than that broker. */
    @Test
    void endpoint_whenItIsNone_forgetsTheNode() {
        connections.endpoint(1, "", 9092);
        connections.endpoint(2, "two", 70_000);
        assertThat(connections.ready(1, net.now())).isNull();
        assertThat(connections.ready(2, net.now())).isNull();
        assertThat(net.transport.links).isEmpty();
    }

    @Test
    void forget_whenIdle_closesAtOnce() {
        net.connect(1);
        connections.forget(1);
        connections.forget(1);
        assertThat(net.transport.last().closed).isTrue();
        assertThat(connections.ready(1, net.now())).isNull();
        assertThat(net.timers.count()).isZero();
    }

    @Test
    void forget_whileConnecting_closesAtOnceAndSilently() {
        connections.ready(-1, net.now());
        connections.forget(-1);
        assertThat(net.transport.last().closed).isTrue();
        assertThat(net.events).isEmpty();
    }

    @Test
    void rebootstrap_leavesTheBootstrapServersOnly() {
        net.connect(1);
        connections.rebootstrap();
        assertThat(connections.ready(1, net.now())).isNull();
        connections.ready(-2, net.now());
        assertThat(net.transport.last().address.getHostString()).isEqualTo("two");
    }

    @Test
    void leastLoaded_whenNothingIsConnected_connectsToOneAtATimeAndToAllInTurn() {
        assertThat(connections.leastLoaded(net.now())).isNull();
        assertThat(connections.leastLoaded(net.now())).isNull();
        assertThat(net.transport.links).hasSize(1);
        net.transport.last().refuse("no");
        connections.leastLoaded(net.now());
        assertThat(net.transport.links).hasSize(2);
        assertThat(tried()).containsExactlyInAnyOrder("10.0.0.1", "10.0.0.2");
        net.transport.last().refuse("no");
        connections.leastLoaded(net.now());
        assertThat(net.transport.links).as("both back off").hasSize(2);
    }

    @Test
    void leastLoaded_prefersTheFewestInFlightAndAvoidsTheThrottled() {
        Connection one = net.connect(1);
        connections.endpoint(2, "two", 9092);
        connections.ready(2, net.now());
        Connection two = net.shakeHands(net.transport.last());
        net.send(one);
        assertThat(connections.leastLoaded(net.now())).isSameAs(two);
        two.throttleUntil(net.now() + 1_000_000_000);
        assertThat(connections.leastLoaded(net.now())).isSameAs(one);
    }

    @Test
    void close_closesAllAndConnectsNoMore() {
        Connection connection = net.connect(1);
        RecordingHandler handler = net.send(connection);
        connections.ready(-1, net.now());
        connections.close(net.now());
        assertThat(handler.losses).isEqualTo(1);
        assertThat(handler.mayHaveArrived).isFalse();
        assertThat(net.transport.links).allMatch(link -> link.closed);
        assertThat(net.timers.count()).isZero();
        connections.ready(-2, net.now());
        connections.leastLoaded(net.now());
        assertThat(net.transport.links).hasSize(2);
    }

    @Test
    void backoff_endsWithATurnOfTheLoop() {
        connections.ready(-1, net.now());
        net.transport.last().refuse("no");
        assertThat(net.timers.nextDeadlineNanos()).isEqualTo(connections.retryAtNanos(-1));
    }

    @Test
    void brokerTable_findsWhatASetWould() {
        BrokerTable table = new BrokerTable();
        Random random = new Random(7);
        Map<Integer, BrokerSlot> expected = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            int id = random.nextInt(400) * (random.nextBoolean() ? 1 : 32) - 5;
            if (random.nextInt(3) == 0) {
                assertThat(table.remove(id)).isSameAs(expected.remove(id));
            } else {
                BrokerSlot slot = new BrokerSlot(id, new HostPort("h", 1));
                table.put(slot);
                expected.put(id, slot);
            }
            assertThat(table.get(id)).isSameAs(expected.get(id));
            assertThat(table.count()).isEqualTo(expected.size());
        }
        expected.forEach((id, slot) -> assertThat(table.get(id)).isSameAs(slot));
    }

    private List<String> tried() {
        return net.transport.links.stream()
                .map(link -> link.address.getAddress().getHostAddress())
                .toList();
    }
}
