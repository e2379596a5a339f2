package io.penstock.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.EmbeddedKafka;
import io.penstock.wire.message.FindCoordinatorRequest;
import io.penstock.wire.message.FindCoordinatorResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same requests to a real broker and to the fake one: each is answered with the same error, identity and offset. */
@Timeout(240)
class TransactionRulesIT {

    private static EmbeddedKafka real;
    private static FakeCluster fake;

    @BeforeAll
    static void start() {
        real = EmbeddedKafka.builder().autoCreateTopics(false).start();
        real.createTopic("t", 4, Map.of());
        fake = FakeCluster.builder().topic("t", 4).start();
    }

    @AfterAll
    static void stop() {
        fake.close();
        real.close();
    }

    @Test
    void versionOne_isJudgedAsByARealBroker() throws IOException {
        same("one", script -> {
            script.init(4);
            script.end(4, true);
            script.end(4, false);
            script.produce(11, 0, 0, true);
            script.produce(9, 0, 0, true);
            script.add(3, "t", 0);
            script.add(3, "t", 0, 1);
            script.add(3, "missing", 0);
            script.produce(11, 0, 0, true);
            script.produce(11, 0, 0, true);
            script.produce(9, 2, 0, true);
            script.produce(11, 2, 0, true);
            script.produce(11, 0, 5, true);
            script.produce(11, 0, 1, false);
            script.produce(11, 1, 0, true, null);
            script.shiftEpoch(1);
            script.add(1, "t", 2);
            script.add(3, "t", 2);
            script.produce(11, 1, 0, true);
            script.end(1, true);
            script.end(4, true);
            script.shiftEpoch(-1);
            script.end(4, true);
            script.end(4, true);
            script.end(4, false);
            script.produce(11, 0, 1, true);
            script.add(3, "t", 0);
            script.produce(11, 0, 1, true);
            script.end(3, false);
            script.end(3, false);
            script.end(3, true);
            script.add(3, "t", 1);
            script.init(4);
            script.produce(11, 1, 0, false);
            script.shiftEpoch(-1);
            script.produce(11, 1, 0, false);
            script.add(3, "t", 1);
        });
    }

    @Test
    void versionTwo_isJudgedAsByARealBroker() throws IOException {
        same("two", script -> {
            script.init(5);
            script.end(5, true);
            script.endAndFollow(false);
            script.produce(12, 2, 0, true);
            script.produce(12, 2, 1, true);
            script.produce(12, 2, 0, true);
            script.endAndFollow(true);
            script.end(5, true);
            script.shiftEpoch(-1);
            script.end(5, true);
            script.end(5, false);
            script.produce(12, 2, 2, true);
            script.shiftEpoch(1);
            script.produce(12, 2, 2, true);
            script.produce(12, 2, 0, true);
            script.shiftEpoch(-1);
            script.end(5, true);
            script.produce(12, 2, 1, true);
            script.shiftEpoch(1);
            script.endAndFollow(false);
            script.shiftEpoch(-1);
            script.end(5, false);
            script.end(5, true);
            script.shiftEpoch(1);
            script.endAndFollow(false);
            script.shiftEpoch(3);
            script.produce(12, 2, 0, true);
            script.end(5, true);
            script.shiftEpoch(-3);
            script.produce(12, 3, 0, true);
            script.init(5);
            script.produce(12, 3, 0, true);
            script.end(4, true);
            script.end(4, true);
        });
    }

    @Test
    void identities_areGivenAsByARealBroker() throws IOException {
        same("ids", script -> {
            script.init("", 1_000, -1, -1, 4);
            script.init("ids-a", 0, -1, -1, 4);
            script.init("ids-a", 900_001, -1, -1, 4);
            script.init("ids-a", 1_000, 5, -1, 4);
            script.init("ids-a", 1_000, -1, 5, 4);
            script.init("ids-b", 1_000, 12_345, 5, 4);
            var first = script.init("ids-a", 1_000, -1, -1, 4);
            long id = first.producerId();
            script.init("ids-a", 1_000, id, 0, 4);
            script.init("ids-a", 1_000, id, 0, 4);
            script.init("ids-a", 1_000, id, 1, 4);
            script.init("ids-a", 1_000, id, 0, 4);
            script.init("ids-a", 1_000, id, 0, 3);
            script.init("ids-a", 1_000, id + 1_000_000, 2, 4);
            script.init("ids-a", 1_000, -1, -1, 4);
            script.init("ids-a", 1_000, id, 2, 4);
            script.init(null, 1_000, -1, -1, 4);
        });
    }

    @Test
    void sequences_areJudgedAsByARealBroker() throws IOException {
        same("seq", script -> {
            script.init(4);
            for (int sequence = 0; sequence < 7; sequence++) {
                script.produce(11, 3, sequence, false);
            }
            // Its last five batches are known to be there; older ones are out of order.
            for (int sequence = 0; sequence < 7; sequence++) {
                script.produce(11, 3, sequence, false);
            }
            script.produce(11, 3, 9, false);
            script.shiftEpoch(1);
            script.produce(11, 3, 5, false);
            script.produce(11, 3, 0, false);
            script.shiftEpoch(-1);
            script.produce(11, 3, 7, false);
            script.shiftEpoch(1);
            script.produce(11, 3, 1, false);
            script.produce(11, 2, 40, false);
            script.produce(11, 2, 41, false);
        });
    }

    @Test
    void offsets_areJudgedAsByARealBroker() throws IOException {
        same("offs", script -> {
            script.init(4);
            script.commitOffsets(3, "offs", "", -1, "t", "m");
            script.commitOffsets(4, "offs", "", -1, "t", "m");
            script.commitOffsets(3, "", "", -1, "t", "m");
            script.addOffsets(3);
            script.commitOffsets(3, "offs", "", -1, "t", "m");
            script.commitOffsets(3, "offs", "", -1, "missing", "m");
            script.commitOffsets(3, "offs", "", -1, "t", "x".repeat(5_000));
            script.commitOffsets(3, "offs", "who", 3, "t", "m");
            script.commitOffsets(3, "offs", "who", -1, "t", "m");
            script.end(4, true);
            script.shiftEpoch(-1);
            script.addOffsets(1);
            script.addOffsets(4);
            script.commitOffsets(3, "offs", "", -1, "t", "m");
            script.commitOffsets(5, "offs", "", -1, "t", "m");
            script.shiftEpoch(1);
            script.commitOffsets(5, "offs", "", -1, "t", "m");
            script.endAndFollow(false);
            script.commitOffsets(5, "offs-new", "who", 3, "t", "m");
            script.commitOffsets(5, "offs-new", "", -1, "t", "m");
            script.commitOffsets(5, "offs-new", "who", 3, "t", "m");
            script.endAndFollow(true);
        });
    }

    private static void same(String prefix, Consumer<TransactionScript> steps) throws IOException {
        List<String> expected = run(real.bootstrapServers(), prefix, steps);
        assertThat(run(fake.bootstrapServers(), prefix, steps)).containsExactlyElementsOf(expected);
    }

    private static List<String> run(String address, String prefix, Consumer<TransactionScript> steps)
            throws IOException {
        try (RawConnection connection = new RawConnection(address)) {
            // A real cluster makes its internal topics when it is asked for a coordinator.
            for (byte type : new byte[] {Coordinators.GROUP, Coordinators.TRANSACTION}) {
                connection.ask(
                        new FindCoordinatorRequest().keyType(type).key(prefix), new FindCoordinatorResponse(), 3);
            }
            TransactionScript script = new TransactionScript(connection, prefix);
            steps.accept(script);
            return script.lines();
        }
    }
}
