package io.penstock.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fake cluster against Kafka's own producer: what that one takes for a broker is one. */
@Timeout(180)
class ApacheProducerTest {

    @Test
    void send_idempotently_isStoredWithKeyHeadersAndSequence() throws Exception {
        try (FakeCluster cluster =
                        FakeCluster.builder().brokers(3).topic("t", 2).start();
                KafkaProducer<String, String> producer = ApacheProducers.create(cluster)) {
            ProducerRecord<String, String> record = new ProducerRecord<>("t", 1, 1234L, "k", "v");
            record.headers().add(new RecordHeader("h", new byte[] {'x'}));

            RecordMetadata metadata = producer.send(record).get();

            assertThat(metadata.offset()).isZero();
            assertThat(cluster.records("t", 0)).isEmpty();
            StoredRecord stored = cluster.records("t", 1).get(0);
            assertThat(stored.keyText()).isEqualTo("k");
            assertThat(stored.valueText()).isEqualTo("v");
            assertThat(stored.timestamp()).isEqualTo(1234);
            assertThat(stored.headers().get(0).valueText()).isEqualTo("x");
            assertThat(stored.producerId()).isGreaterThanOrEqualTo(0);
            assertThat(stored.sequence()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void send_inEveryCodec_isRead(String codec) throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer =
                        ApacheProducers.create(cluster, "compression.type", codec, "linger.ms", 50)) {
            sendAll(producer, "t", 100);

            assertValues(cluster, "t", 0, 100);
            assertThat(cluster.records("t", 0).get(0).compressionType().label()).isEqualTo(codec);
        }
    }

    @ParameterizedTest
    @EnumSource(BrokerRelease.class)
    void send_toEveryRelease_arrives(BrokerRelease release) throws Exception {
        try (FakeCluster cluster = FakeCluster.builder()
                        .brokers(2)
                        .topic("t", 2)
                        .release(release)
                        .start();
                KafkaProducer<String, String> producer = ApacheProducers.create(cluster)) {
            sendAll(producer, "t", 50);

            assertValues(cluster, "t", 0, 50);
            assertThat(cluster.requests(ApiKey.PRODUCE))
                    .allMatch(request -> request.version() == release.caps().get(ApiKey.PRODUCE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "all"})
    void send_withEveryAcks_isStored(String acks) throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start()) {
            try (KafkaProducer<String, String> producer =
                    ApacheProducers.create(cluster, "acks", acks, "enable.idempotence", false)) {
                sendAll(producer, "t", 20);
            }

            cluster.await("20 records", Duration.ofSeconds(60), () -> cluster.endOffset("t", 0) == 20);
            assertValues(cluster, "t", 0, 20);
        }
    }

    @Test
    void recordWithoutKey_inACompactedTopic_isNamed() throws Exception {
        TopicOptions compacted = TopicOptions.partitions(1).withCompaction();
        try (FakeCluster cluster = FakeCluster.builder().topic("t", compacted).start();
                KafkaProducer<String, String> producer = ApacheProducers.create(cluster)) {
            assertThatThrownBy(
                            () -> producer.send(new ProducerRecord<>("t", "v")).get())
                    .hasRootCauseInstanceOf(InvalidRecordException.class)
                    .hasMessageContaining("has no key");
            assertThat(producer.send(new ProducerRecord<>("t", "k", "v")).get().offset())
                    .isZero();
        }
    }

    @Test
    void dropAfterAppend_isRetriedWithoutDuplicates() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = ApacheProducers.create(cluster, "batch.size", 200)) {
            Fault fault =
                    cluster.fault(ApiKey.PRODUCE).partition("t", 0).times(3).dropAfter();

            sendAll(producer, "t", 200);

            assertValues(cluster, "t", 0, 200);
            assertThat(fault.hitCount()).isEqualTo(3);
        }
    }

    @Test
    void everyWayToLoseAnAnswer_isRetriedWithoutDuplicates() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                // With more in flight, batches that are stored behind one whose second attempt is refused push it out
                // of the five that a
                // broker remembers, and this producer is told that it is out of order until its time is over.
                KafkaProducer<String, String> producer = ApacheProducers.create(
                        cluster,
                        "batch.size",
                        200,
                        "request.timeout.ms",
                        500,
                        "max.in.flight.requests.per.connection",
                        1)) {
            cluster.fault(ApiKey.PRODUCE).after(1).dropBefore();
            cluster.fault(ApiKey.PRODUCE).after(3).truncateAnswer();
            cluster.fault(ApiKey.PRODUCE).after(5).neverAnswerAfter();
            cluster.fault(ApiKey.PRODUCE).after(7).neverAnswer();
            cluster.fault(ApiKey.PRODUCE).after(9).errorAfter(ErrorCode.REQUEST_TIMED_OUT);
            cluster.fault(ApiKey.PRODUCE).after(11).error(ErrorCode.NOT_ENOUGH_REPLICAS);

            sendAll(producer, "t", 300);

            assertValues(cluster, "t", 0, 300);
        }
    }

    @Test
    void leaderMove_isFollowedByTheHint() throws Exception {
        try (FakeCluster cluster =
                        FakeCluster.builder().brokers(3).topic("t", 1).start();
                KafkaProducer<String, String> producer = ApacheProducers.create(cluster)) {
            sendAll(producer, "t", 10);
            for (int broker = 1; broker <= 3; broker++) {
                cluster.freezeMetadata(broker);
            }
            cluster.moveLeader("t", 0, 3);

            sendAll(producer, "t", 10, 10);

            assertValues(cluster, "t", 0, 20);
            assertThat(cluster.requests(ApiKey.PRODUCE)).anyMatch(request -> request.brokerId() == 3);
        }
    }

    @Test
    void brokerStop_movesItsLeadersAndBrokerComesBackOnItsPort() throws Exception {
        try (FakeCluster cluster =
                        FakeCluster.builder().brokers(2).topic("t", 1).start();
                KafkaProducer<String, String> producer = ApacheProducers.create(cluster)) {
            sendAll(producer, "t", 10);
            String address = cluster.address(1);

            cluster.stopBroker(1);
            sendAll(producer, "t", 10, 10);
            cluster.startBroker(1);
            cluster.stopBroker(2);
            sendAll(producer, "t", 10, 20);

            assertValues(cluster, "t", 0, 30);
            assertThat(cluster.address(1)).isEqualTo(address);
        }
    }

    @Test
    void batchThatIsTooLarge_isSplit() throws Exception {
        TopicOptions small = TopicOptions.partitions(1).withMaxMessageBytes(500);
        try (FakeCluster cluster = FakeCluster.builder().topic("t", small).start();
                KafkaProducer<String, String> producer = ApacheProducers.create(cluster, "linger.ms", 100)) {
            sendAll(producer, "t", 100);

            assertValues(cluster, "t", 0, 100);
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("t", "x".repeat(600)))
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(RecordTooLargeException.class);
        }
    }

    @Test
    void fatalError_reachesTheFutureOfThatPartitionAlone() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 2).start();
                KafkaProducer<String, String> producer = ApacheProducers.create(cluster)) {
            cluster.fault(ApiKey.PRODUCE).partition("t", 0).error(ErrorCode.TOPIC_AUTHORIZATION_FAILED);

            Future<RecordMetadata> refused = producer.send(new ProducerRecord<>("t", 0, "k", "v"));
            Future<RecordMetadata> taken = producer.send(new ProducerRecord<>("t", 1, "k", "v"));

            assertThatThrownBy(refused::get).hasCauseInstanceOf(TopicAuthorizationException.class);
            assertThat(taken.get().offset()).isZero();
        }
    }

    @Test
    void topic_isMadeWhenAskedFor() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder()
                        .autoCreateTopics(TopicOptions.partitions(3).withLogAppendTime())
                        .start();
                KafkaProducer<String, String> producer = ApacheProducers.create(cluster)) {
            RecordMetadata metadata = producer.send(new ProducerRecord<>("new", null, 5L, "k", "v"))
                    .get();

            assertThat(cluster.partitionCount("new")).isEqualTo(3);
            assertThat(metadata.timestamp()).isGreaterThan(5);
            assertThat(cluster.records("new").get(0).timestamp()).isEqualTo(metadata.timestamp());
        }
    }

    @Test
    void topicCreatedAgain_hasANewIdThatTheProducerLearns() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = ApacheProducers.create(cluster)) {
            sendAll(producer, "t", 5);
            var id = cluster.topicId("t");
            cluster.deleteTopic("t");
            cluster.createTopic("t", 1);

            sendAll(producer, "t", 5);

            assertThat(cluster.topicId("t")).isNotEqualTo(id);
            assertValues(cluster, "t", 0, 5);
        }
    }

    private static void sendAll(KafkaProducer<String, String> producer, String topic, int count) throws Exception {
        sendAll(producer, topic, count, 0);
    }

    private static void sendAll(KafkaProducer<String, String> producer, String topic, int count, int from)
            throws Exception {
        List<Future<RecordMetadata>> futures = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            futures.add(producer.send(new ProducerRecord<>(topic, 0, "k", "v" + i)));
        }
        for (Future<RecordMetadata> future : futures) {
            future.get();
        }
    }

    private static void assertValues(FakeCluster cluster, String topic, int partition, int count) {
        assertThat(cluster.records(topic, partition))
                .extracting(StoredRecord::valueText)
                .containsExactlyElementsOf(
                        IntStream.range(0, count).mapToObj(i -> "v" + i).toList());
    }
}
