package io.penstock.internal.engine;

import io.penstock.internal.admission.LastFailure;
import io.penstock.internal.admission.TopicWaiters;
import io.penstock.internal.cluster.ClusterListener;
import io.penstock.internal.cluster.ClusterView;
import io.penstock.internal.cluster.TopicView;
import io.penstock.internal.exchange.BrokerErrors;
import io.penstock.internal.exchange.MetadataExchange;
import io.penstock.internal.network.Connection;
import io.penstock.wire.ErrorCode;
import java.util.Collection;
import java.util.List;

/**
 * What the tracker finds out, told to those it concerns: every loop, the user's listeners, and who waits for a topic.
 *
 * <p>The first loop's, on which the tracker lives; the other loops hear of it by mail, in order, before whoever waits for a topic can
 * send to it. The loops are set once, before they start.
 */
final class ClusterEvents implements ClusterListener, MetadataExchange.Answering {

    private final TopicWaiters topicWaiters;
    private final LastFailure lastFailure;
    private final ClusterNews news;
    private List<SendingLoop> loops = List.of();
    private String metadataFrom = "";

    ClusterEvents(TopicWaiters topicWaiters, LastFailure lastFailure, ClusterNews news) {
        this.topicWaiters = topicWaiters;
        this.lastFailure = lastFailure;
        this.news = news;
    }

    void connect(List<SendingLoop> all) {
        loops = all;
    }

    @Override
    public void onUpdate(ClusterView view, Collection<TopicView> changedTopics, long nowNanos) {
        if (!view.brokers().isEmpty()) {
            lastFailure.clear(); // somebody answers
        }
        for (SendingLoop loop : loops) {
            loop.tellOfCluster(view, changedTopics, nowNanos);
        }
        news.onUpdate(view.clusterId());
        topicWaiters.onUpdate(view, nowNanos);
    }

    /** Whose answer the next updates and errors of topics are. */
    @Override
    public void onMetadataFrom(Connection connection) {
        metadataFrom = connection.describe();
    }

    @Override
    public void onTopicError(String topic, ErrorCode error, long nowNanos) {
        String where = "metadata of topic " + topic + " from " + metadataFrom;
        topicWaiters.onRefused(topic, () -> BrokerErrors.ofTopic(error, null, where, topic));
    }
}
