package io.penstock.testkit.fake;

import io.penstock.testkit.fake.MetadataImage.BrokerImage;
import io.penstock.testkit.fake.MetadataImage.PartitionImage;
import io.penstock.testkit.fake.MetadataImage.TopicImage;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.Message;
import io.penstock.wire.message.MetadataRequest;
import io.penstock.wire.message.MetadataRequest.MetadataRequestTopic;
import io.penstock.wire.message.MetadataResponse;
import io.penstock.wire.message.MetadataResponse.MetadataResponseBroker;
import io.penstock.wire.message.MetadataResponse.MetadataResponsePartition;
import io.penstock.wire.message.MetadataResponse.MetadataResponseTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who is in the cluster and who leads what; makes topics that are asked for, where the cluster does that. */
final class MetadataHandler extends ApiHandler<MetadataRequest, MetadataResponse> {

    private static final short FIRST_WITH_RACK = 1;
    private static final short FIRST_WITH_CLUSTER_ID = 2;
    private static final short FIRST_WITH_THROTTLE = 3;
    private static final short FIRST_WITH_OFFLINE = 5;
    private static final short FIRST_WITH_LEADER_EPOCH = 7;
    private static final short FIRST_WITH_TOPIC_ID = 10;
    private static final int MAX_NAME_LENGTH = 249;

    MetadataHandler() {
        super(ApiKey.METADATA, 0, 13);
    }

    @Override
    MetadataResponse handle(MetadataRequest request, RequestContext context) {
        List<MetadataResponseTopic> topics = new ArrayList<>();
        for (MetadataRequestTopic asked : asked(request, context)) {
            String name = name(asked, context);
            ErrorCode error = context.faults().error(Fault.Kind.ERROR_INSTEAD, name == null ? "" : name, -1);
            topics.add(error == ErrorCode.NONE ? topic(asked, name, request, context) : failed(asked, error));
        }
        return cluster(context).topics(topics);
    }

    @Override
    MetadataResponse refuse(MetadataRequest request, ErrorCode error, RequestContext context) {
        return cluster(context)
                .topics(asked(request, context).stream()
                        .map(asked -> failed(asked, error))
                        .toList());
    }

    @Override
    void throttle(MetadataResponse answer, int millis, short version) {
        if (version >= FIRST_WITH_THROTTLE) {
            answer.throttleTimeMs(millis);
        }
    }

    private static MetadataResponse cluster(RequestContext context) {
        short version = context.version();
        MetadataResponse answer = new MetadataResponse().brokers(new ArrayList<>());
        for (BrokerImage broker : context.image().brokers()) {
            MetadataResponseBroker listed = new MetadataResponseBroker()
                    .nodeId(broker.id())
                    .host(broker.host())
                    .port(broker.port());
            answer.brokers().add(version >= FIRST_WITH_RACK ? listed.rack(broker.rack()) : listed);
        }
        if (version >= FIRST_WITH_CLUSTER_ID) {
            answer.clusterId(context.cluster().options().clusterId());
        }
        return version >= FIRST_WITH_RACK ? answer.controllerId(context.image().controllerId()) : answer;
    }

    /** All topics when none is named: by null, or in version 0 by an empty list. */
    private static List<MetadataRequestTopic> asked(MetadataRequest request, RequestContext context) {
        List<MetadataRequestTopic> named = request.topics();
        if (named != null && !(named.isEmpty() && context.version() == 0)) {
            return named;
        }
        return context.image().topics().keySet().stream()
                .map(name -> new MetadataRequestTopic().name(name))
                .toList();
    }

    private static @Nullable String name(MetadataRequestTopic asked, RequestContext context) {
        if (asked.name() != null) {
            return asked.name();
        }
        TopicImage topic = context.image().topic(asked.topicId());
        return topic == null ? null : topic.name();
    }

    private static MetadataResponseTopic topic(
            MetadataRequestTopic asked, @Nullable String name, MetadataRequest request, RequestContext context) {
        if (name == null) {
            return failed(asked, ErrorCode.UNKNOWN_TOPIC_ID);
        }
        TopicImage topic = context.image().topics().get(name);
        if (topic != null) {
            return found(topic, context);
        }
        if (!isLegal(name)) {
            return failed(asked, ErrorCode.INVALID_TOPIC_EXCEPTION);
        }
        TopicOptions autoCreate = context.cluster().options().autoCreate();
        if (autoCreate == null || !request.allowAutoTopicCreation()) {
            return failed(asked, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        }
        if (context.cluster().findTopic(name) == null) {
            context.cluster().createTopic(name, autoCreate);
        }
        // As in a real cluster, the topic is there the next time it is asked for.
        return failed(asked, ErrorCode.LEADER_NOT_AVAILABLE);
    }

    private static MetadataResponseTopic found(TopicImage topic, RequestContext context) {
        List<MetadataResponsePartition> partitions = new ArrayList<>();
        for (PartitionImage partition : topic.partitions()) {
            partitions.add(partition(partition, context.version()));
        }
        MetadataResponseTopic found =
                new MetadataResponseTopic().name(topic.name()).partitions(partitions);
        return context.version() >= FIRST_WITH_TOPIC_ID ? found.topicId(topic.id()) : found;
    }

    private static MetadataResponsePartition partition(PartitionImage image, short version) {
        MetadataResponsePartition partition = new MetadataResponsePartition()
                .errorCode((image.leaderId() < 0 ? ErrorCode.LEADER_NOT_AVAILABLE : ErrorCode.NONE).code())
                .partitionIndex(image.index())
                .leaderId(image.leaderId())
                .replicaNodes(image.replicas())
                .isrNodes(image.inSync());
        if (version >= FIRST_WITH_OFFLINE) {
            partition.offlineReplicas(image.offline());
        }
        return version >= FIRST_WITH_LEADER_EPOCH ? partition.leaderEpoch(image.leaderEpoch()) : partition;
    }

    private static MetadataResponseTopic failed(MetadataRequestTopic asked, ErrorCode error) {
        MetadataResponseTopic topic = new MetadataResponseTopic()
                .errorCode(error.code())
                .name(asked.name())
                .partitions(List.of());
        UUID id = asked.topicId();
        return Message.ZERO_UUID.equals(id) ? topic : topic.topicId(id);
    }

    static boolean isLegal(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_NAME_LENGTH
                && !name.equals(".")
                && !name.equals("..")
                && hasOnlyLegal(name);
    }

    private static boolean hasOnlyLegal(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isLegal(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLegal(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '.'
                || character == '_'
                || character == '-';
    }
}
