package io.penstock.internal.cluster;

import static io.penstock.internal.cluster.MetadataAnswers.answer;
import static io.penstock.internal.cluster.MetadataAnswers.failed;
import static io.penstock.internal.cluster.MetadataAnswers.partition;
import static io.penstock.internal.cluster.MetadataAnswers.simple;
import static io.penstock.internal.cluster.MetadataAnswers.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.MetadataResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tracker makes of an answer: the view it shows, what it asks for once more, and what it reports. */
class TopicAnswersTest extends TrackerScenario {

    @Test
    void onResponse_aboutOneTopic_leavesTheOthers() {
        start("a");
        TopicView a = tracker.view().topic("a");
        tracker.want("b", now);
        exchange(answer(simple("b")));
        assertThat(tracker.view().topic("a")).isSameAs(a);
        assertThat(tracker.view().topic("b")).isNotNull();
        assertThat(heard).containsExactly("changed [b]");
    }

    @Test
    void onResponse_showsWhatItSays() {
        tracker.want("a", now);
        UUID id = new UUID(1, 2);
        exchange(answer(topic("a", id, partition(1, 2, 7), partition(0, 1, 5)).isInternal(true)));
        ClusterView view = tracker.view();
        assertThat(view.clusterId()).isEqualTo("cluster");
        assertThat(view.controllerId()).isEqualTo(1);
        assertThat(view.brokers()).hasSize(3);
        assertThat(view.broker(2)).isEqualTo(new BrokerNode(2, "host2", 9092, "rack2"));
        TopicView topic = view.topic("a");
        assertThat(topic.id()).isEqualTo(id);
        assertThat(topic.internal()).isTrue();
        assertThat(view.topic(id)).isSameAs(topic);
        assertThat(topic.partition(1))
                .isEqualTo(new PartitionView(1, 2, 7, new int[] {0, 1, 2}, new int[] {0, 1}, new int[] {2}));
    }

    @Test
    void onResponse_withNothingNew_keepsTheViewButSaysThatItCame() {
        start("a");
        ClusterView before = tracker.view();
        now += MAX_AGE;
        tracker.touch("a", now);
        exchange(answer(simple("a")));
        assertThat(tracker.view()).isSameAs(before);
        assertThat(heard).containsExactly("changed []");
    }

    @Test
    void onResponse_withBrokersNobodyCouldConnectTo_leavesThemOut() {
        MetadataResponse response = answer();
        response.brokers().add(MetadataAnswers.broker(7, "", 9092));
        response.brokers().add(MetadataAnswers.broker(8, "h", 70_000));
        response.brokers().add(MetadataAnswers.broker(-9, "h", 1));
        exchange(response);
        assertThat(tracker.view().brokers()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {
                "UNKNOWN_TOPIC_OR_PARTITION",
                "LEADER_NOT_AVAILABLE",
                "INVALID_REPLICATION_FACTOR",
                "UNKNOWN_SERVER_ERROR"
            })
    void onResponse_whenTheTopicMayComeYet_asksAgainQuietly(ErrorCode error) {
        tracker.want("a", now);
        exchange(answer(failed("a", error)));
        assertThat(heard).containsExactly("changed []");
        assertThat(tracker.view().topicError("a")).isEqualTo(error);
        now += waitNanos();
        exchange(answer(simple("a")));
        assertThat(tracker.view().topic("a")).isNotNull();
        assertThat(tracker.view().topicError("a")).isNull();
    }

    @Test
    void onResponse_whenATopicThatWasAskedForIsLeftOut_asksAgain() {
        tracker.want("a", now);
        exchange(answer());
        assertThat(tracker.view().topicError("a")).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        now += waitNanos();
        assertThat(tracker.nextRequest(now)).containsExactly("a");
    }

    @Test
    void onResponse_withATopicThatWasNotAskedFor_leavesItOut() {
        tracker.want("a", now);
        exchange(answer(simple("a"), simple("stranger")));
        assertThat(tracker.view().topic("stranger")).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"TOPIC_AUTHORIZATION_FAILED", "INVALID_TOPIC_EXCEPTION"})
    void onResponse_whenTheTopicIsRefused_saysSoAtOnceAndStopsAsking(ErrorCode error) {
        tracker.want("a", now);
        exchange(answer(failed("a", error)));
        assertThat(heard).containsExactly("a " + error, "changed []");
        assertThat(tracker.view().topicError("a")).isEqualTo(error);
        assertThat(waitNanos()).isEqualTo(MAX_AGE);
    }

    @Test
    void want_ofARefusedTopic_asksAgainAfterAPause() {
        tracker.want("a", now);
        exchange(answer(failed("a", ErrorCode.TOPIC_AUTHORIZATION_FAILED)));
        tracker.want("a", now);
        assertThat(due()).isFalse();
        now += waitNanos();
        exchange(answer(simple("a")));
        assertThat(tracker.view().topic("a")).isNotNull();
        assertThat(tracker.view().topicError("a")).isNull();
    }

    @Test
    void onResponse_whenAPartitionHasNoLeader_asksAgain() {
        tracker.want("a", now);
        exchange(answer(topic("a", partition(0, 0, 3), partition(1, -1, 3))));
        assertThat(tracker.view().topic("a").ledCount()).isEqualTo(1);
        now += waitNanos();
        exchange(answer(topic("a", partition(0, 0, 3), partition(1, 2, 4))));
        assertThat(tracker.view().topic("a").ledCount()).isEqualTo(2);
        assertThat(waitNanos()).isGreaterThan(1_000 * MS);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE, 0})
    void onResponse_withPartitionsThatMakeNoSense_treatsTheTopicAsNotThereYet(int second) {
        tracker.want("a", now);
        exchange(answer(topic("a", partition(0, 1, 0), partition(second, 1, 0))));
        assertThat(tracker.view().topic("a")).isNull();
        assertThat(waitNanos()).isLessThanOrEqualTo(120 * MS);
    }

    @Test
    void onResponse_withATopicTwice_takesTheFirst() {
        tracker.want("a", now);
        exchange(answer(topic("a", partition(0, 1, 0)), topic("a", partition(0, 2, 0))));
        assertThat(tracker.view().topic("a").partition(0).leaderId()).isEqualTo(1);
    }

    @Test
    void onResponse_namingATopicByIdOnly_isTakenForTheTopicOfThatId() {
        UUID id = new UUID(1, 1);
        tracker.want("a", now);
        exchange(answer(topic("a", id, partition(0, 1, 5))));
        tracker.refreshTopic("a", now);
        now += waitNanos();
        exchange(answer(failed("a", ErrorCode.UNKNOWN_TOPIC_ID).name(null).topicId(id)));
        assertThat(tracker.view().topicError("a")).isEqualTo(ErrorCode.UNKNOWN_TOPIC_ID);
        exchangeAfterWait(
                answer(failed("a", ErrorCode.UNKNOWN_TOPIC_ID).name(null).topicId(new UUID(9, 9))));
    }
}
