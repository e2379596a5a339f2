package io.penstock.benchmarks.pieces;

import io.penstock.internal.cluster.ClusterView;
import io.penstock.internal.cluster.PartitionView;
import io.penstock.internal.cluster.TopicView;
import io.penstock.internal.config.PartitionSettings;
import io.penstock.internal.partition.Murmur2;
import io.penstock.internal.partition.QueueLoads;
import io.penstock.internal.partition.StickyPartitioner;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The partition of one record: by its key, and without one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PartitionPiece {

    private static final int PARTITIONS = 100;
    private static final int RECORD_BYTES = 107;
    private static final int BATCH_BYTES = 16 * 1024;

    private final byte[] key = new byte[16];
    private final TopicView topic = TopicView.of(
            "piece",
            null,
            false,
            IntStream.range(0, PARTITIONS)
                    .mapToObj(i -> PartitionView.of(i, i % 3, 0))
                    .toList());
    private final StickyPartitioner sticky = new StickyPartitioner(
            new PartitionSettings(false, true, 0, false, ""), BATCH_BYTES, ThreadLocalRandom::current);

    public PartitionPiece() {
        new Random(42).nextBytes(key);
    }

    /** A key of 16 bytes. */
    @Benchmark
    public int byKey() {
        return Murmur2.partition(key, PARTITIONS);
    }

    /** Adaptive and sticky, with a new choice each 16 KiB among 100. */
    @Benchmark
    public int withoutKey() {
        int partition = sticky.current(topic, ClusterView.EMPTY, QueueLoads.NONE);
        sticky.onAppended(partition, RECORD_BYTES, true, topic, ClusterView.EMPTY, QueueLoads.NONE);
        return partition;
    }
}
