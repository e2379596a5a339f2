package io.penstock.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.errors.KafkaException;
import io.penstock.producer.KafkaProducer;
import io.penstock.testkit.fake.BrokerRelease;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.FaultScript;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Brokers of several ages, and everything around Produce that can go wrong: versions, metadata, producer ids. */
@Timeout(180)
class HandshakesTest {

    enum Mishap {
        DROP_BEFORE(FaultScript::dropBefore),
        DROP_AFTER(FaultScript::dropAfter),
        TRUNCATED(FaultScript::truncateAnswer),
        GARBAGE(FaultScript::garbage),
        WRONG_CORRELATION(FaultScript::wrongCorrelationId),
        SILENCE(FaultScript::neverAnswer);

        final Consumer<FaultScript> script;

        Mishap(Consumer<FaultScript> script) {
            this.script = script;
        }
    }

    @ParameterizedTest
    @EnumSource(Mishap.class)
    void mishapOfAnyOtherRequest_costsNoRecord(Mishap mishap) throws Exception {
        for (ApiKey key : new ApiKey[] {ApiKey.API_VERSIONS, ApiKey.METADATA, ApiKey.INIT_PRODUCER_ID}) {
            try (FakeCluster cluster =
                    FakeCluster.builder().brokers(3).topic("t", 3).start()) {
                mishap.script.accept(cluster.fault(key).times(2));
                try (KafkaProducer<String, String> producer = EngineProducers.create(
                        cluster, "request.timeout.ms", 200, "socket.connection.setup.timeout.ms", 200)) {
                    SentRecords records = new SentRecords(producer);
                    for (int i = 0; i < 30; i++) {
                        records.send("t", i % 3);
                    }
                    records.awaitAll().assertExactlyOnceInOrder(cluster);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(BrokerRelease.class)
    void everyRelease_isSpokenToInItsOwnVersions(BrokerRelease release) throws Exception {
        try (FakeCluster cluster = FakeCluster.builder()
                        .brokers(2)
                        .topic("t", 2)
                        .release(release)
                        .start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
            SentRecords records = new SentRecords(producer);
            cluster.fault(ApiKey.PRODUCE).after(2).dropAfter();
            for (int i = 0; i < 50; i++) {
                records.send("t", i % 2);
            }
            records.awaitAll().assertExactlyOnceInOrder(cluster);
        }
    }

    @ParameterizedTest
    @CsvSource({"9, 12", "12, 13"})
    void oldMetadata_capsProduceWhereTopicIdsBegin(int metadataVersion, int produceVersion) throws Exception {
        try (FakeCluster cluster = FakeCluster.builder()
                        .topic("t", 1)
                        .highestVersion(ApiKey.METADATA, metadataVersion)
                        .start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
            SentRecords records = new SentRecords(producer).sendMany("t", 0, 5).awaitAll();

            records.assertExactlyOnceInOrder(cluster);
            assertThat(cluster.requests(ApiKey.PRODUCE))
                    .allSatisfy(request -> assertThat((int) request.version()).isEqualTo(produceVersion));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {
                "COORDINATOR_LOAD_IN_PROGRESS",
                "COORDINATOR_NOT_AVAILABLE",
                "NOT_COORDINATOR",
                "CONCURRENT_TRANSACTIONS",
                "REQUEST_TIMED_OUT"
            })
    void producerIdRefusedForNow_isAskedForAgain(ErrorCode error) throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
            cluster.fault(ApiKey.INIT_PRODUCER_ID).times(3).error(error);

            new SentRecords(producer).sendMany("t", 0, 5).awaitAll().assertExactlyOnceInOrder(cluster);
        }
    }

    @Test
    void producerIdRefused_failsWithTheReason_andLaterRecordsTryAgain() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
            cluster.fault(ApiKey.INIT_PRODUCER_ID).error(ErrorCode.CLUSTER_AUTHORIZATION_FAILED);

            KafkaException failure = Failures.of(new SentRecords(producer).send("t", 0));

            assertThat(failure.getClass().getSimpleName()).isEqualTo("ClusterAuthorizationException");
            new SentRecords(producer).sendMany("t", 0, 5).awaitAll().assertExactlyOnceInOrder(cluster);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"UNKNOWN_TOPIC_OR_PARTITION", "LEADER_NOT_AVAILABLE", "UNKNOWN_SERVER_ERROR"})
    void metadataErrorOfATopic_isAskedAbout(ErrorCode error) throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
            cluster.fault(ApiKey.METADATA).topic("t").times(3).error(error);

            new SentRecords(producer).sendMany("t", 0, 5).awaitAll().assertExactlyOnceInOrder(cluster);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"TOPIC_AUTHORIZATION_FAILED", "INVALID_TOPIC_EXCEPTION"})
    void metadataErrorThatStays_failsTheRecordAtOnce(ErrorCode error) throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
            cluster.fault(ApiKey.METADATA).topic("t").always().error(error);

            KafkaException failure = Failures.of(new SentRecords(producer).send("t", 0));

            assertThat(failure).isExactlyInstanceOf(Failures.classOf(error));
        }
    }
}
