package io.penstock.internal.partition;

import io.penstock.internal.cluster.ClusterView;
import io.penstock.internal.cluster.TopicView;
import io.penstock.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that is serialized and still to be given a partition, with the views to choose by.
 *
 * @param key the serialized key, null without one
 * @param value the serialized value, null without one
 */
@SuppressWarnings("ArrayRecordComponent") // short-lived and never compared
public record Unplaced(
        ProducerRecord<?, ?> record,
        byte @Nullable [] key,
        byte @Nullable [] value,
        TopicView topic,
        ClusterView cluster) {}
