package io.penstock.testkit.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.FakeClusterBuilder;
import io.penstock.testkit.fake.Fault;
import io.penstock.testkit.fake.TopicOptions;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Penstock and Kafka's own idempotent producer through the same scripts, in which Kafka's is known to write records twice (KAFKA-14034) or to
 * call callbacks out of order; docs/FAULTS.md tells the stories.
 *
 * <p>Of Kafka's producer only what cannot come out otherwise is asserted: when a newer kafka-clients fails here, it has become better.
 */
@Timeout(180)
class SameScriptTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TOO_LARGE_BYTES = 2_000;

    @Test
    void laterRecordRefused_whileAnEarlierIsTriedAgain_isNoReasonToDoubleThatOne() {
        ScriptedRun ours = laterRecordRefused(PenstockSubject::new);
        ScriptedRun theirs = laterRecordRefused(ApacheSubject::new);

        assertThat(ours.heard()).containsExactly("first", "early", "late failed");
        assertThat(ours.stored()).containsExactly("first", "early");
        assertThat(theirs.heard()).containsExactlyInAnyOrder("first", "early", "late failed");
        assertThat(theirs.stored()).as("the doubles of Kafka's producer").containsExactly("first", "early", "early");
    }

    /**
     * "early" is appended, and the answer says that too few replicas have it; "late", sent meanwhile, is too large. Kafka's producer then
     * begins a new epoch and sends "early" under it, which the broker cannot know.
     */
    private static ScriptedRun laterRecordRefused(Function<Map<String, Object>, Subject> producer) {
        FakeClusterBuilder described =
                FakeCluster.builder().topic("t", TopicOptions.partitions(1).withMaxMessageBytes(1_000));
        Object[] settings = {
            // No metadata meanwhile, which would count as a request in flight.
            "metadata.max.age.ms", 60_000,
            // What is answered to "late" is read before "early" is sent again, also where the machine is slow.
            "retry.backoff.ms", 1_000
        };
        try (ScriptedRun run = new ScriptedRun(described, producer, settings)) {
            run.send("first", 1).awaitHeard(1);
            run.cluster().fault(ApiKey.PRODUCE).errorAfter(ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND);
            Fault answer = run.cluster().fault(ApiKey.PRODUCE).holdAnswer();
            run.send("early", 1).awaitInFlight(1).send("late", TOO_LARGE_BYTES).awaitInFlight(2);
            answer.release();
            return run.awaitHeard(3);
        }
    }

    @Test
    void unansweredAtTheOldLeader_isToldBeforeWhatTheNewOneAnswers() {
        ScriptedRun ours = leaderMoves(PenstockSubject::new, true);
        ScriptedRun theirs = leaderMoves(ApacheSubject::new, false);

        assertThat(ours.heard()).containsExactly("zeroth", "first", "early", "late");
        assertThat(ours.stored()).containsExactly("zeroth", "first", "early", "late");
        assertThat(theirs.heard())
                .as("the callbacks of Kafka's producer")
                .containsExactly("zeroth", "first", "late", "early");
        assertThat(theirs.stored()).containsExactly("zeroth", "first", "early", "late");
    }

    /**
     * "early" is appended by the old leader, which answers only after the new one has answered "late".
     *
     * @param waits whether "late" is not heard of before "early" is: then metadata that is asked for twice shows that its answer was read
     */
    private static ScriptedRun leaderMoves(Function<Map<String, Object>, Subject> producer, boolean waits) {
        try (ScriptedRun run = new ScriptedRun(FakeCluster.builder().brokers(2).topic("t", 1), producer)) {
            FakeCluster cluster = run.cluster();
            // To both brokers once, so that there is an idle connection to ask for metadata on.
            cluster.moveLeader("t", 0, 2);
            run.send("zeroth", 1).awaitHeard(1);
            cluster.moveLeader("t", 0, 1);
            run.send("first", 1).awaitHeard(2);
            Fault answer = cluster.fault(ApiKey.PRODUCE).broker(1).holdAnswer();
            run.send("early", 1).awaitStored(3);
            cluster.moveLeader("t", 0, 2);
            int asked = cluster.requestCount(ApiKey.METADATA);
            cluster.awaitRequests(ApiKey.METADATA, asked + 2, PATIENCE);
            run.send("late", 1).awaitStored(4);
            int askedAgain = cluster.requestCount(ApiKey.METADATA);
            run.await(
                    "the answer of the new leader",
                    () -> run.heard().contains("late")
                            || waits && cluster.requestCount(ApiKey.METADATA) >= askedAgain + 2);
            answer.release();
            return run.awaitHeard(4);
        }
    }
}
