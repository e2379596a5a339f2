package io.penstock.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.producer.KafkaProducer;
import io.penstock.producer.Uuid;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.TelemetryPush;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Metrics that brokers ask for (KIP-714), on sockets. */
@Timeout(180)
class TelemetryTest {

    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static FakeCluster collecting() {
        FakeCluster cluster = FakeCluster.builder().topic("t", 1).telemetry().start();
        cluster.telemetry().subscribe(INTERVAL, "org.apache.kafka.producer.");
        return cluster;
    }

    private static void awaitPushes(FakeCluster cluster, int count) {
        cluster.await(
                count + " pushes", PATIENCE, () -> cluster.telemetry().pushes().size() >= count);
    }

    @Test
    void metrics_arePushedAgainAndAgain_andALastTimeWhenTheProducerCloses() throws Exception {
        try (FakeCluster cluster = collecting()) {
            UUID id;
            try (KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
                new SentRecords(producer).sendMany("t", 0, 5).awaitAll();
                awaitPushes(cluster, 2);
                Uuid known = producer.clientInstanceId(PATIENCE);
                id = new UUID(known.getMostSignificantBits(), known.getLeastSignificantBits());
            }

            List<TelemetryPush> pushes = cluster.telemetry().pushes();
            assertThat(pushes).allSatisfy(push -> {
                assertThat(push.clientInstanceId()).isEqualTo(id);
                assertThat(push.compression()).isEqualTo("zstd");
                assertThat(push.mentions("org.apache.kafka.producer.")).isTrue();
                assertThat(push.mentions("org.apache.kafka.consumer.")).isFalse();
            });
            assertThat(pushes.get(pushes.size() - 1).isTerminating()).isTrue();
            assertThat(pushes.subList(0, pushes.size() - 1)).noneMatch(TelemetryPush::isTerminating);
        }
    }

    @Test
    void subscription_whenItChanges_isAskedForAnew() {
        try (FakeCluster cluster = collecting();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
            producer.partitionsFor("t");
            awaitPushes(cluster, 1);
            int first = cluster.telemetry().pushes().get(0).subscriptionId();
            cluster.telemetry().subscribe(INTERVAL, "org.apache.kafka.producer.node.");
            cluster.await("a push for the new subscription", PATIENCE, () -> cluster.telemetry().pushes().stream()
                    .anyMatch(push -> push.subscriptionId() > first));

            assertThat(cluster.requestCount(ApiKey.GET_TELEMETRY_SUBSCRIPTIONS)).isEqualTo(2);
        }
    }

    @Test
    void push_whenItIsRefusedInPassing_isFollowedByTheNext() {
        try (FakeCluster cluster = collecting();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
            cluster.fault(ApiKey.PUSH_TELEMETRY).error(ErrorCode.THROTTLING_QUOTA_EXCEEDED);
            producer.partitionsFor("t");
            awaitPushes(cluster, 1);

            assertThat(cluster.requestCount(ApiKey.PUSH_TELEMETRY)).isGreaterThan(1);
        }
    }

    @Test
    void records_whenTelemetryIsNeverAnswered_goOn() throws Exception {
        try (FakeCluster cluster = collecting();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster, "request.timeout.ms", 300)) {
            cluster.fault(ApiKey.GET_TELEMETRY_SUBSCRIPTIONS).neverAnswer();
            SentRecords records = new SentRecords(producer);
            records.sendMany("t", 0, 5).awaitAll().assertExactlyOnceInOrder(cluster);
            awaitPushes(cluster, 1);
        }
    }

    @Test
    void clusterThatCollectsNothing_isNotAsked() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
            new SentRecords(producer).sendMany("t", 0, 5).awaitAll();

            assertThat(cluster.requestCount(ApiKey.GET_TELEMETRY_SUBSCRIPTIONS)).isZero();
        }
    }
}
