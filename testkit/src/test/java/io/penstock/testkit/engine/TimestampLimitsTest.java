package io.penstock.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.errors.InvalidTimestampException;
import io.penstock.errors.KafkaException;
import io.penstock.errors.RecordOutcome;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.StoredRecord;
import io.penstock.testkit.fake.TopicOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records that are too old or too new for their topic. */
@Timeout(180)
class TimestampLimitsTest {

    private static final Duration LIMIT = Duration.ofHours(1);
    private static final TopicOptions LIMITED = TopicOptions.partitions(1).withTimestampLimits(LIMIT, LIMIT);

    @Test
    void recordOutOfRange_failsAlone_andSaysByHowMuch() throws Exception {
        long now = System.currentTimeMillis();
        long tooOld = now - TimeUnit.HOURS.toMillis(2);
        long tooNew = now + TimeUnit.HOURS.toMillis(2);
        try (FakeCluster cluster = FakeCluster.builder().topic("t", LIMITED).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
            for (long timestamp : new long[] {tooOld, tooNew}) {
                KafkaException failure = Failures.of(send(producer, timestamp, "out of range"));

                assertThat(failure)
                        .isExactlyInstanceOf(InvalidTimestampException.class)
                        .hasMessageContaining(Long.toString(timestamp));
                assertThat(failure.outcome()).isEqualTo(RecordOutcome.NOT_WRITTEN);
                send(producer, now, "in range").get(SentRecords.PATIENCE_SECONDS, TimeUnit.SECONDS);
            }

            assertThat(cluster.records("t"))
                    .extracting(StoredRecord::valueText)
                    .containsExactly("in range", "in range");
        }
    }

    @Test
    void recordOutOfRange_whenTheBrokerSetsTheTime_isTaken() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder()
                        .topic("t", LIMITED.withLogAppendTime())
                        .start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
            send(producer, 5, "long ago").get(SentRecords.PATIENCE_SECONDS, TimeUnit.SECONDS);

            assertThat(cluster.records("t")).hasSize(1);
        }
    }

    private static CompletableFuture<?> send(KafkaProducer<String, String> producer, long timestamp, String value) {
        return producer.send(new ProducerRecord<>("t", 0, timestamp, "k", value));
    }
}
