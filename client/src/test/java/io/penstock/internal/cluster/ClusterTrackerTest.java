package io.penstock.internal.cluster;

import static io.penstock.internal.cluster.MetadataAnswers.answer;
import static io.penstock.internal.cluster.MetadataAnswers.failed;
import static io.penstock.internal.cluster.MetadataAnswers.partition;
import static io.penstock.internal.cluster.MetadataAnswers.simple;
import static io.penstock.internal.cluster.MetadataAnswers.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.internal.config.MetadataSettings;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.MetadataResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterTrackerTest {

    private static final long MS = 1_000_000;
    private static final long MAX_AGE = 300_000 * MS;
    private static final long MAX_IDLE = 60_000 * MS;
    private static final long TRIGGER = 30_000 * MS;

    private final List<String> heard = new ArrayList<>();
    private final ClusterListener listener = new ClusterListener() {
        @Override
        public void onUpdate(ClusterView view, Collection<TopicView> changedTopics, long now) {
            assertThat(tracker.view()).isSameAs(view);
            heard.add("changed " + changedTopics.stream().map(TopicView::name).toList());
        }

        @Override
        public void onTopicError(String topic, ErrorCode error, long now) {
            heard.add(topic + " " + error);
        }
    };
    private ClusterTracker tracker = tracker(true);
    private long now = Long.MAX_VALUE - 1_000 * MS; // the clock wraps while the tests run

    private ClusterTracker tracker(boolean rebootstrap) {
        MetadataSettings settings =
                new MetadataSettings(MAX_AGE, MAX_IDLE, 100 * MS, 1_000 * MS, rebootstrap, TRIGGER, true);
        return new ClusterTracker(settings, new Random(42), listener);
    }

    private void exchange(MetadataResponse response) {
        List<String> asked = tracker.nextRequest(now);
        assertThat(asked).as("a request is due").isNotNull();
        tracker.onResponse(response, asked, now);
    }

    /** Past the first request, in which everything is asked. */
    private void start(String... topics) {
        MetadataResponse response = answer();
        for (String topic : topics) {
            tracker.want(topic, now);
            response.topics().add(simple(topic));
        }
        exchange(response);
        heard.clear();
    }

    private boolean due() {
        return tracker.nextDueNanos(now) - now <= 0;
    }

    private long waitNanos() {
        return tracker.nextDueNanos(now) - now;
    }

    @Test
    void nextRequest_atTheStart_asksForBrokersOnly() {
        assertThat(due()).isTrue();
        assertThat(tracker.nextRequest(now)).isEmpty();
    }

    @Test
    void nextRequest_whileOneIsUnderWay_isNotDue() {
        tracker.nextRequest(now);
        tracker.want("a", now);
        tracker.refresh("test", now);
        assertThat(tracker.nextRequest(now)).isNull();
        assertThat(tracker.nextDueNanos(now)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void nextRequest_forANewTopic_asksForItAloneAndAtOnce() {
        start("a");
        tracker.want("b", now);
        assertThat(due()).isTrue();
        assertThat(tracker.nextRequest(now)).containsExactly("b");
    }

    @Test
    void nextRequest_forAMissingTopicWithoutBackoff_isNotDueAtOnce() {
        // Found by the simulator: with retry.backoff.ms=0 one missing topic had the brokers asked without a pause.
        MetadataSettings hasty = new MetadataSettings(MAX_AGE, MAX_IDLE, 0, 0, true, TRIGGER, true);
        tracker = new ClusterTracker(hasty, new Random(42), listener);
        start();
        tracker.want("missing", now);
        exchange(answer(failed("missing", ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)));
        tracker.want("missing", now);
        assertThat(waitNanos()).isGreaterThanOrEqualTo(ClusterTracker.MIN_PAUSE_NANOS / 2);
    }

    @Test
    void nextRequest_forTopicsWantedWhileOneIsUnderWay_asksForThemTogether() {
        tracker.nextRequest(now);
        for (String topic : List.of("a", "b", "c", "a")) {
            tracker.want(topic, now);
        }
        tracker.onResponse(answer(), List.of(), now);
        assertThat(tracker.nextRequest(now)).containsExactly("a", "b", "c");
    }

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
    void nextRequest_whenTheViewIsOld_asksForEverything() {
        start("a", "b");
        assertThat(waitNanos()).isEqualTo(MAX_AGE);
        now += MAX_AGE;
        tracker.touch("a", now);
        tracker.touch("b", now);
        assertThat(tracker.nextRequest(now)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void nextRequest_whenATopicWasNotUsedForLong_dropsIt() {
        start("a", "b");
        now += MAX_AGE;
        tracker.touch("b", now);
        assertThat(tracker.nextRequest(now)).containsExactly("b");
        assertThat(tracker.view().topic("a")).isNull();
        assertThat(tracker.view().topic("b")).isNotNull();
        assertThat(tracker.view().topicCount()).isEqualTo(1);
    }

    @Test
    void want_ofADroppedTopic_asksForItAgain() {
        start("a");
        now += MAX_AGE;
        exchange(answer());
        tracker.want("a", now);
        exchange(answer(simple("a")));
        assertThat(tracker.view().topic("a")).isNotNull();
    }

    @Test
    void refresh_straightAfterAnAnswer_waitsForTheBackoff() {
        start("a");
        tracker.refresh("test", now);
        assertThat(waitNanos()).isEqualTo(100 * MS);
        now += 100 * MS;
        assertThat(tracker.nextRequest(now)).containsExactly("a");
    }

    @Test
    void refreshTopic_whileAnswersBringNothingNew_waitsLongerAndLonger() {
        start("a");
        long[] middles = {100, 100, 200, 400, 800, 1_000, 1_000};
        for (long middle : middles) {
            tracker.refreshTopic("a", now);
            assertThat(waitNanos()).isBetween(middle * MS * 8 / 10, Math.min(middle * 12 / 10, 1_000) * MS);
            now += waitNanos();
            exchange(answer(simple("a")));
        }
    }

    @Test
    void refreshTopic_afterAnAnswerThatBroughtNews_beginsTheBackoffAnew() {
        start("a");
        for (int i = 0; i < 6; i++) {
            tracker.refreshTopic("a", now);
            now += waitNanos();
            exchange(answer(simple("a")));
        }
        tracker.refreshTopic("a", now);
        now += waitNanos();
        exchange(answer(topic("a", partition(0, 1, 1))));
        tracker.refreshTopic("a", now);
        assertThat(waitNanos()).isLessThanOrEqualTo(120 * MS);
    }

    @Test
    void refreshTopic_longAfterTheLastAnswer_asksAtOnce() {
        start("a", "b");
        now += 5_000 * MS;
        tracker.refreshTopic("a", now);
        assertThat(tracker.nextRequest(now)).containsExactly("a");
    }

    /** The answer under way may be older than the error that made us ask. */
    @Test
    void refreshTopic_whileItIsBeingAsked_asksOnceMore() {
        start("a");
        now += 5_000 * MS;
        tracker.refreshTopic("a", now);
        List<String> asked = tracker.nextRequest(now);
        tracker.refreshTopic("a", now);
        tracker.onResponse(answer(simple("a")), asked, now);
        now += waitNanos();
        assertThat(tracker.nextRequest(now)).containsExactly("a");
        tracker.onResponse(answer(simple("a")), List.of("a"), now);
        assertThat(waitNanos()).as("settled").isGreaterThan(1_000 * MS);
    }

    @Test
    void onFailure_asksTheSameAgain_laterEachTime() {
        tracker.want("a", now);
        long[] middles = {100, 200, 400, 800, 1_000, 1_000};
        for (long middle : middles) {
            assertThat(tracker.nextRequest(now)).containsExactly("a");
            tracker.onFailure(new java.io.IOException("gone"), now);
            assertThat(tracker.nextRequest(now)).isNull();
            assertThat(waitNanos()).isBetween(middle * MS * 8 / 10, Math.min(middle * 12 / 10, 1_000) * MS);
            now += waitNanos();
        }
        exchange(answer(simple("a")));
        assertThat(tracker.view().topic("a")).isNotNull();
    }

    @Test
    void onFailure_whenNothingIsUnderWay_isIgnored() {
        start("a");
        tracker.onFailure(new java.io.IOException("late"), now);
        tracker.want("b", now);
        assertThat(tracker.nextRequest(now)).containsExactly("b");
    }

    @Test
    void onResponse_withoutBrokers_isAFailure() {
        List<String> asked = tracker.nextRequest(now);
        MetadataResponse empty = answer();
        empty.brokers().clear();
        tracker.onResponse(empty, asked, now);
        assertThat(heard).isEmpty();
        assertThat(due()).isFalse();
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
    void onResponse_whileTheTopicStaysUnknown_asksLessAndLess() {
        tracker.want("a", now);
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            exchange(answer(failed("a", ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)));
            waits.add(waitNanos() / MS);
            now += waitNanos();
        }
        assertThat(waits.get(0)).isBetween(80L, 120L);
        assertThat(waits.get(5)).isBetween(800L, 1_000L);
    }

    /** A topic that does not come must not make a topic that is wanted now wait for its pause. */
    @Test
    void want_whileAnotherTopicStaysUnknown_isAskedAtOnce() {
        tracker.want("a", now);
        exchange(answer(failed("a", ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)));
        tracker.want("b", now);
        assertThat(tracker.nextRequest(now)).containsExactly("b");
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

    private void exchangeAfterWait(MetadataResponse response) {
        now += waitNanos();
        exchange(response);
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

    @Test
    void rebootstrapDue_whenABrokerRequiresIt_isAtOnce() {
        List<String> asked = tracker.nextRequest(now);
        tracker.onResponse(answer().errorCode(ErrorCode.REBOOTSTRAP_REQUIRED.code()), asked, now);
        assertThat(tracker.rebootstrapDue(now)).isTrue();
        tracker.onRebootstrap(now);
        assertThat(tracker.rebootstrapDue(now)).isFalse();
        assertThat(due()).as("asked anew without a pause").isTrue();
    }

    @Test
    void rebootstrapDue_whenNoAnswerComesForTheTriggersTime() {
        start("a");
        now += MAX_AGE;
        tracker.touch("a", now);
        long begun = now;
        while (now - begun < TRIGGER) {
            assertThat(tracker.rebootstrapDue(now)).isFalse();
            tracker.nextRequest(now);
            tracker.onFailure(new java.io.IOException("gone"), now);
            now += waitNanos();
        }
        assertThat(tracker.rebootstrapDue(now)).isTrue();
        tracker.onRebootstrap(now);
        assertThat(tracker.view().brokers()).isEmpty();
        assertThat(tracker.view().topic("a")).as("callers may go on").isNotNull();
        assertThat(tracker.nextRequest(now)).containsExactly("a");
    }

    @Test
    void rebootstrapDue_whenNoConnectionCouldEvenTakeTheQuestion() {
        start("a");
        tracker.want("b", now);
        now += TRIGGER;
        assertThat(tracker.rebootstrapDue(now)).isTrue();
    }

    @Test
    void rebootstrapDue_whileNothingIsAsked_isNot() {
        start("a");
        now += MAX_AGE - 1;
        assertThat(tracker.rebootstrapDue(now)).isFalse();
    }

    @Test
    void rebootstrapDue_whenSwitchedOff_isNever() {
        tracker = tracker(false);
        List<String> asked = tracker.nextRequest(now);
        tracker.onResponse(answer().errorCode(ErrorCode.REBOOTSTRAP_REQUIRED.code()), asked, now);
        tracker.onNoBrokerLeft();
        now += 10 * TRIGGER;
        assertThat(tracker.rebootstrapDue(now)).isFalse();
    }

    @Test
    void nextRequest_forMoreTopicsThanOneAnswerShouldHold_asksInSeveral() {
        start();
        for (int i = 0; i < ClusterTracker.MAX_TOPICS_PER_REQUEST + 5; i++) {
            tracker.want("t" + i, now);
        }
        assertThat(tracker.nextRequest(now)).hasSize(ClusterTracker.MAX_TOPICS_PER_REQUEST);
        tracker.onFailure(new java.io.IOException("gone"), now);
        now += waitNanos();
        List<String> first = tracker.nextRequest(now);
        assertThat(first).hasSize(ClusterTracker.MAX_TOPICS_PER_REQUEST).contains("t0");
        tracker.onResponse(answer(), first, now);
        assertThat(tracker.nextRequest(now)).hasSize(5);
    }
}
