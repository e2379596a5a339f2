package io.penstock.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.EndTxnRequest;
import io.penstock.wire.message.EndTxnResponse;
import io.penstock.wire.message.InitProducerIdRequest;
import io.penstock.wire.message.InitProducerIdResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions on the fake cluster with Kafka's own producer, which takes it for a real one. */
@Timeout(180)
class TransactionsTest {

    @ParameterizedTest
    @CsvSource({"2,CURRENT", "1,CURRENT", "0,CURRENT", "0,KAFKA_3_0", "0,KAFKA_2_1"})
    void transactions_areSeenAsTheyEnded(int version, BrokerRelease release) throws Exception {
        try (FakeCluster cluster = FakeCluster.builder()
                        .brokers(3)
                        .topic("t", 2)
                        .release(release)
                        .transactionVersion(version)
                        .start();
                KafkaProducer<String, String> producer = transactional(cluster, "tx")) {
            producer.initTransactions();
            transaction(producer, true, "a", "b");
            transaction(producer, false, "c", "d");
            transaction(producer, true, "e");
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("t", 0, null, "f")).get();

            assertThat(values(cluster, Isolation.READ_UNCOMMITTED)).containsExactly("a", "b", "c", "d", "e", "f");
            assertThat(values(cluster, Isolation.READ_COMMITTED)).containsExactly("a", "b", "e");
            assertThat(values(cluster, Isolation.ABORTED)).containsExactly("c", "d");
            assertThat(values(cluster, Isolation.OPEN)).containsExactly("f");
            assertThat(cluster.transactions().state("tx")).isEqualTo(TransactionState.ONGOING);
            assertThat(cluster.lastStableOffset("t", 0)).isEqualTo(cluster.endOffset("t", 0) - 1);
            producer.abortTransaction();
            cluster.await(
                    "the last abort",
                    Duration.ofSeconds(60),
                    () -> cluster.transactions().state("tx") == TransactionState.COMPLETE_ABORT);
            assertThat(cluster.requestCount(ApiKey.ADD_PARTITIONS_TO_TXN)).isEqualTo(version == 2 ? 0 : 4);
            assertThat(cluster.transactions().find("tx").orElseThrow().producerEpoch())
                    .isEqualTo((short) (version == 2 ? 4 : 0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void offsets_countOnceTheTransactionIsCommitted(int version) throws Exception {
        try (FakeCluster cluster = FakeCluster.builder()
                        .brokers(2)
                        .topic("t", 1)
                        .transactionVersion(version)
                        .start();
                KafkaProducer<String, String> producer = transactional(cluster, "tx")) {
            cluster.groups().rebalance("g", 3, "m");
            producer.initTransactions();
            producer.beginTransaction();
            producer.sendOffsetsToTransaction(offsets(5), new ConsumerGroupMetadata("g", 3, "m", Optional.empty()));
            assertThat(cluster.groups().committed("g")).isEmpty();
            producer.commitTransaction();
            assertThat(cluster.groups().committed("g", "t", 0)).isEqualTo(5);

            producer.beginTransaction();
            producer.sendOffsetsToTransaction(offsets(6), new ConsumerGroupMetadata("g", 3, "m", Optional.empty()));
            producer.abortTransaction();
            assertThat(cluster.groups().committed("g", "t", 0)).isEqualTo(5);

            cluster.groups().rebalance("g", 4, "m");
            producer.beginTransaction();
            assertThatThrownBy(() -> producer.sendOffsetsToTransaction(
                            offsets(7), new ConsumerGroupMetadata("g", 3, "m", Optional.empty())))
                    .isInstanceOf(CommitFailedException.class);
            producer.abortTransaction();
        }
    }

    @Test
    void offsets_whileTheMarkersBeforeAreLate_areNotTakenForThoseOfTheTransactionBefore() throws Exception {
        // Prevents: the late marker of one transaction commits what came in the next one, which is aborted.
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = transactional(cluster, "tx")) {
            ConsumerGroupMetadata group = new ConsumerGroupMetadata("g");
            producer.initTransactions();
            cluster.transactions().markerDelay(Duration.ofMillis(50));
            producer.beginTransaction();
            producer.sendOffsetsToTransaction(offsets(5), group);
            producer.commitTransaction();

            producer.beginTransaction();
            producer.sendOffsetsToTransaction(offsets(6), group); // as long as the markers take
            producer.abortTransaction();
            cluster.await(
                    "the markers of the abort",
                    Duration.ofSeconds(10),
                    () -> cluster.transactions().state("tx") == TransactionState.COMPLETE_ABORT);
            assertThat(cluster.groups().committed("g", "t", 0)).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void secondProducer_fencesTheFirstAndAbortsItsTransaction(int version) throws Exception {
        try (FakeCluster cluster = FakeCluster.builder()
                        .topic("t", 1)
                        .transactionVersion(version)
                        .start();
                KafkaProducer<String, String> first = transactional(cluster, "tx");
                KafkaProducer<String, String> second = transactional(cluster, "tx")) {
            first.initTransactions();
            first.beginTransaction();
            first.send(new ProducerRecord<>("t", "lost")).get();
            TransactionView ofFirst = cluster.transactions().find("tx").orElseThrow();
            assertThat(isHeld(cluster, ofFirst)).isTrue();
            second.initTransactions();

            assertThat(isHeld(cluster, ofFirst)).isFalse();
            assertThat(isHeld(cluster, cluster.transactions().find("tx").orElseThrow()))
                    .isTrue();
            assertThatThrownBy(first::commitTransaction).isInstanceOf(ProducerFencedException.class);
            transaction(second, true, "kept");
            assertThat(values(cluster, Isolation.READ_COMMITTED)).containsExactly("kept");
            assertThat(values(cluster, Isolation.ABORTED)).containsExactly("lost");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void timeout_abortsAndFences(int version) throws Exception {
        try (FakeCluster cluster = FakeCluster.builder()
                        .topic("t", 1)
                        .transactionVersion(version)
                        .start();
                KafkaProducer<String, String> producer =
                        transactional(cluster, "tx", "transaction.timeout.ms", 1_500)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("t", "late")).get();
            cluster.await(
                    "the coordinator's abort",
                    Duration.ofSeconds(60),
                    () -> cluster.transactions().state("tx") == TransactionState.COMPLETE_ABORT);

            assertThat(values(cluster, Isolation.ABORTED)).containsExactly("late");
            assertThatThrownBy(() ->
                            producer.send(new ProducerRecord<>("t", "later")).get())
                    .hasCauseInstanceOf(InvalidProducerEpochException.class);
        }
    }

    @Test
    void coordinator_canMoveAndBrokersCanGo() throws Exception {
        try (FakeCluster cluster =
                        FakeCluster.builder().brokers(3).topic("t", 3).start();
                KafkaProducer<String, String> producer = transactional(cluster, "tx")) {
            producer.initTransactions();
            for (int broker = 1; broker <= 3; broker++) {
                cluster.transactions().moveCoordinator("tx", broker);
                transaction(producer, true, "moved " + broker);
            }
            int coordinator = cluster.transactions().coordinator("tx");
            cluster.stopBroker(coordinator);
            transaction(producer, true, "elsewhere");

            assertThat(cluster.transactions().coordinator("tx")).isNotEqualTo(coordinator);
            assertThat(values(cluster, Isolation.READ_COMMITTED))
                    .containsExactly("moved 1", "moved 2", "moved 3", "elsewhere");
        }
    }

    @Test
    void featureLevel_canChangeUnderWay() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder()
                        .topic("t", 1)
                        .transactionVersion(1)
                        .start();
                KafkaProducer<String, String> producer = transactional(cluster, "tx")) {
            producer.initTransactions();
            transaction(producer, true, "one");
            cluster.transactions().version(2);
            cluster.dropConnections(1);
            int count = 1;
            // A producer may end what it begins by the old rules, and learns of new ones when it connects.
            do {
                cluster.clearRequests();
                transaction(producer, true, "more");
                count++;
            } while (cluster.requestCount(ApiKey.ADD_PARTITIONS_TO_TXN) > 0 && count < 50);

            assertThat(cluster.requestCount(ApiKey.ADD_PARTITIONS_TO_TXN)).isZero();
            assertThat(values(cluster, Isolation.READ_COMMITTED)).hasSize(count);
        }
    }

    @Test
    void markers_waitForLeadersAndForTheTest() throws Exception {
        try (FakeCluster cluster =
                        FakeCluster.builder().brokers(2).topic("t", 2).start();
                KafkaProducer<String, String> producer = transactional(cluster, "tx")) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("t", 0, null, "a")).get();
            producer.send(new ProducerRecord<>("t", 1, null, "b")).get();
            cluster.removeLeader("t", 1);
            producer.commitTransaction();
            assertThat(values(cluster, Isolation.READ_COMMITTED)).containsExactly("a");
            assertThat(cluster.transactions().state("tx")).isEqualTo(TransactionState.PREPARE_COMMIT);
            cluster.moveLeader("t", 1, 2);
            assertThat(cluster.transactions().state("tx")).isEqualTo(TransactionState.COMPLETE_COMMIT);
            assertThat(values(cluster, Isolation.READ_COMMITTED)).containsExactly("a", "b");

            cluster.transactions().holdMarkers();
            transaction(producer, true, "c");
            assertThat(values(cluster, Isolation.OPEN)).containsExactly("c");
            cluster.transactions().releaseMarkers();
            assertThat(values(cluster, Isolation.OPEN)).isEmpty();

            cluster.transactions().markerDelay(Duration.ofMillis(30));
            for (int i = 0; i < 5; i++) {
                transaction(producer, true, "late " + i);
            }
            cluster.await(
                    "late markers",
                    Duration.ofSeconds(60),
                    () -> cluster.transactions().state("tx") == TransactionState.COMPLETE_COMMIT);
            assertThat(values(cluster, Isolation.READ_COMMITTED)).hasSize(8);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void epochs_runOutAndAnotherProducerIdFollows(int version) throws Exception {
        try (FakeCluster cluster = FakeCluster.builder()
                        .topic("t", 1)
                        .transactionVersion(version)
                        .start();
                KafkaProducer<String, String> first = transactional(cluster, "tx");
                KafkaProducer<String, String> second = transactional(cluster, "tx")) {
            first.initTransactions();
            long id = cluster.transactions().find("tx").orElseThrow().producerId();
            cluster.transactions().setEpoch("tx", Short.MAX_VALUE - 2);
            second.initTransactions();
            for (int i = 0; i < 3; i++) {
                transaction(second, true, "v" + i);
            }
            second.beginTransaction();
            second.send(new ProducerRecord<>("t", "x")).get();
            cluster.transactions().expire("tx");

            TransactionView last = cluster.transactions().find("tx").orElseThrow();
            assertThat(values(cluster, Isolation.READ_COMMITTED)).containsExactly("v0", "v1", "v2");
            assertThat(last.producerId() == id).isEqualTo(version == 1);
            assertThat(last.producerEpoch()).isEqualTo((short) (version == 1 ? Short.MAX_VALUE : 3));
        }
    }

    @Test
    void preparedTransaction_isKeptAndEndedByALaterProducer() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder()
                        .topic("t", 1)
                        .twoPhaseCommit(TwoPhaseCommit.FULL)
                        .start();
                KafkaProducer<String, String> producer = transactional(cluster, "tx");
                RawConnection raw = new RawConnection(cluster.address(1))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("t", "prepared")).get();
            TransactionView before = cluster.transactions().find("tx").orElseThrow();

            InitProducerIdResponse answer = raw.ask(
                    new InitProducerIdRequest()
                            .transactionalId("tx")
                            .enable2Pc(true)
                            .keepPreparedTxn(true),
                    new InitProducerIdResponse(),
                    6);
            assertThat(answer.ongoingTxnProducerId()).isEqualTo(before.producerId());
            assertThat(answer.ongoingTxnProducerEpoch()).isEqualTo(before.producerEpoch());
            assertThat(answer.producerEpoch()).isEqualTo((short) (before.producerEpoch() + 1));
            assertThat(cluster.transactions().state("tx")).isEqualTo(TransactionState.ONGOING);

            EndTxnResponse end = raw.ask(
                    new EndTxnRequest()
                            .transactionalId("tx")
                            .producerId(answer.producerId())
                            .producerEpoch(answer.producerEpoch())
                            .committed(true),
                    new EndTxnResponse(),
                    5);
            assertThat(ErrorCode.forCode(end.errorCode())).isEqualTo(ErrorCode.NONE);
            assertThat(values(cluster, Isolation.READ_COMMITTED)).containsExactly("prepared");
        }
    }

    private static boolean isHeld(FakeCluster cluster, TransactionView view) {
        return cluster.transactions().isHeldBy(view.transactionalId(), view.producerId(), view.producerEpoch());
    }

    private static KafkaProducer<String, String> transactional(FakeCluster cluster, String id, Object... settings) {
        List<Object> all = new ArrayList<>(List.of("transactional.id", id, "retry.backoff.max.ms", 20));
        all.addAll(List.of(settings));
        return ApacheProducers.create(cluster, all.toArray());
    }

    private static void transaction(KafkaProducer<String, String> producer, boolean commit, String... values) {
        producer.beginTransaction();
        for (String value : values) {
            producer.send(new ProducerRecord<>("t", 0, null, value));
        }
        if (commit) {
            producer.commitTransaction();
        } else {
            producer.flush();
            producer.abortTransaction();
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(long offset) {
        return Map.of(new TopicPartition("t", 0), new OffsetAndMetadata(offset));
    }

    private static List<String> values(FakeCluster cluster, Isolation isolation) {
        return cluster.records("t", isolation).stream()
                .map(StoredRecord::valueText)
                .toList();
    }
}
