package io.penstock.internal.admission;

import io.penstock.internal.cluster.ClusterView;
import io.penstock.internal.cluster.TopicView;

/** A topic that is known, and the view that knows it. */
public record KnownTopic(TopicView topic, ClusterView cluster) {}
