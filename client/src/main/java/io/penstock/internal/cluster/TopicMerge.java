package io.penstock.internal.cluster;

import io.penstock.wire.message.MetadataResponse.MetadataResponsePartition;
import io.penstock.wire.message.MetadataResponse.MetadataResponseTopic;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * From a topic's description in an answer, and what was known of it, to what is known now. Pure functions.
 *
 * <p>Brokers hear of changes one after the other, so an answer may be older than one that came before it from another broker.
 * For a topic of the same id, therefore, a leader epoch never goes back and a partition never vanishes. A topic of another id
 * is another topic (deleted and created again), and nothing known of the old one counts.
 */
final class TopicMerge {

    private static final UUID NO_ID = new UUID(0, 0);

    private TopicMerge() {}

    /**
     * The topic as it is known from now on; {@code known} itself when the answer brings nothing new.
     *
     * @return null when the description makes no sense: no partitions, or their indexes are not 0 to their number less one
     */
    static @Nullable TopicView merge(@Nullable TopicView known, String name, MetadataResponseTopic answer) {
        UUID id = NO_ID.equals(answer.topicId()) ? null : answer.topicId();
        // A broker from before topic ids, in a cluster under upgrade, must not make us forget the id.
        boolean sameTopic = known != null && (id == null || known.id() == null || id.equals(known.id()));
        TopicView before = sameTopic ? known : null;
        PartitionView[] partitions = byIndex(answer.partitions(), before);
        if (partitions == null) {
            return null;
        }
        return TopicView.following(
                before, name, id == null && before != null ? before.id() : id, answer.isInternal(), partitions);
    }

    private static PartitionView @Nullable [] byIndex(
            List<MetadataResponsePartition> answers, @Nullable TopicView before) {
        int knownCount = before == null ? 0 : before.partitionCount();
        boolean mayVanish = before == null || before.id() == null;
        PartitionView[] partitions =
                new PartitionView[mayVanish ? answers.size() : Math.max(answers.size(), knownCount)];
        for (MetadataResponsePartition answer : answers) {
            int index = answer.partitionIndex();
            if (index < 0 || index >= answers.size() || partitions[index] != null) {
                return null;
            }
            partitions[index] = newer(before != null && index < knownCount ? before.partition(index) : null, answer);
        }
        for (int index = answers.size(); before != null && index < partitions.length; index++) {
            partitions[index] = before.partition(index);
        }
        return answers.isEmpty() ? null : partitions;
    }

    private static PartitionView newer(@Nullable PartitionView known, MetadataResponsePartition answer) {
        int epoch = Math.max(answer.leaderEpoch(), PartitionView.NO_EPOCH);
        if (known != null && epoch != PartitionView.NO_EPOCH && epoch < known.leaderEpoch()) {
            return known;
        }
        return new PartitionView(
                answer.partitionIndex(),
                Math.max(answer.leaderId(), PartitionView.NO_LEADER),
                epoch,
                answer.replicaNodes(),
                answer.isrNodes(),
                answer.offlineReplicas());
    }
}
