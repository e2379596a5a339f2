package io.penstock.testkit.fake;

import io.penstock.wire.Segments;
import io.penstock.wire.WireFormatException;
import io.penstock.wire.message.Message;
import io.penstock.wire.message.ProduceRequest;
import io.penstock.wire.message.ProduceRequest.PartitionProduceData;
import io.penstock.wire.message.ProduceRequest.TopicProduceData;
import io.penstock.wire.message.Request;
import io.penstock.wire.message.RequestHeader;
import io.penstock.wire.record.BatchFields;
import io.penstock.wire.record.BatchHeader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the log's entry of a request. */
final class SeenRequests {

    private SeenRequests() {}

    static SeenRequest of(
            Request request,
            RequestHeader header,
            int sizeBytes,
            FakeBroker broker,
            long connection,
            ClusterModel cluster) {
        boolean isProduce = request instanceof ProduceRequest;
        return new SeenRequest(
                broker.id(),
                connection,
                request.apiKey(),
                header.requestApiVersion(),
                header.correlationId(),
                header.clientId(),
                sizeBytes,
                cluster.host().nanoTime(),
                request instanceof ProduceRequest produce ? batches(produce, cluster) : List.of(),
                isProduce ? null : request);
    }

    private static List<SeenBatch> batches(ProduceRequest request, ClusterModel cluster) {
        List<SeenBatch> batches = new ArrayList<>();
        for (TopicProduceData topic : request.topicData()) {
            String name = name(topic, cluster);
            for (PartitionProduceData partition : topic.partitionData()) {
                batches.add(batch(name, partition.index(), partition.records()));
            }
        }
        return List.copyOf(batches);
    }

    private static String name(TopicProduceData data, ClusterModel cluster) {
        if (Message.ZERO_UUID.equals(data.topicId())) {
            return data.name();
        }
        FakeTopic topic = cluster.findTopic(data.topicId());
        return topic == null ? "" : topic.name();
    }

    private static SeenBatch batch(String topic, int partition, @Nullable Segments records) {
        int sizeBytes = records == null ? 0 : records.sizeBytes();
        if (records != null) {
            try {
                BatchFields fields = BatchHeader.read(records.toContiguous(), 0);
                return new SeenBatch(
                        topic,
                        partition,
                        sizeBytes,
                        fields.recordCount(),
                        fields.producerId(),
                        fields.producerEpoch(),
                        fields.baseSequence());
            } catch (WireFormatException e) {
                // No batch: seen as bytes alone. The handler will refuse it.
            }
        }
        return new SeenBatch(topic, partition, sizeBytes, -1, -1, (short) -1, -1);
    }
}
