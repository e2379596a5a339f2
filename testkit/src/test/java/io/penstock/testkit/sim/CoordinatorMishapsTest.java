package io.penstock.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.internal.transaction.TransactionState;
import io.penstock.testkit.fake.Fault;
import io.penstock.testkit.fake.FaultScript;
import io.penstock.testkit.fake.Isolation;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to a request to a coordinator, or to its answer, a transaction that can be finished is, and the user sees nothing of it. */
@Timeout(180)
class CoordinatorMishapsTest {

    /** What passes by itself. */
    enum Mishap {
        NOT_COORDINATOR((script, producer) -> script.error(ErrorCode.NOT_COORDINATOR)),
        NOT_AVAILABLE((script, producer) -> script.error(ErrorCode.COORDINATOR_NOT_AVAILABLE)),
        LOADING((script, producer) -> script.error(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS)),
        LOADING_AFTER((script, producer) -> script.errorAfter(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS)),
        NOT_COORDINATOR_AFTER((script, producer) -> script.errorAfter(ErrorCode.NOT_COORDINATOR)),
        TIMED_OUT_AFTER((script, producer) -> script.errorAfter(ErrorCode.REQUEST_TIMED_OUT)),
        CONCURRENT((script, producer) -> script.error(ErrorCode.CONCURRENT_TRANSACTIONS)),
        DROPPED_BEFORE((script, producer) -> script.dropBefore()),
        DROPPED_AFTER((script, producer) -> script.dropAfter()),
        SILENCE((script, producer) -> script.neverAnswer()),
        SILENCE_AFTER((script, producer) -> script.neverAnswerAfter()),
        TRUNCATED((script, producer) -> script.truncateAnswer()),
        GARBAGE((script, producer) -> script.garbage()),
        LATE((script, producer) -> script.delay(Duration.ofSeconds(40))),
        COORDINATORS_MOVE((script, producer) -> script.run(() -> moveCoordinators(producer)));

        final BiFunction<FaultScript, VirtualProducer, Fault> script;

        Mishap(BiFunction<FaultScript, VirtualProducer, Fault> script) {
            this.script = script;
        }

        private static void moveCoordinators(VirtualProducer producer) {
            var transactions = producer.cluster().transactions();
            transactions.moveCoordinator(VirtualProducer.ID, 3 - transactions.coordinator(VirtualProducer.ID));
            var groups = producer.cluster().groups();
            groups.moveCoordinator(VirtualProducer.GROUP, 3 - groups.coordinator(VirtualProducer.GROUP));
        }
    }

    record Case(int transactionVersion, ApiKey api, Mishap mishap) {
        @Override
        public String toString() {
            return "version " + transactionVersion + ", " + api + ", " + mishap;
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (int version = 1; version <= 2; version++) {
            List<ApiKey> apis = new ArrayList<>(List.of(
                    ApiKey.FIND_COORDINATOR,
                    ApiKey.INIT_PRODUCER_ID,
                    ApiKey.TXN_OFFSET_COMMIT,
                    ApiKey.END_TXN,
                    ApiKey.PRODUCE));
            if (version == 1) {
                apis.add(ApiKey.ADD_PARTITIONS_TO_TXN);
                apis.add(ApiKey.ADD_OFFSETS_TO_TXN);
            }
            for (ApiKey api : apis) {
                for (Mishap mishap : Mishap.values()) {
                    if (api != ApiKey.PRODUCE || mishap.name().startsWith("CO")) {
                        cases.add(new Case(version, api, mishap));
                    }
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void mishap_atAnyRequest_isNotSeen(Case which) {
        int place = 0;
        Fault fault;
        do {
            VirtualProducer producer = new VirtualProducer(VirtualProducer.cluster(which.transactionVersion));
            fault = which.mishap.script.apply(
                    producer.cluster().fault(which.api).after(place), producer);
            run(producer);
            place++;
        } while (fault.hitCount() > 0);
        assertThat(place).as("places at which it happened").isGreaterThan(1);
    }

    private static void run(VirtualProducer producer) {
        producer.init();
        producer.begin();
        producer.send(0, "a");
        producer.send(1, "b");
        producer.sendOffsets(5);
        producer.commit();

        producer.begin();
        producer.send(0, "never");
        producer.sendOffsets(6);
        producer.abort();

        producer.begin();
        producer.send(0, "c");
        producer.sendOffsetsAsync(7);
        producer.commit();

        assertThat(producer.desk().state()).isEqualTo(TransactionState.READY);
        assertThat(producer.allSentAreDone()).isTrue();
        producer.pass(Duration.ofMinutes(1)); // markers, and requests that come late
        assertThat(producer.committed()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(producer.values(Isolation.OPEN)).isEmpty();
        assertThat(producer.committedOffset()).isEqualTo(7);
    }
}
