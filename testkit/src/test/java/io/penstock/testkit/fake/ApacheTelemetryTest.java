package io.penstock.testkit.fake;

import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kafka's own producer takes the fake cluster for one that collects metrics, and reads answers that drip. */
@Timeout(180)
class ApacheTelemetryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void apachesMetrics_areTaken() throws Exception {
        try (FakeCluster cluster =
                FakeCluster.builder().topic("t", 1).telemetry().start()) {
            cluster.telemetry().subscribe(Duration.ofMillis(100), "org.apache.kafka.producer.");
            cluster.fault(ApiKey.GET_TELEMETRY_SUBSCRIPTIONS).dripAnswer(Duration.ZERO);
            try (KafkaProducer<String, String> producer =
                    ApacheProducers.create(cluster, "enable.metrics.push", true)) {
                producer.send(new ProducerRecord<>("t", "v")).get();
                cluster.await(
                        "a push with the producer's metrics", PATIENCE, () -> cluster.telemetry().pushes().stream()
                                .anyMatch(push -> push.mentions("org.apache.kafka.producer.")));
            }
        }
    }
}
