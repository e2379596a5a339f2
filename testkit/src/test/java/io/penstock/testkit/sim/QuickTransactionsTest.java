package io.penstock.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.fake.SeenRequest;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Transactions that follow each other at once, on brokers that are a little behind with the markers of the last one. */
@Timeout(180)
class QuickTransactionsTest {

    private static final Duration MARKERS = Duration.ofNanos(300_000);
    private static final int LEARNT = 20;

    private final VirtualProducer producer = new VirtualProducer(VirtualProducer.cluster(2));

    @BeforeEach
    void learn() {
        producer.init();
        producer.cluster().transactions().markerDelay(MARKERS);
        for (int i = 0; i < LEARNT; i++) {
            transaction("early");
        }
        producer.cluster().clearRequests();
    }

    /** Prevents: each of many small transactions was held by its broker, or refused, for having come a moment too early. */
    @Test
    void transactions_afterAFewThatCameTooEarly_waitForTheMarkersAndAreNotRefused() {
        Duration before = producer.now();
        for (int i = 0; i < 30; i++) {
            transaction("late enough");
        }
        assertThat(producer.cluster().requestCount(ApiKey.PRODUCE)).isBetween(30, 31);
        assertThat(producer.now().minus(before).dividedBy(30)).isLessThan(Duration.ofMillis(2));
        producer.pass(MARKERS.multipliedBy(2));
        assertThat(producer.committed()).hasSize(LEARNT + 30);
    }

    /** The wait has a bound, also where it does not help. */
    @Test
    void transactions_ofABrokerThatIsAlwaysSlow_waitForLessThanAMillisecond() {
        producer.cluster().fault(ApiKey.PRODUCE).always().delay(Duration.ofMillis(20));
        for (int i = 0; i < 30; i++) {
            transaction("slow");
        }
        Duration before = producer.now();
        transaction("slow");
        assertThat(producer.now().minus(before)).isBetween(Duration.ofNanos(20_400_000), Duration.ofMillis(21));
    }

    @Test
    void transaction_afterAPause_doesNotWait() {
        producer.pass(Duration.ofMillis(2));
        Duration before = producer.now();
        transaction("after a pause");
        SeenRequest produce = producer.cluster().requests(ApiKey.PRODUCE).get(0);
        assertThat(Duration.ofNanos(produce.atNanos()).minus(before)).isLessThan(Duration.ofNanos(200_000));
    }

    /** Prevents: what may go without waiting for markers waits for the records. */
    @Test
    void abort_whileRecordsWait_dropsThemAtOnce() {
        Duration before = producer.now();
        producer.begin();
        var dropped = producer.send(0, "dropped");
        producer.abort();
        assertThat(dropped).isCompletedExceptionally();
        assertThat(producer.now().minus(before)).isLessThan(Duration.ofNanos(300_000));
        transaction("after");
        producer.pass(MARKERS.multipliedBy(2));
        assertThat(producer.committed()).hasSize(LEARNT + 1);
    }

    private void transaction(String value) {
        producer.begin();
        producer.send(0, value);
        producer.commit();
    }
}
