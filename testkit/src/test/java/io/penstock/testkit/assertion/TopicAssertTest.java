package io.penstock.testkit.assertion;

import static io.penstock.testkit.assertion.KafkaAssertions.assertThat;
import static io.penstock.testkit.assertion.KafkaAssertions.record;
import static io.penstock.testkit.assertion.KafkaAssertions.value;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.producer.Producer;
import io.penstock.producer.ProducerRecord;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.StoredRecord;
import io.penstock.testkit.fake.TransactionState;
import io.penstock.testkit.junit.FakeKafka;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each assertion holds for what is so, and fails with what is not so and what is instead. */
@Timeout(180)
@FakeKafka(topics = {"t:2", "one"})
class TopicAssertTest {

    @Test
    void records_areComparedInOrder(FakeCluster cluster, Producer<String, String> producer) throws Exception {
        ProducerRecord<String, String> first = new ProducerRecord<>("t", 1, 5L, "k", "a");
        first.headers().add("h", new byte[] {'x'});
        producer.send(first).get();
        producer.send(new ProducerRecord<>("t", 1, "k", "b")).get();

        TopicAssert topic = assertThat(cluster).topic("t").partition(1);
        topic.containsExactly(
                        record("k", "a").withHeader("h", "x").withTimestamp(5),
                        value("b").atOffset(1))
                .containsExactlyInAnyOrder(value("b"), value("a").inPartition(1))
                .containsValuesOfKey("k", "a", "b")
                .contains(value("b"))
                .hasNoDuplicates()
                .hasSize(2);
        topic.records().extracting(StoredRecord::valueText).endsWith("b");
        assertThat(cluster).topic("t").partition(0).isEmpty();
        assertThat(cluster).hasReceived(ApiKey.PRODUCE, 2).hasNoOpenTransactions();

        fails(() -> topic.containsValues("b", "a"), "in this order", "value b", "t-1@0(k=a)");
        fails(() -> topic.containsExactly(record("other", "a"), value("b")), "key other");
        fails(() -> topic.containsExactly(value("a").withHeader("h", "y"), value("b")), "header h=y");
        fails(() -> topic.containsExactlyInAnyOrder(value("a"), value("a")), "in any order");
        fails(() -> topic.contains(value("c")), "at least");
        fails(() -> topic.containsValuesOfKey("k", "b", "a"), "for key k");
        fails(topic::isEmpty, "so many records");
        fails(() -> assertThat(cluster).hasReceived(ApiKey.PRODUCE, 7), "Expected 7 Produce requests");
        producer.send(new ProducerRecord<>("t", 1, "k", "b")).get();
        fails(topic::hasNoDuplicates, "no record twice", "t-1@2");
    }

    @Test
    void patience_waitsForWhatComes(FakeCluster cluster, Producer<String, String> producer) {
        cluster.fault(ApiKey.PRODUCE).delay(Duration.ofMillis(100));
        producer.send(new ProducerRecord<>("one", "late"));

        assertThat(cluster).topic("one").within(Duration.ofSeconds(60)).containsValues("late");
        fails(
                () -> assertThat(cluster)
                        .topic("one")
                        .within(Duration.ofMillis(20))
                        .isEmpty(),
                "after PT0.02S");
    }

    @Test
    void transactions_areSeenByTheirEnd(FakeCluster cluster) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", cluster.bootstrapServers());
        settings.put("transactional.id", "tx");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new org.apache.kafka.clients.producer.ProducerRecord<>("one", "kept"));
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(new org.apache.kafka.clients.producer.ProducerRecord<>("one", "dropped"));
            producer.flush();

            assertThat(cluster).topic("one").open().containsValues("dropped");
            fails(() -> assertThat(cluster).hasNoOpenTransactions(), "tx");
            producer.abortTransaction();
        }
        assertThat(cluster).topic("one").containsValues("kept").committed().containsValues("kept");
        assertThat(cluster).topic("one").aborted().containsValues("dropped");
        assertThat(cluster).topic("one").uncommitted().containsValues("kept", "dropped");
        assertThat(cluster)
                .hasTransaction("tx", TransactionState.COMPLETE_ABORT)
                .hasNoOpenTransactions();
        fails(() -> assertThat(cluster).hasTransaction("tx", TransactionState.ONGOING), "ONGOING", "COMPLETE_ABORT");
        fails(() -> assertThat(cluster).hasCommitted("g", "one", 0, 5), "but it is none");
    }

    private static void fails(Runnable assertion, String... words) {
        assertThatThrownBy(assertion::run).isInstanceOf(AssertionError.class).hasMessageContainingAll(words);
    }
}
