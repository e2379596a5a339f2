package io.penstock.internal.cluster;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.MetadataResponse;
import io.penstock.wire.message.MetadataResponse.MetadataResponseBroker;
import io.penstock.wire.message.MetadataResponse.MetadataResponsePartition;
import io.penstock.wire.message.MetadataResponse.MetadataResponseTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Answers of a cluster of three brokers. */
final class MetadataAnswers {

    static final UUID NO_ID = new UUID(0, 0);

    private MetadataAnswers() {}

    static MetadataResponse answer(MetadataResponseTopic... topics) {
        List<MetadataResponseBroker> brokers = new ArrayList<>();
        for (int id = 0; id < 3; id++) {
            brokers.add(broker(id, "host" + id, 9092));
        }
        return new MetadataResponse()
                .clusterId("cluster")
                .controllerId(1)
                .brokers(brokers)
                .topics(new ArrayList<>(List.of(topics)));
    }

    static MetadataResponseBroker broker(int id, String host, int port) {
        return new MetadataResponseBroker().nodeId(id).host(host).port(port).rack("rack" + id);
    }

    static MetadataResponseTopic topic(String name, UUID id, MetadataResponsePartition... partitions) {
        return new MetadataResponseTopic()
                .errorCode((short) 0)
                .name(name)
                .topicId(id)
                .partitions(new ArrayList<>(List.of(partitions)));
    }

    static MetadataResponseTopic topic(String name, MetadataResponsePartition... partitions) {
        return topic(name, NO_ID, partitions);
    }

    /** A topic of one partition, led by broker 0. */
    static MetadataResponseTopic simple(String name) {
        return topic(name, partition(0, 0, 0));
    }

    static MetadataResponseTopic failed(String name, ErrorCode error) {
        return new MetadataResponseTopic().name(name).errorCode(error.code());
    }

    static MetadataResponsePartition partition(int index, int leader, int epoch) {
        return new MetadataResponsePartition()
                .partitionIndex(index)
                .leaderId(leader)
                .leaderEpoch(epoch)
                .replicaNodes(new int[] {0, 1, 2})
                .isrNodes(new int[] {0, 1})
                .offlineReplicas(new int[] {2});
    }
}
