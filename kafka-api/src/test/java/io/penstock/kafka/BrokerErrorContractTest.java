package io.penstock.kafka;

import static io.penstock.kafka.Awaited.TIMEOUT_SECONDS;
import static io.penstock.kafka.Awaited.causeOf;
import static io.penstock.kafka.Awaited.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.testkit.fake.FakeCluster;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.protocol.Errors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What both producers make of the errors of brokers: the same exceptions, in futures and callbacks, and from transactional calls. */
class BrokerErrorContractTest {

    private static FakeCluster cluster;

    @BeforeAll
    static void startCluster() {
        cluster = FakeCluster.builder().topic("t", 1).start();
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @AfterEach
    void clear() {
        cluster.clearFaults();
    }

    private static Producer<String, String> once(Side side) {
        return side.strings(cluster.bootstrapServers(), "enable.idempotence", false, "retries", 0, "linger.ms", 0);
    }

    /** Every error that a broker may give a batch, each final as nothing is retried. */
    @ParameterizedTest
    @EnumSource
    void errors_ofABatch_haveTheSameClasses(Side side) {
        try (Producer<String, String> producer = once(side)) {
            for (ErrorCode error : List.of(
                    ErrorCode.CORRUPT_MESSAGE,
                    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                    ErrorCode.NOT_LEADER_OR_FOLLOWER,
                    ErrorCode.REQUEST_TIMED_OUT,
                    ErrorCode.MESSAGE_TOO_LARGE,
                    ErrorCode.NOT_ENOUGH_REPLICAS,
                    ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
                    ErrorCode.INVALID_REQUIRED_ACKS,
                    ErrorCode.TOPIC_AUTHORIZATION_FAILED,
                    ErrorCode.CLUSTER_AUTHORIZATION_FAILED,
                    ErrorCode.INVALID_TIMESTAMP,
                    ErrorCode.POLICY_VIOLATION,
                    ErrorCode.KAFKA_STORAGE_ERROR,
                    ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT,
                    ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
                    ErrorCode.INVALID_RECORD,
                    ErrorCode.UNKNOWN_SERVER_ERROR,
                    // of consumers and administrators: Penstock has no classes for them
                    ErrorCode.NOT_CONTROLLER,
                    ErrorCode.ELECTION_NOT_NEEDED,
                    ErrorCode.DELEGATION_TOKEN_AUTHORIZATION_FAILED,
                    ErrorCode.STREAMS_INVALID_TOPOLOGY)) {
                cluster.fault(ApiKey.PRODUCE).error(error);
                Heard heard = new Heard();
                Throwable cause = causeOf(producer.send(new ProducerRecord<>("t", 0, 5L, "k", "v"), heard));
                assertThat(cause)
                        .as("%s", error)
                        .isExactlyInstanceOf(
                                Errors.forCode(error.code()).exception().getClass());
                assertThat(heard.calls).isEqualTo(1);
                assertThat(heard.exception.get()).as("%s", error).hasSameClassAs(cause);
                assertThat(heard.metadata.get().topic()).isEqualTo("t");
                assertThat(heard.metadata.get().partition()).isZero();
                assertThat(heard.metadata.get().hasOffset()).isFalse();
                if (cause instanceof TopicAuthorizationException refused) {
                    assertThat(refused.unauthorizedTopics()).containsExactly("t");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void record_thatTheBrokerFindsTooLarge_failsAlone(Side side) throws Exception {
        try (Producer<String, String> producer = side.strings(cluster.bootstrapServers(), "linger.ms", 0)) {
            cluster.fault(ApiKey.PRODUCE).error(ErrorCode.MESSAGE_TOO_LARGE);
            assertThat(causeOf(producer.send(new ProducerRecord<>("t", "v"))))
                    .isExactlyInstanceOf(RecordTooLargeException.class);
            assertThat(producer.send(new ProducerRecord<>("t", "v"))
                            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                            .hasOffset())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void error_thatIsRetried_isNotSeen(Side side) throws Exception {
        try (Producer<String, String> producer =
                side.strings(cluster.bootstrapServers(), "linger.ms", 0, "retry.backoff.ms", 10)) {
            cluster.fault(ApiKey.PRODUCE).times(2).error(ErrorCode.NOT_ENOUGH_REPLICAS);
            assertThat(producer.send(new ProducerRecord<>("t", "v"))
                            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                            .hasOffset())
                    .isTrue();
        }
    }

    /** Its time runs out between two attempts: Apache's producer names the error instead when it hears of it too late. */
    @ParameterizedTest
    @EnumSource
    void error_thatIsRetried_endsInATimeoutWhenItStays(Side side) {
        try (Producer<String, String> producer = side.strings(
                cluster.bootstrapServers(),
                "linger.ms",
                0,
                "retry.backoff.ms",
                60_000,
                "retry.backoff.max.ms",
                60_000,
                "request.timeout.ms",
                1_500,
                "delivery.timeout.ms",
                1_500)) {
            cluster.fault(ApiKey.PRODUCE).always().error(ErrorCode.NOT_ENOUGH_REPLICAS);
            assertThat(causeOf(producer.send(new ProducerRecord<>("t", "v"))))
                    .isExactlyInstanceOf(TimeoutException.class)
                    .hasMessageContaining("t-0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void topic_thatIsDeleted_isATimeout(Side side) throws Exception {
        String topic = "deleted-" + side;
        cluster.createTopic(topic, 1);
        try (Producer<String, String> producer = side.strings(
                cluster.bootstrapServers(),
                "linger.ms",
                0,
                "retry.backoff.ms",
                10,
                "max.block.ms",
                400,
                "request.timeout.ms",
                500,
                "delivery.timeout.ms",
                1_000)) {
            sendInTime(producer, topic);
            cluster.deleteTopic(topic);
            assertThat(causeOf(producer.send(new ProducerRecord<>(topic, "v"))))
                    .isExactlyInstanceOf(TimeoutException.class);
            assertThat(causeOf(producer.send(new ProducerRecord<>(topic, "v"))))
                    .isExactlyInstanceOf(TimeoutException.class)
                    .hasMessageContaining(topic);
        }
    }

    /** Whose times are short for what comes after: on a slow machine the first of its records may be late. */
    private static void sendInTime(Producer<String, String> producer, String topic) throws InterruptedException {
        Await.until(() -> "a record that is written", Duration.ofSeconds(TIMEOUT_SECONDS), () -> {
            Throwable thrown = catchThrowable(() -> get(producer.send(new ProducerRecord<>(topic, "v"))));
            assertThat(thrown == null || thrown.getCause() instanceof TimeoutException)
                    .as("%s", thrown)
                    .isTrue();
            return thrown == null;
        });
    }

    /** In a transaction: who hears what, from the record's future to the calls that follow. */
    private static List<String> told(Side side, ErrorCode error) {
        List<String> told = new ArrayList<>();
        try (Producer<String, String> producer =
                side.strings(cluster.bootstrapServers(), "linger.ms", 0, "transactional.id", "id-" + side + error)) {
            producer.initTransactions();
            producer.beginTransaction();
            cluster.fault(ApiKey.PRODUCE).error(error);
            told.add("record "
                    + causeOf(producer.send(new ProducerRecord<>("t", "v")))
                            .getClass()
                            .getSimpleName());
            told.add("commit " + call(producer::commitTransaction));
            told.add("abort " + call(producer::abortTransaction));
            told.add("begin " + call(producer::beginTransaction));
            // Apache's close() waits for half a minute in a transaction that nothing was sent in.
            told.add("abort " + call(producer::abortTransaction));
        }
        return told;
    }

    /** Of which class depends, with Apache's, on whether the call or the failure comes first; docs/MIGRATION.md has ours. */
    private static String call(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        return thrown == null ? "fine" : thrown instanceof KafkaException ? "fails" : thrown.toString();
    }

    @Test
    void errors_inATransaction_goTheSameWay() {
        for (ErrorCode error : List.of(ErrorCode.TOPIC_AUTHORIZATION_FAILED, ErrorCode.INVALID_RECORD)) {
            assertThat(told(Side.PENSTOCK, error)).as("%s", error).isEqualTo(told(Side.APACHE, error));
        }
    }

    @ParameterizedTest
    @EnumSource
    void fenced_isToldByItsOwnClass(Side side) {
        try (Producer<String, String> first =
                        side.strings(cluster.bootstrapServers(), "transactional.id", "fenced-" + side);
                Producer<String, String> second =
                        side.strings(cluster.bootstrapServers(), "transactional.id", "fenced-" + side)) {
            first.initTransactions();
            first.beginTransaction();
            first.send(new ProducerRecord<>("t", "v"));
            first.flush();
            second.initTransactions();
            Throwable thrown = catchThrowable(() -> {
                first.sendOffsetsToTransaction(
                        Map.of(new TopicPartition("t", 0), new org.apache.kafka.clients.consumer.OffsetAndMetadata(1)),
                        new org.apache.kafka.clients.consumer.ConsumerGroupMetadata("g"));
                first.commitTransaction();
            });
            assertThat(thrown)
                    .isInstanceOf(ApiException.class)
                    .extracting(Throwable::getClass)
                    .isIn(
                            org.apache.kafka.common.errors.ProducerFencedException.class,
                            org.apache.kafka.common.errors.InvalidProducerEpochException.class);
        }
    }
}
