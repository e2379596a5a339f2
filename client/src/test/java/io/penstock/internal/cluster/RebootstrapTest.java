package io.penstock.internal.cluster;

import static io.penstock.internal.cluster.MetadataAnswers.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.wire.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the tracker wants to begin again with the bootstrap servers. */
class RebootstrapTest extends TrackerScenario {

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
}
