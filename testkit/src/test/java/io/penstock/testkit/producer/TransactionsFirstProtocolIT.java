package io.penstock.testkit.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.ProducerFencedException;
import io.penstock.producer.KafkaProducer;
import io.penstock.testkit.EmbeddedKafka;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Transactions by the first protocol, as clusters before 4.0 speak it, and later ones whose feature was not raised. */
class TransactionsFirstProtocolIT extends TransactionScenarios {

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.builder()
                .feature("transaction.version", 0)
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

    /** With this protocol the coordinator fences a producer whose time is over, and nothing tells it from one that was replaced. */
    @Override
    void afterTimeout(KafkaProducer<byte[], byte[]> producer, String topic) {
        assertThatThrownBy(producer::abortTransaction).isInstanceOf(ProducerFencedException.class);
        assertThat(committed(topic, 0)).isEmpty();
    }
}
