package io.penstock.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.producer.KafkaProducer;
import io.penstock.testkit.fake.BrokerRelease;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.Fault;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records find the leader wherever it goes, and keep their order on the way. */
@Timeout(180)
class LeadersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(SentRecords.PATIENCE_SECONDS);

    @Test
    void hint_isEnough_whenMetadataLags() throws Exception {
        try (FakeCluster cluster =
                        FakeCluster.builder().brokers(3).topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
            SentRecords records = new SentRecords(producer);
            records.sendMany("t", 0, 5).awaitAll();
            freezeAll(cluster);
            cluster.moveLeader("t", 0, 3);

            records.sendMany("t", 0, 20).awaitAll();

            records.assertExactlyOnceInOrder(cluster);
        }
    }

    @Test
    void withoutHints_metadataIsAskedUntilItKnows() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder()
                        .brokers(3)
                        .topic("t", 1)
                        .release(BrokerRelease.KAFKA_3_0)
                        .start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
            SentRecords records = new SentRecords(producer);
            records.sendMany("t", 0, 5).awaitAll();
            freezeAll(cluster);
            cluster.moveLeader("t", 0, 3);
            int asked = cluster.requestCount(ApiKey.METADATA);
            records.sendMany("t", 0, 20);
            cluster.awaitRequests(ApiKey.METADATA, asked + 3, PATIENCE);
            for (int broker = 1; broker <= 3; broker++) {
                cluster.thawMetadata(broker);
            }

            records.awaitAll().assertExactlyOnceInOrder(cluster);
        }
    }

    @Test
    void unansweredAtTheOldLeader_isToldBeforeWhatTheNewOneAnswers() throws Exception {
        // Prevents callbacks out of order across a leader move, as seen with Kafka's own client.
        try (FakeCluster cluster =
                        FakeCluster.builder().brokers(2).topic("t", 1).start();
                KafkaProducer<String, String> producer =
                        EngineProducers.create(cluster, "metadata.max.age.ms", 50, "request.timeout.ms", 2_000)) {
            SentRecords records = new SentRecords(producer);
            records.send("t", 0).get(SentRecords.PATIENCE_SECONDS, TimeUnit.SECONDS);
            Fault held = cluster.fault(ApiKey.PRODUCE).broker(1).holdAnswer();
            int seen = cluster.requestCount(ApiKey.PRODUCE);
            records.send("t", 0);
            cluster.awaitRequests(ApiKey.PRODUCE, seen + 1, PATIENCE);
            cluster.moveLeader("t", 0, 2);
            int asked = cluster.requestCount(ApiKey.METADATA);
            cluster.awaitRequests(ApiKey.METADATA, asked + 2, PATIENCE);

            records.sendMany("t", 0, 5);
            cluster.awaitRequests(ApiKey.METADATA, asked + 4, PATIENCE);
            held.release();

            records.awaitAll().assertExactlyOnceInOrder(cluster);
        }
    }

    @Test
    void answerLostByTheOldLeader_isNotDoubledByTheNew() throws Exception {
        try (FakeCluster cluster =
                        FakeCluster.builder().brokers(2).topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
            SentRecords records = new SentRecords(producer);
            records.sendMany("t", 0, 3).awaitAll();
            cluster.fault(ApiKey.PRODUCE).dropAfter();
            cluster.fault(ApiKey.PRODUCE).after(1).run(() -> cluster.moveLeader("t", 0, 2));

            records.sendMany("t", 0, 30).awaitAll();

            records.assertExactlyOnceInOrder(cluster);
        }
    }

    @Test
    void brokersGoAndComeOneAfterTheOther() throws Exception {
        try (FakeCluster cluster =
                        FakeCluster.builder().brokers(3).topic("t", 3).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster, "metadata.max.age.ms", 200)) {
            SentRecords records = new SentRecords(producer);
            for (int broker = 1; broker <= 3; broker++) {
                sendToAll(records);
                cluster.stopBroker(broker);
                sendToAll(records);
                records.awaitAll();
                cluster.startBroker(broker);
            }
            sendToAll(records);

            records.awaitAll().assertExactlyOnceInOrder(cluster);
        }
    }

    @Test
    void crashNobodyHasNoticed_isWaitedOut() throws Exception {
        try (FakeCluster cluster =
                        FakeCluster.builder().brokers(2).topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
            SentRecords records = new SentRecords(producer);
            records.sendMany("t", 0, 3).awaitAll();
            cluster.crashBroker(1);
            records.sendMany("t", 0, 10);
            int asked = cluster.requestCount(ApiKey.METADATA);
            cluster.awaitRequests(ApiKey.METADATA, asked + 2, PATIENCE);

            cluster.noticeCrash(1);

            records.awaitAll().assertExactlyOnceInOrder(cluster);
        }
    }

    @Test
    void allBrokersGone_andBack_goesOn() throws Exception {
        try (FakeCluster cluster =
                        FakeCluster.builder().brokers(2).topic("t", 2).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
            SentRecords records = new SentRecords(producer);
            records.sendMany("t", 0, 3).sendMany("t", 1, 3).awaitAll();
            cluster.crashBroker(1);
            cluster.crashBroker(2);
            records.sendMany("t", 0, 3).sendMany("t", 1, 3);
            cluster.startBroker(1);
            cluster.startBroker(2);

            records.awaitAll().assertExactlyOnceInOrder(cluster);
        }
    }

    @Test
    void onlyBroker_whenItsConnectionWasLostBetweenTwoRecords_isFoundAgain() throws Exception {
        // Prevents a record that was sent while the only broker was backed off, and looked up anew from the bootstrap
        // servers,
        // from standing in line until it expires.
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer =
                        EngineProducers.create(cluster, "acks", "0", "enable.idempotence", false)) {
            SentRecords records = new SentRecords(producer);
            for (int round = 0; round < 10; round++) {
                cluster.fault(ApiKey.PRODUCE).dropAfter();
                records.send("t", 0).get(SentRecords.PATIENCE_SECONDS, TimeUnit.SECONDS);
                cluster.dropConnections(1);
                records.send("t", 0).get(SentRecords.PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void topicCreatedAgain_underTheSameName_getsTheNextRecords() throws Exception {
        try (FakeCluster cluster =
                        FakeCluster.builder().brokers(2).topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
            new SentRecords(producer).sendMany("t", 0, 5).awaitAll();
            cluster.deleteTopic("t");
            cluster.createTopic("t", 1);

            SentRecords records = new SentRecords(producer);
            records.sendMany("t", 0, 5).awaitAll();

            records.assertExactlyOnceInOrder(cluster);
        }
    }

    @Test
    void partitionsAdded_areSeenAfterAWhile() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster, "metadata.max.age.ms", 100)) {
            SentRecords records = new SentRecords(producer);
            records.sendMany("t", 0, 1).awaitAll();
            cluster.growTopic("t", 4);

            records.sendMany("t", 3, 5).awaitAll();

            records.assertExactlyOnceInOrder(cluster);
            assertThat(producer.partitionsFor("t")).hasSize(4);
        }
    }

    private static void sendToAll(SentRecords records) {
        for (int partition = 0; partition < 3; partition++) {
            records.sendMany("t", partition, 10);
        }
    }

    private static void freezeAll(FakeCluster cluster) {
        for (int broker = 1; broker <= 3; broker++) {
            cluster.freezeMetadata(broker);
        }
    }
}
