package io.penstock.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.producer.KafkaProducer;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.Fault;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that come byte by byte, so that each step of the reader meets half a size, half a header and half a body. */
@Timeout(180)
class DrippingAnswersTest {

    @ParameterizedTest
    @EnumSource(
            value = ApiKey.class,
            names = {"API_VERSIONS", "METADATA", "INIT_PRODUCER_ID", "PRODUCE"})
    void answer_whenItDrips_isReadAsIfWhole(ApiKey key) throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 2).start()) {
            Fault drip = cluster.fault(key).always().dripAnswer(Duration.ZERO);
            try (KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
                SentRecords records = new SentRecords(producer);
                records.sendMany("t", 0, 20).sendMany("t", 1, 20).awaitAll().assertExactlyOnceInOrder(cluster);
            }

            assertThat(drip.hitCount()).isPositive();
        }
    }

    @Test
    void answer_whenItDripsForTooLong_isGivenUpWithItsConnection() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster, "request.timeout.ms", 300)) {
            Fault drip = cluster.fault(ApiKey.PRODUCE).dripAnswer(Duration.ofMillis(100));

            new SentRecords(producer).sendMany("t", 0, 1).awaitAll().assertExactlyOnceInOrder(cluster);

            assertThat(drip.hitCount()).isEqualTo(1);
            assertThat(cluster.requestCount(ApiKey.PRODUCE)).isGreaterThan(1);
        }
    }
}
