package io.penstock.internal.cluster;

import static io.penstock.internal.cluster.MetadataAnswers.answer;
import static io.penstock.internal.cluster.MetadataAnswers.failed;
import static io.penstock.internal.cluster.MetadataAnswers.partition;
import static io.penstock.internal.cluster.MetadataAnswers.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.wire.ErrorCode;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whom the tracker believes of brokers and hints that contradict each other: epochs do not go back, unless the topic is another. */
class LeaderEpochTest extends TrackerScenario {

    /** A broker that is behind would otherwise send us back to the old leader. */
    @Test
    void onResponse_withAnOlderLeaderEpoch_keepsTheNewerLeader() {
        UUID id = new UUID(1, 1);
        tracker.want("a", now);
        exchange(answer(topic("a", id, partition(0, 1, 5), partition(1, 1, 5))));
        now += MAX_AGE;
        tracker.touch("a", now);
        exchange(answer(topic("a", id, partition(0, 0, 4), partition(1, 2, 6))));
        assertThat(tracker.view().topic("a").partition(0).leaderId()).isEqualTo(1);
        assertThat(tracker.view().topic("a").partition(1).leaderId()).isEqualTo(2);
    }

    @Test
    void onResponse_withAnOlderEpochAfterAnError_keepsTheNewerLeader() {
        UUID id = new UUID(1, 1);
        tracker.want("a", now);
        exchange(answer(topic("a", id, partition(0, 1, 5))));
        tracker.refreshTopic("a", now);
        now += waitNanos();
        exchange(answer(failed("a", ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)));
        assertThat(tracker.view().topic("a")).isNull();
        assertThat(tracker.view().topic(id)).isNull();
        now += waitNanos();
        exchange(answer(topic("a", id, partition(0, 0, 4))));
        assertThat(tracker.view().topic("a").partition(0).leaderId()).isEqualTo(1);
        assertThat(tracker.view().topic(id)).isNotNull();
    }

    /** A topic deleted and created again begins with epoch 0. */
    @Test
    void onResponse_withAnotherTopicId_takesItsEpochs() {
        tracker.want("a", now);
        exchange(answer(topic("a", new UUID(1, 1), partition(0, 1, 5), partition(1, 1, 5))));
        tracker.refreshTopic("a", now);
        now += waitNanos();
        exchange(answer(topic("a", new UUID(2, 2), partition(0, 2, 0))));
        TopicView topic = tracker.view().topic("a");
        assertThat(topic.partition(0).leaderId()).isEqualTo(2);
        assertThat(topic.partitionCount()).isEqualTo(1);
        assertThat(tracker.view().topic(new UUID(1, 1))).isNull();
        assertThat(tracker.view().topic(new UUID(2, 2))).isSameAs(topic);
    }

    @Test
    void onResponse_fromABrokerThatIsBehindAnExpansion_keepsThePartitions() {
        UUID id = new UUID(1, 1);
        tracker.want("a", now);
        exchange(answer(topic("a", id, partition(0, 1, 0), partition(1, 1, 0))));
        tracker.refreshTopic("a", now);
        now += waitNanos();
        exchange(answer(topic("a", id, partition(0, 1, 0))));
        assertThat(tracker.view().topic("a").partitionCount()).isEqualTo(2);
    }

    @Test
    void onResponse_fromABrokerOlderThanTopicIds_keepsTheId() {
        UUID id = new UUID(1, 1);
        tracker.want("a", now);
        exchange(answer(topic("a", id, partition(0, 1, 5))));
        tracker.refreshTopic("a", now);
        now += waitNanos();
        exchange(answer(topic("a", partition(0, 0, 4))));
        assertThat(tracker.view().topic("a").id()).isEqualTo(id);
        assertThat(tracker.view().topic("a").partition(0).leaderId()).isEqualTo(1);
    }

    @Test
    void onResponse_withoutEpochs_isBelieved() {
        tracker.want("a", now);
        exchange(answer(topic("a", partition(0, 1, -1))));
        tracker.refreshTopic("a", now);
        now += waitNanos();
        exchange(answer(topic("a", partition(0, 2, -1))));
        assertThat(tracker.view().topic("a").partition(0).leaderId()).isEqualTo(2);
    }

    @Test
    void onResponse_fromAnotherCluster_forgetsTheEpochsOfTheFirst() {
        start("a", "b");
        tracker.onLeaderHint("a", 0, 1, 9, null, now);
        tracker.refreshTopic("a", now);
        exchangeAfterWait(answer(topic("a", partition(0, 2, 0))).clusterId("other"));
        assertThat(tracker.view().clusterId()).isEqualTo("other");
        assertThat(tracker.view().topic("a").partition(0).leaderId()).isEqualTo(2);
        now += waitNanos();
        assertThat(tracker.nextRequest(now)).as("all is asked anew").containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void onLeaderHint_withANewerEpoch_isBelieved() {
        start("a");
        tracker.onLeaderHint("a", 0, 9, 1, new BrokerNode(9, "nine", 9092, null), now);
        assertThat(tracker.view().topic("a").partition(0).leaderId()).isEqualTo(9);
        assertThat(tracker.view().topic("a").partition(0).replicas()).containsExactly(0, 1, 2);
        assertThat(tracker.view().broker(9)).isNotNull();
        assertThat(heard).containsExactly("changed [a]");
    }

    @Test
    void onLeaderHint_thatIsNotNewerOrNotUsable_changesNothing() {
        start("a");
        ClusterView before = tracker.view();
        tracker.onLeaderHint("a", 0, 1, 0, null, now);
        tracker.onLeaderHint("a", 0, 1, -1, null, now);
        tracker.onLeaderHint("a", 0, 9, 1, null, now);
        tracker.onLeaderHint("a", 0, 9, 1, new BrokerNode(9, "", 0, null), now);
        tracker.onLeaderHint("a", 0, -1, 1, null, now);
        tracker.onLeaderHint("a", 1, 1, 1, null, now);
        tracker.onLeaderHint("a", -1, 1, 1, null, now);
        tracker.onLeaderHint("b", 0, 1, 1, null, now);
        assertThat(tracker.view()).isSameAs(before);
        assertThat(heard).isEmpty();
    }

    @Test
    void onLeaderHint_isNotUndoneByAnOlderAnswer() {
        start("a");
        tracker.onLeaderHint("a", 0, 2, 4, null, now);
        tracker.refreshTopic("a", now);
        exchangeAfterWait(answer(topic("a", partition(0, 0, 3))));
        assertThat(tracker.view().topic("a").partition(0).leaderId()).isEqualTo(2);
    }
}
