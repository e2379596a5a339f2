package io.penstock.internal.engine;

import io.penstock.internal.network.Frames;
import io.penstock.internal.network.VirtualLink;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.WireWriter;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.ApiVersionsResponse;
import io.penstock.wire.message.InitProducerIdResponse;
import io.penstock.wire.message.MetadataRequest;
import io.penstock.wire.message.MetadataResponse;
import io.penstock.wire.message.MetadataResponse.MetadataResponseBroker;
import io.penstock.wire.message.MetadataResponse.MetadataResponsePartition;
import io.penstock.wire.message.MetadataResponse.MetadataResponseTopic;
import io.penstock.wire.message.ProduceRequest;
import io.penstock.wire.message.ProduceResponse;
import io.penstock.wire.message.ProduceResponse.PartitionProduceResponse;
import io.penstock.wire.message.ProduceResponse.TopicProduceResponse;
import io.penstock.wire.message.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Brokers at the other end of a {@link io.penstock.internal.network.VirtualTransport}: answers at once, in the words of the protocol,
 * what a healthy cluster would, unless the test says otherwise.
 *
 * <p>Broker {@code n} is at host {@code b<n>}, address 10.0.0.n+1, port 9092. Records are counted, not kept.
 */
final class ScriptedCluster {

    private static final int RECORD_COUNT_OFFSET = 57;

    /** One topic; partition {@code p} is led by broker {@code leader}. */
    static final class Topic {
        final String name;
        UUID id = UUID.randomUUID();
        int partitionCount;
        int leader;
        int leaderEpoch;
        ErrorCode error = ErrorCode.NONE;

        Topic(String name, int partitionCount) {
            this.name = name;
            this.partitionCount = partitionCount;
        }
    }

    record Asked(int broker, ApiKey key, short version) {}

    final Map<String, Topic> topics = new LinkedHashMap<>();
    final List<Asked> asked = new ArrayList<>();
    final Map<String, Long> nextOffsets = new HashMap<>();
    final Map<ApiKey, Integer> highestVersions = new HashMap<>();
    int brokerCount = 1;
    boolean reachable = true;

    /** Whether questions for metadata are answered; those that are not never will be. */
    boolean describes = true;

    /** The broker whose produce requests are kept, to be answered by {@link #answerHeld}; -1 for none. */
    int holdProduceOf = -1;

    /** What becomes of each answer before it leaves. */
    UnaryOperator<ProduceResponse> produceAnswers = UnaryOperator.identity();

    UnaryOperator<MetadataResponse> metadataAnswers = UnaryOperator.identity();
    UnaryOperator<InitProducerIdResponse> identityAnswers = UnaryOperator.identity();

    private final List<Runnable> held = new ArrayList<>();

    Topic topic(String name, int partitionCount) {
        Topic topic = new Topic(name, partitionCount);
        topics.put(name, topic);
        return topic;
    }

    long count(ApiKey key) {
        return asked.stream().filter(each -> each.key() == key).count();
    }

    short lastVersion(ApiKey key) {
        return asked.stream()
                .filter(each -> each.key() == key)
                .reduce((first, second) -> second)
                .orElseThrow()
                .version();
    }

    /** Answers what was held, and no longer holds. */
    void answerHeld() {
        holdProduceOf = -1;
        List<Runnable> all = List.copyOf(held);
        held.clear();
        all.forEach(Runnable::run);
    }

    /** Does what is to be done for one link; true when there was anything. */
    boolean serve(VirtualLink link, boolean isNew) {
        if (isNew) {
            if (reachable) {
                link.connected();
            } else {
                link.refuse("Connection refused");
            }
            return true;
        }
        byte[] bytes = link.takeWritten();
        if (bytes.length == 0) {
            return false;
        }
        int broker = link.address.getAddress().getAddress()[3] - 1;
        for (Frames.Received request : Frames.requests(bytes)) {
            answer(broker, link, request);
        }
        return true;
    }

    private void answer(int broker, VirtualLink link, Frames.Received request) {
        ApiKey key = ApiKey.forId(request.header().requestApiKey());
        short version = request.header().requestApiVersion();
        asked.add(new Asked(broker, key, version));
        switch (key) {
            case API_VERSIONS -> link.receive(Frames.apiVersions(request.correlationId(), versions(), version));
            case METADATA -> {
                MetadataRequest body = new MetadataRequest();
                body.read(request.body(), version);
                if (describes) {
                    send(link, request, metadataAnswers.apply(metadata(body)));
                }
            }
            case INIT_PRODUCER_ID ->
                send(
                        link,
                        request,
                        identityAnswers.apply(
                                new InitProducerIdResponse().producerId(77).producerEpoch((short) 0)));
            case PRODUCE -> {
                ProduceRequest body = new ProduceRequest();
                body.read(request.body(), version);
                ProduceResponse answer = produced(body, version);
                Runnable send = () -> {
                    if (body.acks() != 0) {
                        send(link, request, produceAnswers.apply(answer));
                    }
                };
                if (broker == holdProduceOf) {
                    held.add(send);
                } else {
                    send.run();
                }
            }
            default -> throw new IllegalStateException("Nobody asks for " + key);
        }
    }

    /** What this cluster answers, and no telemetry, which a producer would ask for by itself. */
    private ApiVersionsResponse versions() {
        ApiVersionsResponse all = Frames.everything();
        all.apiKeys().removeIf(each -> each.apiKey() == ApiKey.GET_TELEMETRY_SUBSCRIPTIONS.id());
        for (ApiVersionsResponse.ApiVersion each : all.apiKeys()) {
            Integer cap = highestVersions.get(ApiKey.forId(each.apiKey()));
            if (cap != null) {
                each.maxVersion(cap.shortValue());
                each.minVersion((short) Math.min(each.minVersion(), cap));
            }
        }
        return all;
    }

    private MetadataResponse metadata(MetadataRequest request) {
        List<MetadataResponseBroker> brokers = new ArrayList<>();
        for (int id = 0; id < brokerCount; id++) {
            brokers.add(new MetadataResponseBroker().nodeId(id).host("b" + id).port(9092));
        }
        List<MetadataResponseTopic> answers = new ArrayList<>();
        request.topics().forEach(wanted -> answers.add(describe(wanted.name())));
        return new MetadataResponse()
                .clusterId("scripted")
                .controllerId(0)
                .brokers(brokers)
                .topics(answers);
    }

    private MetadataResponseTopic describe(String name) {
        Topic topic = topics.get(name);
        if (topic == null || topic.error != ErrorCode.NONE) {
            ErrorCode error = topic == null ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : topic.error;
            return new MetadataResponseTopic().name(name).errorCode(error.code());
        }
        List<MetadataResponsePartition> partitions = new ArrayList<>();
        for (int i = 0; i < topic.partitionCount; i++) {
            partitions.add(new MetadataResponsePartition()
                    .partitionIndex(i)
                    .leaderId(topic.leader)
                    .leaderEpoch(topic.leaderEpoch)
                    .replicaNodes(new int[] {topic.leader})
                    .isrNodes(new int[] {topic.leader})
                    .offlineReplicas(new int[] {}));
        }
        return new MetadataResponseTopic().name(name).topicId(topic.id).partitions(partitions);
    }

    private ProduceResponse produced(ProduceRequest request, short version) {
        List<TopicProduceResponse> answers = new ArrayList<>();
        request.topicData().forEach(data -> {
            String name = version >= 13 ? nameOf(data.topicId()) : data.name();
            List<PartitionProduceResponse> partitions = new ArrayList<>();
            data.partitionData().forEach(partition -> {
                String key = name + "-" + partition.index();
                long base = nextOffsets.getOrDefault(key, 0L);
                int records = partition.records().toContiguous().getInt(RECORD_COUNT_OFFSET);
                boolean known = !name.isEmpty();
                if (known) {
                    nextOffsets.put(key, base + records);
                }
                partitions.add(new PartitionProduceResponse()
                        .index(partition.index())
                        .errorCode(known ? 0 : ErrorCode.UNKNOWN_TOPIC_ID.code())
                        .baseOffset(known ? base : -1)
                        .logAppendTimeMs(-1));
            });
            answers.add(new TopicProduceResponse()
                    .name(version >= 13 ? "" : name)
                    .topicId(version >= 13 ? data.topicId() : new UUID(0, 0))
                    .partitionResponses(partitions));
        });
        return new ProduceResponse().responses(answers);
    }

    private String nameOf(UUID id) {
        return topics.values().stream()
                .filter(topic -> topic.id.equals(id))
                .map(topic -> topic.name)
                .findFirst()
                .orElse("");
    }

    private static void send(VirtualLink link, Frames.Received request, Response response) {
        short version = request.header().requestApiVersion();
        WireWriter out = new WireWriter();
        int size = out.reserveInt();
        out.writeInt(request.correlationId());
        if (response.apiKey().responseHeaderVersion(version) > 0) {
            out.writeByte((byte) 0);
        }
        response.write(out, version);
        out.patchInt(size, out.sizeBytes() - 4);
        byte[] bytes = new byte[out.sizeBytes()];
        out.toContiguous().get(bytes);
        if (!link.closed) {
            link.receive(bytes);
        }
    }
}
