package io.penstock.benchmarks.pieces;

import io.penstock.wire.record.BatchHeader;
import io.penstock.wire.record.Varints;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Varints of lengths as they occur, one to three bytes each, and the checksum of a batch. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BytesPiece {

    private static final int NUMBERS = 1024;

    private final int[] numbers = new Random(42).ints(NUMBERS, -1, 20_000).toArray();
    private final ByteBuffer page = ByteBuffer.allocateDirect(NUMBERS * Varints.MAX_VARINT_SIZE_BYTES);
    private final ByteBuffer[] small = {ByteBuffer.allocateDirect(16 * 1024)};
    private final ByteBuffer[] large = {ByteBuffer.allocateDirect(1024 * 1024)};

    /** For one number. */
    @Benchmark
    @OperationsPerInvocation(NUMBERS)
    public int varint() {
        int at = 0;
        for (int number : numbers) {
            at = Varints.putVarint(page, at, number);
        }
        return at;
    }

    /** For one number. */
    @Benchmark
    @OperationsPerInvocation(NUMBERS)
    public int sizeOfVarint() {
        int bytes = 0;
        for (int number : numbers) {
            bytes += Varints.sizeOfVarint(number);
        }
        return bytes;
    }

    /** For the batch. */
    @Benchmark
    public int crcOf16KiB() {
        return BatchHeader.crc(small, 1);
    }

    /** For the batch. */
    @Benchmark
    public int crcOf1MiB() {
        return BatchHeader.crc(large, 1);
    }
}
