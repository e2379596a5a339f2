package io.penstock.benchmarks.pieces;

import io.penstock.internal.accumulator.AppendOutcome;
import io.penstock.internal.accumulator.BatchLimits;
import io.penstock.internal.accumulator.BatchSealer;
import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.accumulator.PartitionQueue;
import io.penstock.internal.accumulator.ProducerBatch;
import io.penstock.internal.accumulator.RecordAccumulator;
import io.penstock.internal.accumulator.TopicQueues;
import io.penstock.internal.completion.BatchCompletion;
import io.penstock.internal.completion.BatchResult;
import io.penstock.internal.completion.RecordPromise;
import io.penstock.producer.TopicPartition;
import io.penstock.wire.Segments;
import io.penstock.wire.record.HeaderSource;
import io.penstock.wire.record.KeyValue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What happens to a batch of records of 100 bytes, one after the other; the figures are for one record, but for sealing. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BatchPiece {

    private static final int RECORDS = 140;
    private static final int BATCH_BYTES = 16 * 1024;
    private static final long MEMORY_BYTES = 32L << 20;
    private static final TopicPartition PLACE = new TopicPartition("piece", 0);

    private final byte[] value = new byte[100];
    private final KeyValue keyValue = KeyValue.of(null, value);
    private final BatchSealer sealer = new BatchSealer(null);
    private RecordAccumulator accumulator = accumulator();
    private TopicQueues topic = accumulator.topic("piece", (queues, queue) -> () -> {});
    private PartitionQueue queue = topic.queue(0);
    private ProducerBatch kept = filled();

    private static RecordAccumulator accumulator() {
        PagePool pool = new PagePool(MEMORY_BYTES);
        return new RecordAccumulator(
                pool, BatchLimits.of(BATCH_BYTES, true, 1 << 20, pool.capacityBytes()), System::nanoTime);
    }

    @Setup
    public void fresh() {
        accumulator = accumulator();
        topic = accumulator.topic("piece", (queues, each) -> () -> {});
        queue = topic.queue(0);
        kept = filled();
        sealer.seal(kept, topic);
    }

    /** Promise and bytes into the open batch; its pages from the pool and back. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void append() {
        filled().release();
    }

    /** The same, and then each future completed. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void appendAndComplete() {
        ProducerBatch batch = filled();
        new BatchCompletion(PLACE, batch.promises(), new BatchResult.Written(7, -1), batch::release).run();
    }

    /** Header, identity and CRC-32C of 16 KiB; for a batch. */
    @Benchmark
    public Segments encode() {
        sealer.seal(kept, topic);
        BatchSealer.stamp(kept, 1_000, (short) 0, 17);
        return BatchSealer.bytes(kept);
    }

    private ProducerBatch filled() {
        for (int i = 0; i < RECORDS; i++) {
            RecordPromise promise = new RecordPromise(1_700_000_000_000L, -1, value.length, null);
            AppendOutcome outcome = queue.append(promise, keyValue, HeaderSource.NONE, null, false);
            if (outcome == AppendOutcome.NEEDS_MEMORY) {
                throw new IllegalStateException("Pages were not given back");
            }
        }
        ProducerBatch batch = queue.poll();
        if (batch == null || !queue.isEmpty()) {
            throw new IllegalStateException(RECORDS + " records are not one batch");
        }
        return batch;
    }
}
