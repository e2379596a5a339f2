package io.penstock.internal.cluster;

import static io.penstock.internal.cluster.MetadataAnswers.answer;
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

/**
 * A tracker on a clock that overflows while the test runs, with what its listener heard, and a cluster that answers whatever the test
 * says.
 */
abstract class TrackerScenario {

    static final long MS = 1_000_000;
    static final long MAX_AGE = 300_000 * MS;
    static final long MAX_IDLE = 60_000 * MS;
    static final long TRIGGER = 30_000 * MS;

    final List<String> heard = new ArrayList<>();
    final ClusterListener listener = new ClusterListener() {
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
    ClusterTracker tracker = tracker(true);
    long now = Long.MAX_VALUE - 1_000 * MS; // the clock wraps while the tests run

    ClusterTracker tracker(boolean rebootstrap) {
        MetadataSettings settings =
                new MetadataSettings(MAX_AGE, MAX_IDLE, 100 * MS, 1_000 * MS, rebootstrap, TRIGGER, true);
        return new ClusterTracker(settings, new Random(42), listener);
    }

    void exchange(MetadataResponse response) {
        List<String> asked = tracker.nextRequest(now);
        assertThat(asked).as("a request is due").isNotNull();
        tracker.onResponse(response, asked, now);
    }

    /** Past the first request, in which everything is asked. */
    void start(String... topics) {
        MetadataResponse response = answer();
        for (String topic : topics) {
            tracker.want(topic, now);
            response.topics().add(simple(topic));
        }
        exchange(response);
        heard.clear();
    }

    boolean due() {
        return tracker.nextDueNanos(now) - now <= 0;
    }

    long waitNanos() {
        return tracker.nextDueNanos(now) - now;
    }

    void exchangeAfterWait(MetadataResponse response) {
        now += waitNanos();
        exchange(response);
    }
}
