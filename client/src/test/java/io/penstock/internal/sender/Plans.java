package io.penstock.internal.sender;

import io.penstock.internal.accumulator.BatchSealer;
import io.penstock.internal.accumulator.PartitionQueue;
import io.penstock.internal.accumulator.ProducerBatch;
import io.penstock.internal.accumulator.TopicQueues;
import io.penstock.internal.completion.RecordPromise;
import io.penstock.internal.identity.ProducerIdentity;
import io.penstock.wire.record.HeaderSource;
import io.penstock.wire.record.KeyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Makes plans of sealed and stamped batches, for tests of what sends them. */
public final class Plans {

    /** Of every topic. */
    public static final UUID TOPIC_ID = new UUID(5, 6);

    private final SenderHarness harness;
    private final BatchSealer sealer = new BatchSealer(null);
    private final List<OutboundBatch> batches = new ArrayList<>();

    public Plans() {
        SenderHarness.Options options = new SenderHarness.Options();
        options.memoryBytes = 1 << 22;
        harness = new SenderHarness(options);
    }

    /** One batch more, of one record. */
    public Plans with(String topic, int partition, int valueBytes) {
        TopicQueues queues = harness.accumulator.topic(topic, harness.sender::listenerFor);
        PartitionQueue queue = queues.queue(partition);
        RecordPromise promise = new RecordPromise(1_700_000_000_000L, -1, valueBytes, null);
        queue.append(promise, KeyValue.of(null, new byte[valueBytes]), HeaderSource.NONE, null, false);
        ProducerBatch batch = queue.poll();
        if (batch == null) {
            throw new IllegalStateException("The record was not appended");
        }
        sealer.seal(batch, queues);
        PartitionLane lane = new PartitionLane(harness.sender, queues, queue);
        lane.onTopicId(TOPIC_ID);
        OutboundBatch outbound = new OutboundBatch(lane, batch, new ProducerIdentity(7, (short) 1), 3);
        outbound.stamp();
        batches.add(outbound);
        return this;
    }

    public ProducePlan plan(short acks) {
        int sizeBytes = batches.stream().mapToInt(OutboundBatch::sizeBytes).sum();
        return new ProducePlan(1, acks, 30_000, batches, sizeBytes);
    }
}
