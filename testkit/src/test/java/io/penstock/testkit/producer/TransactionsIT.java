package io.penstock.testkit.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.producer.KafkaProducer;
import io.penstock.testkit.EmbeddedKafka;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Transactions by the second protocol, as new clusters speak it (KIP-890). */
class TransactionsIT extends TransactionScenarios {

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.builder()
                .config("transaction.abort.timed.out.transaction.cleanup.interval.ms", "200")
                .start();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Override
    EmbeddedKafka kafka() {
        return kafka;
    }

    @Override
    void afterTimeout(KafkaProducer<byte[], byte[]> producer, String topic) {
        abortAndGoOn(producer, topic);
        assertThat(committed(topic, 1)).containsExactly("in time");
    }
}
