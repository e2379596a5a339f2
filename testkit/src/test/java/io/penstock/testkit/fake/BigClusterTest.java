package io.penstock.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.producer.KafkaProducer;
import io.penstock.producer.Producer;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import io.penstock.serialization.StringSerializer;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cluster as large as they get, in one test's memory: a thousand brokers, a million partitions, of which some are used. */
@Timeout(240)
class BigClusterTest {

    private static final int BROKER_COUNT = 1_000;
    private static final int TOPIC_COUNT = 1_000;
    private static final int PARTITION_COUNT = 1_000;
    private static final int USED_TOPIC_COUNT = 20;
    private static final int USED_EVERY = 200;

    @Test
    void millionPartitions_areThereAndSomeAreWrittenTo() throws Exception {
        try (FakeCluster cluster = start()) {
            assertThat(cluster.leader("t999", 999)).isEqualTo(BROKER_COUNT);
            try (Producer<String, String> producer = producer(cluster)) {
                List<Future<RecordMetadata>> sent = new ArrayList<>();
                for (int topic = 0; topic < USED_TOPIC_COUNT; topic++) {
                    for (int partition = 0; partition < PARTITION_COUNT; partition += USED_EVERY) {
                        sent.add(producer.send(new ProducerRecord<>("t" + topic, partition, "k", "v")));
                    }
                }
                for (Future<RecordMetadata> future : sent) {
                    future.get();
                }
            }
            for (int topic = 0; topic < USED_TOPIC_COUNT; topic++) {
                assertThat(cluster.records("t" + topic)).hasSize(PARTITION_COUNT / USED_EVERY);
            }
            assertThat(cluster.requests(ApiKey.PRODUCE))
                    .extracting(SeenRequest::brokerId)
                    .containsOnly(1, 201, 401, 601, 801);
        }
    }

    @Test
    void brokerThatGoes_movesTheLeadershipOfAThousandPartitions() {
        try (FakeCluster cluster = start()) {
            cluster.stopBroker(7);
            assertThat(cluster.leader("t0", 6)).isEqualTo(8);
            assertThat(cluster.leader("t999", 6)).isEqualTo(8);
            cluster.startBroker(7);
            assertThat(cluster.leader("t0", 6)).isEqualTo(8);
            cluster.await("the broker that came back", Duration.ofSeconds(60), () -> cluster.bootstrapServers()
                    .contains(cluster.address(7)));
        }
    }

    static FakeCluster start() {
        FakeClusterBuilder builder = FakeCluster.builder().brokers(BROKER_COUNT);
        for (int i = 0; i < TOPIC_COUNT; i++) {
            builder.topic("t" + i, PARTITION_COUNT);
        }
        return builder.start();
    }

    private static Producer<String, String> producer(FakeCluster cluster) {
        String some = cluster.address(1) + "," + cluster.address(500);
        StringSerializer text = new StringSerializer();
        return new KafkaProducer<>(Map.of("bootstrap.servers", some, "max.block.ms", 60_000), text, text);
    }
}
