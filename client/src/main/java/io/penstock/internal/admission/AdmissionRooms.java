package io.penstock.internal.admission;

import io.penstock.internal.accumulator.ReadyListeners;
import io.penstock.internal.accumulator.RecordAccumulator;
import io.penstock.internal.cluster.ClusterTracker;
import io.penstock.internal.completion.CompletionQueue;
import io.penstock.internal.loop.Clock;
import io.penstock.internal.metrics.ProducerMetrics;
import io.penstock.internal.partition.RecordPartitioner;
import io.penstock.internal.partition.StickyPartitioner;
import java.util.function.Supplier;

/**
 * Admission's neighbours, put together by the engine.
 *
 * @param listeners makes the sender's ear for each new queue
 * @param stickyPartitioners makes one for each topic
 * @param memoryShort told when a call begins to wait for memory
 * @param gate asked before every record
 * @param completions where the futures and callbacks of records that waited are completed
 * @param parking how callers block
 */
public record AdmissionRooms(
        RecordAccumulator accumulator,
        ReadyListeners listeners,
        ClusterTracker cluster,
        TopicWaiters topicWaiters,
        RecordPartitioner partitioner,
        Supplier<StickyPartitioner> stickyPartitioners,
        Runnable memoryShort,
        SendGate gate,
        CompletionQueue completions,
        Parking parking,
        Clock clock,
        ProducerMetrics metrics) {}
