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
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the tracker asks for, and when. */
class ClusterTrackerTest extends TrackerScenario {

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
