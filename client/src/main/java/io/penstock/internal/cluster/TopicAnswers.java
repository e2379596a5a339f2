package io.penstock.internal.cluster;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.MetadataResponse.MetadataResponseTopic;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the topics of one answer into the view, and settles each topic that was asked for.
 *
 * <p>Loop thread. Every asked topic is settled exactly once, also when the answer leaves it out or holds it twice; topics that
 * were not asked for are left out. What asking again may mend is asked again quietly; the rest is handed back as refused.
 */
final class TopicAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(TopicAnswers.class);

    /**
     * The two that only the user or the cluster's owner can mend. All others are asked again, also those that Kafka calls not
     * retriable: brokers that are starting refuse to create a topic in several ways that pass.
     */
    private static final Set<ErrorCode> REFUSALS =
            EnumSet.of(ErrorCode.TOPIC_AUTHORIZATION_FAILED, ErrorCode.INVALID_TOPIC_EXCEPTION);

    private final ClusterView before;
    private final ViewChanges changes;
    private final TopicQueue queue;
    private final Map<String, TrackedTopic> open = new LinkedHashMap<>();
    private final Map<String, ErrorCode> refused = new LinkedHashMap<>();

    TopicAnswers(ClusterView before, ViewChanges changes, TopicQueue queue) {
        this.before = before;
        this.changes = changes;
        this.queue = queue;
        for (TrackedTopic topic : queue.takeAnswered()) {
            open.put(topic.name, topic);
        }
    }

    /** The answers come from another cluster than the last ones: nothing known of its topics counts. */
    void forgetKnown() {
        for (TrackedTopic topic : open.values()) {
            topic.lastKnown = null;
        }
    }

    /** Takes all topics of the answer; gives the topics that the cluster refuses for good, and why. */
    Map<String, ErrorCode> take(List<MetadataResponseTopic> answers, long now) {
        for (MetadataResponseTopic answer : answers) {
            TrackedTopic topic = open.remove(nameOf(answer));
            if (topic != null) {
                takeOne(topic, answer, now);
            }
        }
        for (TrackedTopic topic : open.values()) {
            takeError(topic, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, now);
        }
        open.clear();
        return refused;
    }

    private @Nullable String nameOf(MetadataResponseTopic answer) {
        if (answer.name() != null) {
            return answer.name();
        }
        TopicView byId =
                before.topic(answer.topicId()); // a topic asked for by id that is gone comes back without its name
        return byId == null ? null : byId.name();
    }

    private void takeOne(TrackedTopic topic, MetadataResponseTopic answer, long now) {
        ErrorCode error = ErrorCode.forCode(answer.errorCode());
        if (error != ErrorCode.NONE) {
            takeError(topic, error, now);
            return;
        }
        TopicView view = TopicMerge.merge(topic.lastKnown, topic.name, answer);
        if (view == null) {
            LOG.warn(
                    "The cluster describes topic {} with {} partitions whose indexes are not 0 to their number less one",
                    topic.name,
                    answer.partitions().size());
            takeError(topic, ErrorCode.LEADER_NOT_AVAILABLE, now);
            return;
        }
        boolean changed = before.topic(topic.name) != view;
        topic.lastKnown = view;
        changes.topic(view);
        queue.settle(topic, changed, view.ledCount() == view.partitionCount(), now);
    }

    private void takeError(TrackedTopic topic, ErrorCode error, long now) {
        boolean changed = before.topicError(topic.name) != error;
        boolean refusal = REFUSALS.contains(error);
        if (changed && (refusal || before.topic(topic.name) != null)) {
            LOG.warn("The cluster does not describe topic {}: {}", topic.name, error);
        }
        changes.error(topic.name, error);
        queue.settle(topic, false, refusal, now);
        if (refusal) {
            refused.put(topic.name, error);
        }
    }
}
