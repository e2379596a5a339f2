package io.penstock.internal.cluster;

import io.penstock.wire.ErrorCode;
import java.util.Collection;

/** Who hears of news about the cluster. Called on the loop thread, after {@link ClusterTracker#view} shows the news. */
public interface ClusterListener {

    /**
     * The cluster answered, told of a new leader, or is being found anew; called even when the answer held nothing new, so
     * that whoever waits for something the view still lacks can ask again.
     *
     * @param changedTopics the topics that are new or different; what in them is, {@link TopicView#forEachChanged} tells
     */
    void onUpdate(ClusterView view, Collection<TopicView> changedTopics, long now);

    /** The cluster refuses to describe this topic, and asking again would not help: whoever waits for it need not. */
    void onTopicError(String topic, ErrorCode error, long now);
}
