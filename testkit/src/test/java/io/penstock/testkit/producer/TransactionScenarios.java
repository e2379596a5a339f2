package io.penstock.testkit.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.KafkaException;
import io.penstock.errors.ProducerFencedException;
import io.penstock.errors.RecordTooLargeException;
import io.penstock.errors.TransactionAbortedException;
import io.penstock.errors.UnsupportedVersionException;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What transactions must do on a real broker, whichever of the two protocols it speaks; read back by Apache's consumers with
 * {@code isolation.level=read_committed}.
 */
abstract class TransactionScenarios extends OffsetScenarios {

    @Test
    void commit_makesTheRecordsOfAllPartitionsVisible() throws Exception {
        String topic = newTopic(4);
        List<CompletableFuture<RecordMetadata>> sent = new ArrayList<>();
        try (var producer = producer(newName("tx"))) {
            producer.initTransactions();
            for (int t = 0; t < 5; t++) {
                producer.beginTransaction();
                for (int i = 0; i < 40; i++) {
                    sent.add(producer.send(record(topic, i % 4, t + ":" + i)));
                }
                producer.commitTransaction();
                for (CompletableFuture<RecordMetadata> each : sent) {
                    assertThat(each).isCompleted();
                }
            }
        }
        assertThat(committed(topic, 200)).doesNotHaveDuplicates();
    }

    @Test
    void abort_leavesNothingVisible_andTheNextTransactionWorks() throws Exception {
        String topic = newTopic(2);
        try (var producer = producer(newName("tx"), "linger.ms", 1_000_000L, "delivery.timeout.ms", 2_000_000)) {
            producer.initTransactions();
            for (int t = 0; t < 3; t++) {
                producer.beginTransaction();
                CompletableFuture<RecordMetadata> sent = producer.send(record(topic, 0, "flushed, aborted"));
                producer.flush();
                CompletableFuture<RecordMetadata> unsent = producer.send(record(topic, 1, "lingering, aborted"));
                producer.abortTransaction();
                assertThat(sent.get(TIMEOUT_SECONDS, TimeUnit.SECONDS).hasOffset())
                        .isTrue();
                assertThatThrownBy(() -> unsent.get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOf(TransactionAbortedException.class)
                        .hasMessageContaining(topic + "-1");
                producer.beginTransaction();
                producer.send(record(topic, 0, "committed " + t));
                producer.commitTransaction();
            }
        }
        assertThat(committed(topic, 3)).containsExactly("committed 0", "committed 1", "committed 2");
    }

    @Test
    void emptyTransactions_commitAndAbort() {
        String topic = newTopic(1);
        try (var producer = producer(newName("tx"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.commitTransaction();
            producer.beginTransaction();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(record(topic, 0, "only"));
            producer.commitTransaction();
        }
        assertThat(committed(topic, 1)).containsExactly("only");
    }

    @Test
    void failedSend_makesCommitFailWithItsCause_andAbortRestores() {
        String topic = newTopic(1);
        try (var producer = producer(newName("tx"), "max.request.size", 10_000)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record(topic, 0, "of the failed one"));
            producer.send(new ProducerRecord<>(topic, 0, null, new byte[20_000]));
            assertThatThrownBy(producer::commitTransaction)
                    .isInstanceOf(RecordTooLargeException.class)
                    .hasMessageContaining("20")
                    .hasMessageContaining("abortTransaction()");
            assertThatThrownBy(() -> producer.send(record(topic, 0, "too late")))
                    .isInstanceOf(RecordTooLargeException.class)
                    .hasMessageContaining("ABORTABLE_ERROR");
            assertThatThrownBy(producer::beginTransaction)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("abortTransaction()")
                    .hasCauseInstanceOf(RecordTooLargeException.class);
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(record(topic, 0, "of the good one"));
            producer.commitTransaction();
        }
        assertThat(committed(topic, 1)).containsExactly("of the good one");
    }

    @Test
    void recordThatTheBrokerRefuses_makesCommitFail_andAbortRestores() {
        String topic = newName("topic");
        kafka().createTopic(topic, 1, Map.of("max.message.bytes", "2000"));
        try (var producer = producer(newName("tx"))) {
            producer.initTransactions();
            for (int round = 0; round < 2; round++) {
                producer.beginTransaction();
                producer.send(record(topic, 0, "of the failed one"));
                producer.flush();
                producer.send(new ProducerRecord<>(topic, 0, null, new byte[5_000]));
                assertThatThrownBy(producer::commitTransaction).isInstanceOf(RecordTooLargeException.class);
                producer.abortTransaction();
                producer.beginTransaction();
                producer.send(record(topic, 0, "good " + round));
                producer.commitTransaction();
            }
        }
        assertThat(committed(topic, 2)).containsExactly("good 0", "good 1");
    }

    @Test
    void secondProducerOfTheSameId_fencesTheFirst_andAbortsWhatItLeft() {
        String topic = newTopic(1);
        String id = newName("tx");
        try (var first = producer(id);
                var second = producer(id)) {
            first.initTransactions();
            first.beginTransaction();
            first.send(record(topic, 0, "of the first"));
            first.flush();
            second.initTransactions();
            assertThatThrownBy(() -> {
                        first.send(record(topic, 0, "too late"));
                        first.commitTransaction();
                    })
                    .isInstanceOf(KafkaException.class);
            assertThatThrownBy(first::abortTransaction)
                    .isInstanceOf(ProducerFencedException.class)
                    .hasMessageContaining(id);
            assertThatThrownBy(first::beginTransaction)
                    .isInstanceOf(ProducerFencedException.class)
                    .hasMessageContaining("FATAL_ERROR");
            second.beginTransaction();
            second.send(record(topic, 0, "of the second"));
            second.commitTransaction();
        }
        assertThat(committed(topic, 1)).containsExactly("of the second");
    }

    @Test
    void closeInsideATransaction_abortsIt() {
        String topic = newTopic(1);
        String id = newName("tx");
        CompletableFuture<RecordMetadata> open;
        try (var producer = producer(id)) {
            producer.initTransactions();
            producer.beginTransaction();
            open = producer.send(record(topic, 0, "never committed"));
            producer.flush();
        }
        assertThat(open).isCompleted();
        try (var producer = producer(id)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record(topic, 0, "committed"));
            producer.commitTransaction();
        }
        assertThat(committed(topic, 1)).containsExactly("committed");
    }

    @Test
    void transactionOpenForTooLong_isAbortedByTheCoordinator_andSaysSo() throws Exception {
        String topic = newTopic(1);
        try (var producer = producer(newName("tx"), "transaction.timeout.ms", 2_000)) {
            producer.initTransactions();
            producer.partitionsFor(topic); // What is not written when the time is up never is.
            producer.beginTransaction();
            producer.send(record(topic, 0, "too slow"));
            producer.flush();
            // Until the coordinator's marker lies behind the record.
            Witness.awaitEnd(kafka().bootstrapServers(), topic, 2);
            assertThatThrownBy(producer::commitTransaction)
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("transaction.timeout.ms=2000");
            afterTimeout(producer, topic);
        }
    }

    /** What can be done with a producer whose transaction the coordinator has aborted. */
    abstract void afterTimeout(KafkaProducer<byte[], byte[]> producer, String topic);

    static void abortAndGoOn(KafkaProducer<byte[], byte[]> producer, String topic) {
        producer.abortTransaction();
        producer.beginTransaction();
        producer.send(record(topic, 0, "in time"));
        producer.commitTransaction();
    }

    @Test
    void scopedForm_commitsOrAborts_andReturnsTheBlocksValue() {
        String topic = newTopic(1);
        AtomicInteger runs = new AtomicInteger();
        try (var producer = producer(newName("tx"))) {
            producer.initTransactions();
            producer.inTransaction(tx -> tx.send(record(topic, 0, "1")));
            assertThatThrownBy(() -> producer.inTransaction(5, tx -> {
                        runs.incrementAndGet();
                        tx.send(record(topic, 0, "never"));
                        throw new java.io.IOException("of the block's own");
                    }))
                    .isInstanceOf(java.io.IOException.class);
            assertThat(runs).as("its own exceptions are not tried again").hasValue(1);
            String value = producer.callInTransaction(tx -> {
                tx.send(record(topic, 0, "2"));
                return "value";
            });
            assertThat(value).isEqualTo("value");
        }
        assertThat(committed(topic, 2)).containsExactly("1", "2");
    }

    @Test
    void asynchronousForms_doTheSame() throws Exception {
        String topic = newTopic(1);
        try (var producer = producer(newName("tx"))) {
            producer.initTransactionsAsync().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            producer.beginTransaction();
            producer.send(record(topic, 0, "1"));
            CompletableFuture<Void> committing = producer.commitTransactionAsync();
            assertThatThrownBy(() -> producer.send(record(topic, 0, "after the commit was asked for")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("send()");
            committing.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            producer.beginTransaction();
            producer.send(record(topic, 0, "2"));
            producer.abortTransactionAsync().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            producer.beginTransaction();
            producer.sendAsync(record(topic, 0, "3"));
            producer.commitTransactionAsync().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(committed(topic, 2)).containsExactly("1", "3");
    }

    @Test
    void twoPhaseCommit_whereTheBrokerDoesNotOfferIt_isRefusedWithWhatItNeeds() {
        try (var producer = producer(newName("tx"), "transaction.two.phase.commit.enable", true)) {
            assertThatThrownBy(producer::initTransactions)
                    .isInstanceOf(UnsupportedVersionException.class)
                    .hasMessageContaining("transaction.two.phase.commit.enable")
                    .hasMessageContaining("unstable.api.versions.enable=true");
        }
    }
}
