package io.penstock.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.producer.KafkaProducer;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.Fault;
import io.penstock.testkit.fake.FaultScript;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.util.function.Function;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is lost, doubled or reordered, whatever happens to a Produce request or its answer, wherever it stands in the window. */
@Timeout(180)
class LostAnswersTest {

    enum Mishap {
        DROP_BEFORE(FaultScript::dropBefore),
        DROP_AFTER(FaultScript::dropAfter),
        TRUNCATED(FaultScript::truncateAnswer),
        GARBAGE(FaultScript::garbage),
        WRONG_CORRELATION(FaultScript::wrongCorrelationId),
        SILENCE(FaultScript::neverAnswer),
        SILENCE_AFTER(FaultScript::neverAnswerAfter),
        NOT_LEADER(script -> script.error(ErrorCode.NOT_LEADER_OR_FOLLOWER)),
        NOT_LEADER_AFTER(script -> script.errorAfter(ErrorCode.NOT_LEADER_OR_FOLLOWER)),
        TIMED_OUT_AFTER(script -> script.errorAfter(ErrorCode.REQUEST_TIMED_OUT)),
        NOT_ENOUGH_REPLICAS(script -> script.error(ErrorCode.NOT_ENOUGH_REPLICAS)),
        NOT_ENOUGH_REPLICAS_AFTER(script -> script.errorAfter(ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND)),
        OUT_OF_ORDER(script -> script.error(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER)),
        UNKNOWN_PRODUCER(script -> script.error(ErrorCode.UNKNOWN_PRODUCER_ID)),
        CORRUPT(script -> script.error(ErrorCode.CORRUPT_MESSAGE)),
        STORAGE(script -> script.error(ErrorCode.KAFKA_STORAGE_ERROR)),
        UNKNOWN_TOPIC(script -> script.error(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));

        final Function<FaultScript, Fault> script;

        Mishap(Function<FaultScript, Fault> script) {
            this.script = script;
        }
    }

    @ParameterizedTest
    @EnumSource(Mishap.class)
    void mishap_atEveryPlaceInTheWindow_leavesEachRecordOnceAndInOrder(Mishap mishap) throws Exception {
        for (int place = 0; place < 6; place++) {
            try (FakeCluster cluster =
                            FakeCluster.builder().brokers(2).topic("t", 1).start();
                    KafkaProducer<String, String> producer =
                            EngineProducers.create(cluster, "batch.size", 150, "request.timeout.ms", 300)) {
                Fault fault = mishap.script.apply(
                        cluster.fault(ApiKey.PRODUCE).partition("t", 0).after(place));

                SentRecords records =
                        new SentRecords(producer).sendMany("t", 0, 100).awaitAll();

                assertThat(fault.hitCount()).isEqualTo(1);
                records.assertExactlyOnceInOrder(cluster);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Mishap.class,
            names = {"OUT_OF_ORDER", "UNKNOWN_PRODUCER", "SILENCE", "SILENCE_AFTER"},
            mode = EnumSource.Mode.EXCLUDE)
    void mishap_manyTimesInARow_leavesEachRecordOnceAndInOrder(Mishap mishap) throws Exception {
        try (FakeCluster cluster =
                        FakeCluster.builder().brokers(2).topic("t", 1).start();
                KafkaProducer<String, String> producer =
                        EngineProducers.create(cluster, "batch.size", 150, "request.timeout.ms", 300)) {
            Fault fault = mishap.script.apply(
                    cluster.fault(ApiKey.PRODUCE).partition("t", 0).after(1).times(12));

            SentRecords records =
                    new SentRecords(producer).sendMany("t", 0, 100).awaitAll();

            assertThat(fault.hitCount()).isEqualTo(12);
            records.assertExactlyOnceInOrder(cluster);
        }
    }
}
