package io.penstock.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.errors.KafkaException;
import io.penstock.errors.ProducerFencedException;
import io.penstock.errors.RecordTooLargeException;
import io.penstock.errors.TimeoutException;
import io.penstock.errors.TransactionAbortableException;
import io.penstock.internal.transaction.TransactionState;
import io.penstock.producer.ProducerRecord;
import io.penstock.testkit.fake.Fault;
import io.penstock.testkit.fake.Isolation;
import io.penstock.testkit.fake.SeenRequest;
import io.penstock.testkit.fake.TopicOptions;
import io.penstock.testkit.fake.TransactionView;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.InitProducerIdRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Time and epochs: what expires, what that costs, how long is waited, and what is left when epochs run out or rules change. */
@Timeout(180)
class TransactionEpochsTest {

    /** Prevents: each transaction paid retry.backoff.ms, 100 ms, for the markers of the one before it (KIP-890). */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void transactionBehindTheMarkersOfTheLast_waitsForMilliseconds(int version) {
        VirtualProducer producer = initialized(version);
        producer.cluster().transactions().markerDelay(Duration.ofMillis(4));
        transaction(producer, "first");
        producer.cluster().clearRequests();
        Duration before = producer.now();
        transaction(producer, "second");

        assertThat(producer.now().minus(before)).isBetween(Duration.ofMillis(4), Duration.ofMillis(15));
        ApiKey first = version == 1 ? ApiKey.ADD_PARTITIONS_TO_TXN : ApiKey.PRODUCE;
        List<SeenRequest> asked = producer.cluster().requests(first);
        assertThat(asked.size()).as("asked again, and not in a rush").isBetween(2, 8);
        for (int i = 1; i < asked.size(); i++) {
            assertThat(Duration.ofNanos(
                            asked.get(i).atNanos() - asked.get(i - 1).atNanos()))
                    .isBetween(Duration.ofNanos(700_000), Duration.ofMillis(10));
        }
    }

    /** The pause grows, so that markers that hang for long are not asked for a thousand times a second. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void markersThatHang_areAskedForAtMostEverySixteenMilliseconds(int version) {
        VirtualProducer producer = initialized(version);
        producer.cluster().transactions().holdMarkers();
        transaction(producer, "first");
        producer.cluster().clearRequests();
        producer.begin();
        producer.send(0, "second");
        producer.pass(Duration.ofSeconds(2));
        ApiKey first = version == 1 ? ApiKey.ADD_PARTITIONS_TO_TXN : ApiKey.PRODUCE;
        assertThat(producer.cluster().requestCount(first)).isBetween(90, 200);
        producer.cluster().transactions().releaseMarkers();
        producer.commit();
        producer.pass(Duration.ofSeconds(1));
        assertThat(producer.committed()).containsExactly("first", "second");
    }

    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "2, false", "2, true"})
    void recordThatExpires_failsTheCommit_andTheNextTransactionHasAnotherEpoch(int version, boolean written) {
        VirtualProducer producer =
                initialized(version, "delivery.timeout.ms", 4_000, "request.timeout.ms", 2_000, "linger.ms", 0);
        transaction(producer, "before");
        short before = view(producer).producerEpoch();
        var script = producer.cluster().fault(ApiKey.PRODUCE).always();
        Fault fault = written ? script.neverAnswerAfter() : script.neverAnswer();
        producer.begin();
        producer.send(0, "expires");

        assertThatThrownBy(producer::commit)
                .isInstanceOf(TransactionAbortableException.class)
                .satisfies(thrown -> assertThat(thrown.getCause().getCause()).isInstanceOf(TimeoutException.class))
                .hasMessageContaining("delivery.timeout.ms=4000")
                .hasMessageContaining("abortTransaction()");
        fault.remove();
        producer.abort();
        transaction(producer, "after");
        producer.pass(Duration.ofMinutes(2));

        assertThat(view(producer).producerEpoch()).isGreaterThan(before);
        assertThat(producer.committed()).containsExactly("before", "after");
        assertThat(producer.values(Isolation.OPEN)).isEmpty();
        if (version == 1) {
            SeenRequest raise =
                    producer.cluster().requests(ApiKey.INIT_PRODUCER_ID).get(1);
            assertThat(((InitProducerIdRequest) raise.message()).producerEpoch())
                    .isEqualTo(before);
        } else {
            assertThat(producer.cluster().requestCount(ApiKey.INIT_PRODUCER_ID))
                    .as("the abort itself raises the epoch")
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void batchThatIsTooLarge_isSplit_andOneThatCannotBe_failsTheTransaction(int version) {
        VirtualProducer producer = new VirtualProducer(
                VirtualProducer.cluster(version)
                        .topic("small", TopicOptions.partitions(1).withMaxMessageBytes(2_000)),
                "batch.size",
                20_000,
                "linger.ms",
                50);
        producer.init();
        producer.begin();
        for (int i = 0; i < 20; i++) {
            producer.send(new ProducerRecord<>("small", 0, null, new byte[300]));
        }
        producer.commit();
        producer.begin();
        producer.send(new ProducerRecord<>("small", 0, null, new byte[3_000]));
        assertThatThrownBy(producer::commit).isInstanceOf(RecordTooLargeException.class);
        producer.abort();
        producer.begin();
        producer.send(new ProducerRecord<>("small", 0, null, new byte[400]));
        producer.commit();
        producer.pass(Duration.ofSeconds(1));
        assertThat(producer.cluster().records("small", Isolation.READ_COMMITTED))
                .hasSize(21);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void epochs_thatRunOut_areFollowedByANewProducerId(int version) {
        VirtualProducer producer = new VirtualProducer(
                VirtualProducer.cluster(version), "delivery.timeout.ms", 4_000, "request.timeout.ms", 2_000);
        // The id is known once it has been asked for, and its producer hears of an epoch when it asks again.
        producer.cluster().fault(ApiKey.INIT_PRODUCER_ID).errorAfter(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
        producer.cluster().fault(ApiKey.INIT_PRODUCER_ID).after(1).run(() -> producer.cluster()
                .transactions()
                .setEpoch(VirtualProducer.ID, 32_763));
        producer.init();
        assertThat(view(producer).producerEpoch()).isEqualTo((short) 32_764);
        long firstId = view(producer).producerId();

        for (int i = 0; i < 6; i++) {
            Fault fault = producer.cluster().fault(ApiKey.PRODUCE).always().neverAnswer();
            producer.begin();
            producer.send(0, "expires");
            assertThat(catchThrowable(producer::commit)).isInstanceOf(TransactionAbortableException.class);
            fault.remove();
            producer.abort();
            transaction(producer, "kept " + i);
        }
        producer.pass(Duration.ofMinutes(1));
        assertThat(view(producer).producerId()).isNotEqualTo(firstId);
        assertThat(producer.committed()).containsExactly("kept 0", "kept 1", "kept 2", "kept 3", "kept 4", "kept 5");
        assertThat(producer.values(Isolation.OPEN)).isEmpty();
    }

    /** A rolling upgrade and its way back: the protocol is chosen anew at each begin, by what the coordinator's connection said. */
    @Test
    void featureLevel_risesAndFallsUnderWay() {
        VirtualProducer producer = initialized(1);
        transaction(producer, "1");
        assertThat(producer.cluster().requestCount(ApiKey.ADD_PARTITIONS_TO_TXN))
                .isEqualTo(1);

        producer.begin();
        producer.send(0, "2");
        level(producer, 2); // in the middle of a transaction, which ends as it began
        producer.send(1, "2");
        producer.commit();
        assertThat(producer.cluster().requestCount(ApiKey.ADD_PARTITIONS_TO_TXN))
                .isEqualTo(3);
        transaction(producer, "3");
        int adds = producer.cluster().requestCount(ApiKey.ADD_PARTITIONS_TO_TXN);
        short before = view(producer).producerEpoch();
        transaction(producer, "4");
        transaction(producer, "4");
        assertThat(producer.cluster().requestCount(ApiKey.ADD_PARTITIONS_TO_TXN))
                .isEqualTo(adds);
        assertThat(view(producer).producerEpoch())
                .as("each end raises it, and perhaps the change of protocol")
                .isBetween((short) (before + 2), (short) (before + 3));

        producer.begin();
        producer.send(0, "5");
        level(producer, 1);
        producer.send(1, "5");
        producer.commit();
        transaction(producer, "6");
        transaction(producer, "6");
        assertThat(producer.cluster().requestCount(ApiKey.ADD_PARTITIONS_TO_TXN))
                .isGreaterThan(adds);
        producer.begin();
        producer.send(0, "never");
        producer.abort();
        transaction(producer, "7");
        producer.pass(Duration.ofMinutes(1));
        assertThat(producer.committed())
                .containsExactlyInAnyOrder("1", "2", "2", "3", "4", "4", "5", "5", "6", "6", "7");
        assertThat(producer.values(Isolation.OPEN)).isEmpty();
    }

    /** Reconnects, since that is how a producer hears of it, and lets it come to rest. */
    private static void level(VirtualProducer producer, int level) {
        producer.cluster().transactions().version(level);
        producer.cluster().dropConnections(1);
        producer.cluster().dropConnections(2);
        producer.pass(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void transactionThatTheCoordinatorAborts_saysWhichTimeoutWasOver(int version) {
        VirtualProducer producer = initialized(version, "transaction.timeout.ms", 5_000);
        producer.begin();
        producer.await(producer.send(0, "late"));
        producer.pass(Duration.ofSeconds(10));
        assertThatThrownBy(producer::commit)
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("transaction.timeout.ms=5000");
        if (version == 1) { // its epoch has been raised, as by another producer: nothing tells the two apart
            assertThatThrownBy(producer::abort).isInstanceOf(ProducerFencedException.class);
            return;
        }
        producer.abort();
        transaction(producer, "in time");
        producer.pass(Duration.ofSeconds(1));
        assertThat(producer.committed()).containsExactly("in time");
    }

    /** Prevents: a commit stood for ever behind offsets of a topic that is not there; the transaction's time bounds it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void offsetsOfATopicThatIsNotThere_failTheTransactionInTheEnd(int version) {
        VirtualProducer producer = initialized(version, "transaction.timeout.ms", 8_000);
        producer.begin();
        producer.sendOffsetsAsync("nowhere", 1);
        assertThatThrownBy(producer::commit)
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("abortTransaction()");
        assertThat(producer.now()).isLessThan(Duration.ofSeconds(20));
        producer.abort();
        transaction(producer, "after");
        producer.pass(Duration.ofSeconds(1));
        assertThat(producer.committed()).containsExactly("after");
    }

    /** A coordinator that is away for long delays the end, and changes nothing of it. */
    @ParameterizedTest
    @CsvSource({"1, true", "1, false", "2, true", "2, false"})
    void coordinatorThatIsAwayForLong_isWaitedFor(int version, boolean commit) {
        VirtualProducer producer = initialized(version, "transaction.timeout.ms", 600_000);
        producer.begin();
        producer.await(producer.send(0, "a"));
        int coordinator = producer.cluster().transactions().coordinator(VirtualProducer.ID);
        producer.cluster().crashBroker(coordinator);
        var end = commit ? producer.desk().commit() : producer.desk().abort();
        producer.cluster().clearRequests();
        producer.pass(Duration.ofMinutes(3));
        assertThat(end.done()).isNotDone();
        assertThat(producer.cluster().requestCount(ApiKey.FIND_COORDINATOR))
                .as("the pause between two questions grows to retry.backoff.max.ms, a second")
                .isBetween(100, 300);
        assertThat(producer.desk().state()).isEqualTo(commit ? TransactionState.COMMITTING : TransactionState.ABORTING);
        producer.cluster().startBroker(coordinator);
        producer.await(end);
        producer.pass(Duration.ofSeconds(1));
        assertThat(producer.committed()).isEqualTo(commit ? List.of("a") : List.of());
    }

    /** Prevents: close() waited for ever for a coordinator that was gone. */
    @ParameterizedTest
    @CsvSource({"1, true", "1, false", "2, true", "2, false"})
    void close_whenTheCoordinatorIsGone_waitsForMaxBlock(int version, boolean commit) {
        VirtualProducer producer = initialized(version, "max.block.ms", 7_000, "transaction.timeout.ms", 600_000);
        producer.begin();
        producer.await(producer.send(0, "a"));
        producer.cluster().crashBroker(1);
        producer.cluster().crashBroker(2);
        var open = commit ? producer.desk().commit() : null;
        producer.pass(Duration.ofSeconds(20));
        Duration before = producer.now();
        producer.engine().shutdown().begin();
        producer.awaitEnd();

        assertThat(producer.now().minus(before)).isBetween(Duration.ofMillis(6_990), Duration.ofMillis(7_100));
        if (open != null) {
            assertThatThrownBy(() -> producer.await(open))
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("closed")
                    .hasMessageContaining("transaction.timeout.ms");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void close_insideATransaction_abortsIt(int version) {
        VirtualProducer producer = initialized(version, "max.block.ms", 7_000);
        producer.begin();
        producer.await(producer.send(0, "a"));
        producer.engine().shutdown().begin();
        producer.awaitEnd();
        producer.pass(Duration.ofSeconds(1));
        assertThat(producer.values(Isolation.ABORTED)).containsExactly("a");
        assertThat(producer.now()).isLessThan(Duration.ofSeconds(3));
    }

    private static void transaction(VirtualProducer producer, String value) {
        producer.begin();
        producer.send(0, value);
        producer.commit();
    }

    private static TransactionView view(VirtualProducer producer) {
        return producer.cluster().transactions().find(VirtualProducer.ID).orElseThrow();
    }

    private static VirtualProducer initialized(int version, Object... settings) {
        VirtualProducer producer = new VirtualProducer(VirtualProducer.cluster(version), settings);
        producer.init();
        return producer;
    }
}
