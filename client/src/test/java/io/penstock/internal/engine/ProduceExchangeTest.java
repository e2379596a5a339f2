package io.penstock.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.errors.ClusterAuthorizationException;
import io.penstock.errors.UnsupportedVersionException;
import io.penstock.internal.admission.DeliveryPromise;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.InitProducerIdResponse;
import io.penstock.wire.message.ProduceResponse;
import io.penstock.wire.message.ProduceResponse.LeaderIdAndEpoch;
import io.penstock.wire.message.ProduceResponse.NodeEndpoint;
import io.penstock.wire.message.ProduceResponse.PartitionProduceResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes to brokers and what is made of their answers, through the whole engine on virtual time. */
class ProduceExchangeTest {

    private static VirtualEngine engine(Object... settings) {
        VirtualEngine virtual = new VirtualEngine(settings);
        virtual.cluster.topic("t", 1);
        return virtual;
    }

    private static Throwable failure(DeliveryPromise delivery) {
        assertThat(delivery.delivered()).isCompletedExceptionally();
        return catchThrowable(() -> delivery.delivered().join()).getCause();
    }

    /** Changes the first answer only. */
    private static void onFirstProduce(VirtualEngine virtual, Consumer<ProduceResponse> change) {
        AtomicInteger answers = new AtomicInteger();
        virtual.cluster.produceAnswers = answer -> {
            if (answers.getAndIncrement() == 0) {
                change.accept(answer);
            }
            return answer;
        };
    }

    private static PartitionProduceResponse only(ProduceResponse answer) {
        return answer.responses().get(0).partitionResponses().get(0);
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "7, 7", "8, 8", "11, 11", "12, 12", "13, 13"})
    void produce_isSentInTheHighestVersionOfTheBroker(int offered, int expected) {
        VirtualEngine virtual = engine();
        virtual.cluster.highestVersions.put(ApiKey.PRODUCE, offered);
        DeliveryPromise sent = virtual.send("t", 10);
        virtual.after(1_000);
        assertThat(sent.delivered()).isCompleted();
        assertThat(virtual.cluster.lastVersion(ApiKey.PRODUCE)).isEqualTo((short) expected);
    }

    @Test
    void produce_ofATopicWithoutId_isCappedAt12() {
        VirtualEngine virtual = engine();
        virtual.cluster.highestVersions.put(ApiKey.METADATA, 9); // topic ids came with 10
        DeliveryPromise sent = virtual.send("t", 10);
        virtual.after(1_000);
        assertThat(sent.delivered()).isCompleted();
        assertThat(virtual.cluster.lastVersion(ApiKey.PRODUCE)).isEqualTo((short) 12);
    }

    @ParameterizedTest
    @CsvSource({"2, none, Produce", "6, zstd, zstd"})
    void produce_toABrokerThatIsTooOld_failsSayingSo(int offered, String compression, String word) {
        VirtualEngine virtual = engine("compression.type", compression);
        virtual.cluster.highestVersions.put(ApiKey.PRODUCE, offered);
        DeliveryPromise sent = virtual.send("t", 10);
        virtual.after(1_000);
        assertThat(failure(sent))
                .isInstanceOf(UnsupportedVersionException.class)
                .hasMessageContaining(word);
        assertThat(virtual.cluster.count(ApiKey.PRODUCE)).isZero();
    }

    @Test
    void produce_withAcks0_isDoneWhenWritten() {
        VirtualEngine virtual = engine("acks", "0", "enable.idempotence", false);
        List<DeliveryPromise> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sent.add(virtual.send("t", 10));
            virtual.after(100);
        }
        assertThat(sent).allSatisfy(each -> {
            assertThat(each.delivered()).isCompleted();
            assertThat(each.delivered().join().hasOffset()).isFalse();
        });
        assertThat(virtual.cluster.nextOffsets).containsEntry("t-0", 20L);
        assertThat(virtual.cluster.count(ApiKey.INIT_PRODUCER_ID)).isZero();
    }

    @Test
    void throttle_isObeyed() {
        VirtualEngine virtual = engine();
        onFirstProduce(virtual, answer -> answer.throttleTimeMs(5_000));
        virtual.send("t", 10);
        virtual.after(1_000);
        DeliveryPromise second = virtual.send("t", 10);
        virtual.after(3_900);
        assertThat(second.delivered()).isNotDone();
        virtual.after(200);
        assertThat(second.delivered()).isCompleted();
    }

    @Test
    void throttle_inAnAnswerToMetadata_isObeyed() {
        // Prevents: only Produce answers were heeded, and a broker that throttles mutes the connection anyway
        // (KIP-219).
        VirtualEngine virtual = engine();
        virtual.cluster.metadataAnswers = answer -> answer.topics().isEmpty() ? answer : answer.throttleTimeMs(5_000);
        virtual.send("t", 10);
        virtual.after(10_000);
        virtual.cluster.topic("u", 1);
        virtual.send("u", 10);
        long asked = virtual.cluster.asked.size();
        virtual.after(100);
        long soon = virtual.cluster.asked.size();
        virtual.send("t", 10);
        virtual.after(4_000);
        assertThat(soon).isGreaterThan(asked);
        assertThat(virtual.cluster.asked.size())
                .as("nothing is asked meanwhile")
                .isEqualTo((int) soon);
        virtual.after(1_500);
        assertThat(virtual.cluster.nextOffsets).containsEntry("t-0", 2L).containsEntry("u-0", 1L);
    }

    @Test
    void answer_withoutAPartitionThatWasSent_costsTheConnectionAndIsRetried() {
        VirtualEngine virtual = engine();
        onFirstProduce(virtual, answer -> answer.responses().clear());
        DeliveryPromise sent = virtual.send("t", 10);
        virtual.after(5_000);
        assertThat(sent.delivered()).isCompleted();
        assertThat(virtual.cluster.count(ApiKey.PRODUCE)).isEqualTo(2);
        assertThat(virtual.cluster.count(ApiKey.API_VERSIONS))
                .as("the bootstrap connection, the broker's, and the one after the malformed answer")
                .isEqualTo(3);
    }

    @Test
    void answer_forAnotherTopicId_costsTheConnectionAndIsRetried() {
        VirtualEngine virtual = engine();
        onFirstProduce(virtual, answer -> answer.responses().get(0).topicId(new UUID(1, 1)));
        DeliveryPromise sent = virtual.send("t", 10);
        virtual.after(5_000);
        assertThat(sent.delivered()).isCompleted();
        assertThat(virtual.cluster.count(ApiKey.PRODUCE)).isEqualTo(2);
    }

    @Test
    void topic_thatWasDeletedAndMadeAgain_isSentToUnderItsNewId() {
        VirtualEngine virtual = engine();
        virtual.send("t", 10);
        virtual.after(1_000);
        virtual.cluster.topics.get("t").id = UUID.randomUUID();
        virtual.cluster.nextOffsets.clear();
        DeliveryPromise sent = virtual.send("t", 10);
        virtual.after(5_000);
        assertThat(sent.delivered()).isCompleted();
        assertThat(sent.delivered().join().offset()).isZero();
    }

    @Test
    void newLeader_thatTheOldOneNames_isAskedAtOnceAtTheEndpointGiven() {
        VirtualEngine virtual = engine("retry.backoff.ms", 10_000, "retry.backoff.max.ms", 10_000);
        virtual.cluster.brokerCount = 4;
        virtual.send("t", 10);
        virtual.after(20_000);
        virtual.cluster.produceAnswers = answer -> {
            virtual.cluster.produceAnswers = next -> next;
            only(answer)
                    .errorCode(ErrorCode.NOT_LEADER_OR_FOLLOWER.code())
                    .currentLeader(new LeaderIdAndEpoch().leaderId(3).leaderEpoch(5));
            return answer.nodeEndpoints(
                    List.of(new NodeEndpoint().nodeId(3).host("b3").port(9092)));
        };
        DeliveryPromise sent = virtual.send("t", 10);
        virtual.after(100);
        assertThat(sent.delivered()).isCompleted();
        assertThat(virtual.cluster.asked)
                .filteredOn(each -> each.key() == ApiKey.PRODUCE)
                .last()
                .matches(each -> each.broker() == 3);
    }

    @Test
    void producerId_thatIsRefusedForGood_failsWhatWaitsAndIsAskedForAgainLater() {
        VirtualEngine virtual = engine();
        virtual.cluster.identityAnswers = answer -> answer.errorCode(ErrorCode.CLUSTER_AUTHORIZATION_FAILED.code());
        DeliveryPromise first = virtual.send("t", 10);
        virtual.after(1_000);
        assertThat(failure(first))
                .isInstanceOf(ClusterAuthorizationException.class)
                .hasMessageContaining("enable.idempotence");
        virtual.cluster.identityAnswers = answer -> answer;
        DeliveryPromise second = virtual.send("t", 10);
        virtual.after(1_000);
        assertThat(second.delivered()).isCompleted();
    }

    @Test
    void producerId_thatCannotBeGivenYet_isAskedForWithBackoff() {
        VirtualEngine virtual = engine();
        AtomicInteger refusals = new AtomicInteger();
        virtual.cluster.identityAnswers = answer -> refusals.incrementAndGet() <= 10
                ? new InitProducerIdResponse().errorCode(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS.code())
                : answer;
        DeliveryPromise sent = virtual.send("t", 10);
        virtual.after(2_000);
        assertThat(virtual.cluster.count(ApiKey.INIT_PRODUCER_ID)).isBetween(2L, 6L);
        virtual.after(20_000);
        assertThat(sent.delivered()).isCompleted();
    }

    @Test
    void loop_withoutAnyBroker_makesFewTurns() {
        VirtualEngine virtual = engine("max.block.ms", 600_000);
        virtual.cluster.reachable = false;
        DeliveryPromise sent = virtual.send("t", 10);
        virtual.after(300_000);
        // A try about once a second (reconnect.backoff.max.ms), each a handful of turns.
        assertThat(virtual.turns).isLessThan(300 * 10);
        virtual.cluster.reachable = true;
        virtual.after(3_000);
        assertThat(sent.delivered()).isCompleted();
    }

    @Test
    void loop_whoseBrokersAllGo_findsTheClusterAnewFromTheBootstrapServers() {
        VirtualEngine virtual = engine();
        virtual.send("t", 10);
        virtual.after(1_000);
        virtual.cluster.reachable = false;
        virtual.transport.links.forEach(link -> link.breakOff("gone"));
        DeliveryPromise sent = virtual.send("t", 10);
        long before = virtual.turns;
        virtual.after(60_000);
        assertThat(virtual.turns - before).isLessThan(60 * 20);
        virtual.cluster.reachable = true;
        virtual.after(3_000);
        assertThat(sent.delivered()).isCompleted();
    }
}
