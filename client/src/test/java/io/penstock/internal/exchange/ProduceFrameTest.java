package io.penstock.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.internal.cluster.ClusterView;
import io.penstock.internal.cluster.TopicView;
import io.penstock.internal.exchange.ProduceFrame.TopicBatches;
import io.penstock.internal.network.RequestFrame;
import io.penstock.internal.sender.OutboundBatch;
import io.penstock.internal.sender.Plans;
import io.penstock.internal.sender.ProducePlan;
import io.penstock.wire.message.ProduceRequest;
import io.penstock.wire.message.ProduceRequest.PartitionProduceData;
import io.penstock.wire.message.ProduceRequest.TopicProduceData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The frame is written by hand; the message generated from Kafka's schema says what its bytes must be. */
class ProduceFrameTest {

    private static final String CLIENT_ID = "client \u00e9";
    private static final UUID FIRST = new UUID(1, 2);
    private static final UUID SECOND = new UUID(-3, 4);

    @ParameterizedTest
    @ValueSource(shorts = {3, 5, 8, 9, 12, 13})
    void encode_isWhatTheMessageWrites(short version) {
        Plans plans = new Plans();
        for (int partition = 0; partition < 200; partition++) {
            plans.with("topic-\u6c34", partition, partition % 7 == 0 ? 10_000 + partition : 1 + partition * 2);
        }
        ProducePlan plan = plans.with("z", 70_000, 900)
                .with("z", 1, ProduceFrame.COPIED_BATCH_BYTES)
                .plan((short) -1);
        List<TopicBatches> topics =
                List.of(new TopicBatches("topic-\u6c34", FIRST, 0, 200), new TopicBatches("z", SECOND, 200, 202));

        ProduceFrame frames = new ProduceFrame(ProduceFrame.Names.of(CLIENT_ID, null));
        ByteBuffer[] own = {ByteBuffer.allocateDirect(Math.toIntExact(frames.ownBytes(plan, topics)))};
        ByteBuffer[] frame = frames.encode(plan, topics, version, 42, own);

        assertThat(all(frame))
                .isEqualTo(all(RequestFrame.encode(message(plan, topics, version), version, CLIENT_ID, 42)));
        assertThat(frame.length)
                .as("small batches are not buffers of their own")
                .isLessThan(100);
    }

    @ParameterizedTest
    @ValueSource(shorts = {3, 13})
    void encode_whenOneSmallBatch_isOneBuffer(short version) {
        ProducePlan plan = new Plans().with("t", 0, 100).plan((short) 1);
        List<TopicBatches> topics = List.of(new TopicBatches("t", FIRST, 0, 1));
        ByteBuffer[] own = {ByteBuffer.allocateDirect(1024)};
        ProduceFrame frames = new ProduceFrame(ProduceFrame.Names.of("", "tx \u00e9"));
        ByteBuffer[] frame = frames.encode(plan, topics, version, 1, own);
        assertThat(frame).as("no array and no view of its own").isSameAs(own);
        assertThat(all(frame))
                .isEqualTo(all(RequestFrame.encode(
                        message(plan, topics, version).transactionalId("tx \u00e9"), version, "", 1)));
    }

    @Test
    void idOf_whenTheTopicIsNotInView_isTheOneItHad() {
        // Prevents: a batch for a topic that was just deleted goes by name, and comes to the one created after it.
        List<OutboundBatch> batches =
                new Plans().with("t", 0, 100).plan((short) 1).batches();
        assertThat(TopicBatches.idOf(null, batches.get(0))).isEqualTo(Plans.TOPIC_ID);
        assertThat(new TopicBatches("t", Plans.TOPIC_ID, 0, 1).isOf(batches, ClusterView.EMPTY))
                .isTrue();
        TopicView withoutId = TopicView.of("t", null, false, List.of());
        assertThat(TopicBatches.idOf(withoutId, batches.get(0))).isNull();
    }

    private static ProduceRequest message(ProducePlan plan, List<TopicBatches> topics, short version) {
        List<TopicProduceData> data = new ArrayList<>();
        for (TopicBatches topic : topics) {
            List<PartitionProduceData> partitions = new ArrayList<>();
            for (OutboundBatch batch : plan.batches().subList(topic.from(), topic.to())) {
                partitions.add(
                        new PartitionProduceData().index(batch.partition()).records(batch.bytes()));
            }
            TopicProduceData one = new TopicProduceData().partitionData(partitions);
            data.add(version >= 13 ? one.topicId(topic.id()) : one.name(topic.name()));
        }
        return new ProduceRequest()
                .acks(plan.acks())
                .timeoutMs(plan.timeoutMillis())
                .topicData(data);
    }

    private static ByteBuffer all(ByteBuffer[] buffers) {
        int size = 0;
        for (ByteBuffer buffer : buffers) {
            size += buffer.remaining();
        }
        ByteBuffer all = ByteBuffer.allocate(size);
        for (ByteBuffer buffer : buffers) {
            all.put(buffer.duplicate());
        }
        return all.flip();
    }
}
