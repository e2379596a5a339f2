package io.penstock.internal.cluster;

import io.penstock.wire.ErrorCode;
import java.util.Collection;

/** For tests that look at the tracker alone. */
public final class NoClusterListener implements ClusterListener {

    @Override
    public void onUpdate(ClusterView view, Collection<TopicView> changedTopics, long now) {}

    @Override
    public void onTopicError(String topic, ErrorCode error, long now) {}
}
