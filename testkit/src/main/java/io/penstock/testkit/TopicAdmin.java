package io.penstock.testkit;

import io.penstock.testkit.message.CreateTopicsRequest;
import io.penstock.testkit.message.CreateTopicsResponse;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.MetadataResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Creates topics through the protocol. Not thread-safe. */
final class TopicAdmin implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final short BROKERS_DEFAULT = -1;

    private final ClusterConnections cluster;

    private TopicAdmin(ClusterConnections cluster) {
        this.cluster = cluster;
    }

    static TopicAdmin connect(String bootstrapServers) {
        return new TopicAdmin(ClusterConnections.open(bootstrapServers));
    }

    /** Creates the topic and returns when every partition has a leader. */
    void createTopic(String name, int partitions, Map<String, String> configs) {
        cluster.describe(name); // who is the controller
        List<CreateTopicsRequest.CreatableTopicConfig> settings = new ArrayList<>();
        configs.forEach((key, value) -> settings.add(
                new CreateTopicsRequest.CreatableTopicConfig().name(key).value(value)));
        CreateTopicsRequest request = new CreateTopicsRequest()
                .topics(List.of(new CreateTopicsRequest.CreatableTopic()
                        .name(name)
                        .numPartitions(partitions)
                        .replicationFactor(BROKERS_DEFAULT)
                        .configs(settings)))
                .timeoutMs(TIMEOUT_MILLIS);
        CreateTopicsResponse answer = cluster.askController(WireApi.CREATE_TOPICS, request, new CreateTopicsResponse());
        for (CreateTopicsResponse.CreatableTopicResult topic : answer.topics()) {
            ErrorCode error = ErrorCode.forCode(topic.errorCode());
            if (error != ErrorCode.NONE) {
                String reason = topic.errorMessage();
                throw new EmbeddedKafkaException("cannot create topic \"" + name + "\" with " + partitions
                        + " partitions: " + (reason == null ? "" : reason + " ") + "(" + error + ")");
            }
        }
        awaitLeaders(name, partitions);
    }

    private void awaitLeaders(String name, int partitions) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        while (!hasLeaders(cluster.describe(name), partitions)) {
            if (System.nanoTime() - deadline >= 0) {
                throw new EmbeddedKafkaException("topic \"" + name + "\" was created, but not all of its " + partitions
                        + " partitions have a leader after " + TIMEOUT_MILLIS + " ms: are all brokers up?");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static boolean hasLeaders(MetadataResponse.@Nullable MetadataResponseTopic topic, int partitions) {
        return topic != null
                && topic.errorCode() == ErrorCode.NONE.code()
                && topic.partitions().size() == partitions
                && topic.partitions().stream().allMatch(partition -> partition.leaderId() >= 0);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
