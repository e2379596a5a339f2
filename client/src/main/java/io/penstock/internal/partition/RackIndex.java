package io.penstock.internal.partition;

import io.penstock.internal.cluster.ClusterView;
import io.penstock.internal.cluster.TopicView;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of one topic whose leaders stand in the client's rack.
 *
 * <p>Immutable; made by a walk over the topic's partitions. So that many small changes of leaders do not cost a walk each, an
 * index may be used for views later than its own until as many choices were made as pay for the next walk; what it names is
 * checked against the view in hand before it is chosen.
 */
final class RackIndex {

    private final TopicView topic;
    private final Map<Integer, String> racks;
    private final int[] partitions;
    private int choicesLeft; // a plain counter: to lose a few counts to a race costs nothing but an early or late walk

    private RackIndex(TopicView topic, Map<Integer, String> racks, int[] partitions) {
        this.topic = topic;
        this.racks = racks;
        this.partitions = partitions;
        this.choicesLeft = topic.partitionCount() / WeightedChoice.SAMPLE_COUNT;
    }

    /** The index to use with this view: the last one while it will do, else a new one. */
    static RackIndex of(@Nullable RackIndex last, String rack, TopicView topic, ClusterView cluster) {
        if (last != null && last.topic == topic && last.racks == cluster.racks()) {
            return last;
        }
        if (last != null && last.choicesLeft-- > 0) {
            return last;
        }
        return build(rack, topic, cluster);
    }

    static RackIndex build(String rack, TopicView topic, ClusterView cluster) {
        int[] found = new int[topic.ledCount()];
        int count = 0;
        for (int i = 0; i < topic.partitionCount(); i++) {
            if (isLedFrom(rack, topic, i, cluster)) {
                found[count++] = i;
            }
        }
        return new RackIndex(topic, cluster.racks(), Arrays.copyOf(found, count));
    }

    static boolean isLedFrom(String rack, TopicView topic, int partition, ClusterView cluster) {
        return partition < topic.partitionCount()
                && rack.equals(cluster.racks().get(topic.partition(partition).leaderId()));
    }

    int count() {
        return partitions.length;
    }

    int partition(int rank) {
        return partitions[rank];
    }
}
