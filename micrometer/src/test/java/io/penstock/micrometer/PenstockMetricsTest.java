package io.penstock.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.fake.FakeCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PenstockMetricsTest {

    @Test
    void meters_followTheProducer_andAreGoneAfterClose() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", cluster.bootstrapServers(), "client.id", "me"),
                        new StringSerializer(),
                        new StringSerializer())) {
            PenstockMetrics metrics =
                    new PenstockMetrics(producer, List.of(Tag.of("app", "shop")), Duration.ofMillis(20));
            metrics.bindTo(registry);
            metrics.bindTo(registry);
            assertThat(registry.get("kafka.producer.record.send.total")
                            .tags("client.id", "me", "app", "shop")
                            .functionCounter()
                            .count())
                    .isZero();
            producer.send(new ProducerRecord<>("t", "v")).get(60, TimeUnit.SECONDS);
            cluster.await(
                    "meters of the topic and the broker",
                    Duration.ofSeconds(60),
                    () -> registry.find("kafka.producer.topic.record.send.total")
                                            .tags("topic", "t")
                                            .functionCounter()
                                    != null
                            && registry.find("kafka.producer.node.request.rate").gauge() != null);
            assertThat(registry.get("kafka.producer.topic.record.send.total")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("kafka.producer.batch.size.max").gauge().value())
                    .isPositive();
            metrics.close();
            assertThat(registry.getMeters()).isEmpty();
            assertThatThrownBy(() -> metrics.bindTo(registry)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("penstock-micrometer") && thread.isAlive())
                .allSatisfy(thread -> thread.join(60_000))
                .noneMatch(Thread::isAlive);
    }
}
