package io.penstock.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.errors.KafkaException;
import io.penstock.errors.RecordOutcome;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.RecordMetadata;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.Fault;
import io.penstock.testkit.fake.StoredRecord;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every error that a Produce answer can name: retried when that may help, else the failure that it says, and no harm to what follows. */
@Timeout(180)
class ErrorCodesTest {

    /** What the protocol's table does not call retriable and a producer with idempotence gets over all the same. */
    private static final Set<ErrorCode> SEQUENCE = EnumSet.of(
            ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, ErrorCode.UNKNOWN_PRODUCER_ID, ErrorCode.INVALID_PRODUCER_EPOCH);

    /** The broker says these before it appends, so the record is certainly not in the log. */
    private static final Set<ErrorCode> BEFORE_APPEND = EnumSet.of(
            ErrorCode.MESSAGE_TOO_LARGE,
            ErrorCode.RECORD_LIST_TOO_LARGE,
            ErrorCode.INVALID_RECORD,
            ErrorCode.INVALID_TIMESTAMP,
            ErrorCode.INVALID_REQUIRED_ACKS,
            ErrorCode.INVALID_TOPIC_EXCEPTION,
            ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
            ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT,
            ErrorCode.TOPIC_AUTHORIZATION_FAILED,
            ErrorCode.CLUSTER_AUTHORIZATION_FAILED,
            ErrorCode.POLICY_VIOLATION);

    static Stream<ErrorCode> retried() {
        return Arrays.stream(ErrorCode.values()).filter(code -> code.retriable() || SEQUENCE.contains(code));
    }

    static Stream<ErrorCode> fatal() {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> !code.retriable() && !SEQUENCE.contains(code))
                .filter(code -> code != ErrorCode.NONE && code != ErrorCode.DUPLICATE_SEQUENCE_NUMBER);
    }

    @ParameterizedTest
    @MethodSource("retried")
    void retriedError_onAnyRecord_endsInSuccess(ErrorCode error) throws Exception {
        for (int place = 0; place < 2; place++) {
            try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                    KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
                SentRecords records = new SentRecords(producer);
                Fault fault = cluster.fault(ApiKey.PRODUCE).after(place).error(error);
                for (int i = 0; i < 4; i++) {
                    records.send("t", 0).get(SentRecords.PATIENCE_SECONDS, TimeUnit.SECONDS);
                }

                assertThat(fault.hitCount()).isEqualTo(1);
                records.assertExactlyOnceInOrder(cluster);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fatal")
    void fatalError_failsItsRecordAlone_withTheExceptionOfThatCode(ErrorCode error) throws Exception {
        for (int place = 0; place < 2; place++) {
            try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                    KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
                SentRecords records = new SentRecords(producer);
                cluster.fault(ApiKey.PRODUCE).after(place).error(error);
                for (int i = 0; i < place; i++) {
                    records.send("t", 0).get(SentRecords.PATIENCE_SECONDS, TimeUnit.SECONDS);
                }

                KafkaException failure = Failures.of(records.send("t", 0));
                records.sendMany("t", 0, 3).awaitEnds();

                assertThat(failure).isExactlyInstanceOf(Failures.classOf(error));
                assertThat(failure).hasMessageContaining("t-0").hasMessageContaining(error.name());
                if (BEFORE_APPEND.contains(error)) {
                    assertThat(failure.outcome()).isEqualTo(RecordOutcome.NOT_WRITTEN);
                }
                assertThat(cluster.records("t", 0))
                        .extracting(StoredRecord::valueText)
                        .containsExactlyElementsOf(
                                place == 0 ? Arrays.asList("v1", "v2", "v3") : Arrays.asList("v0", "v2", "v3", "v4"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {
                "UNKNOWN_SERVER_ERROR",
                "REQUEST_TIMED_OUT",
                "NOT_LEADER_OR_FOLLOWER",
                "NOT_ENOUGH_REPLICAS_AFTER_APPEND",
                "KAFKA_STORAGE_ERROR"
            })
    void errorAfterTheAppend_whenNotRetried_leavesTheOutcomeOpen(ErrorCode error) throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster, "retries", 0)) {
            cluster.fault(ApiKey.PRODUCE).errorAfter(error);

            KafkaException failure = Failures.of(new SentRecords(producer).send("t", 0));

            assertThat(failure.outcome()).isEqualTo(RecordOutcome.UNKNOWN);
            assertThat(cluster.endOffset("t", 0)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"DUPLICATE_SEQUENCE_NUMBER"})
    void duplicate_isSuccessWithoutAnOffset(ErrorCode error) throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
            cluster.fault(ApiKey.PRODUCE).errorAfter(error);

            CompletableFuture<RecordMetadata> future = new SentRecords(producer).send("t", 0);

            assertThat(future.get(SentRecords.PATIENCE_SECONDS, TimeUnit.SECONDS)
                            .hasOffset())
                    .isFalse();
        }
    }
}
