package io.penstock.internal.accumulator;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/**
 * A page taken and given back, alone and by four threads at once. In this package because pages are lent to batches only.
 *
 * <p>About 40 records of 100 bytes share what one of these costs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PagePoolPiece {

    private static final long MEMORY_BYTES = 32L << 20;

    private final PagePool pool = new PagePool(MEMORY_BYTES);

    /** Each thread's own. */
    @State(Scope.Thread)
    public static class Hand {
        private final Page[] pages = new Page[1];
    }

    @Benchmark
    public void alone(Hand hand) {
        takeAndGiveBack(hand);
    }

    @Benchmark
    @Threads(4)
    public void byFourThreads(Hand hand) {
        takeAndGiveBack(hand);
    }

    private void takeAndGiveBack(Hand hand) {
        if (!pool.tryTake(hand.pages, 0, 1)) {
            throw new IllegalStateException("No page is left");
        }
        pool.giveBack(hand.pages, 0, 1);
    }
}
