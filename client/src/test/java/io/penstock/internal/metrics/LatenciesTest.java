package io.penstock.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.penstock.internal.loop.ManualClock;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private static final double[] PARTS = {0.001, 0.5, 0.95, 0.99, 0.999, 1};

    private final ManualClock clock = new ManualClock();
    private final Latencies latencies = new Latencies(new SampleWindows(2, TimeUnit.SECONDS.toNanos(30)));

    private long now() {
        return clock.nanoTime();
    }

    private static long micros(long micros) {
        return TimeUnit.MICROSECONDS.toNanos(micros);
    }

    @Test
    void everything_beforeTheFirstRecord_isNaN() {
        assertThat(latencies.percentile(0.5, 0, now())).isNaN();
        assertThat(latencies.max(0, now())).isNaN();
        assertThat(latencies.count(now())).isZero();
    }

    @Test
    void percentiles_ofAUniformDistribution_areItsOwn() {
        for (int micros = 1; micros <= 100_000; micros++) {
            latencies.record(micros(micros), 1, now());
        }
        assertThat(latencies.percentile(0.5, 0, now())).isCloseTo(micros(50_000), Percentage.withPercentage(1.6));
        assertThat(latencies.percentile(0.95, 0, now())).isCloseTo(micros(95_000), Percentage.withPercentage(1.6));
        assertThat(latencies.percentile(0.99, 0, now())).isCloseTo(micros(99_000), Percentage.withPercentage(1.6));
        assertThat(latencies.percentile(0.999, 0, now())).isCloseTo(micros(99_900), Percentage.withPercentage(1.6));
        assertThat(latencies.max(0, now())).isEqualTo(micros(100_000));
    }

    @Test
    void percentiles_ofRandomDistributions_areThoseOfTheSortedValues() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            Latencies some = new Latencies(new SampleWindows(2, TimeUnit.SECONDS.toNanos(30)));
            long[] values = new long[1 + random.nextInt(3_000)];
            double spread = 1 + random.nextDouble() * 20;
            for (int i = 0; i < values.length; i++) {
                values[i] = micros((long) Math.exp(random.nextDouble() * spread));
                some.record(values[i], 1, now());
            }
            Arrays.sort(values);
            for (double part : PARTS) {
                long exact = values[(int) Math.ceil(values.length * part) - 1];
                assertThat(some.percentile(part, 0, now()))
                        .as("%s of seed %s", part, seed)
                        .isCloseTo(exact, within(exact * 0.016 + 501));
            }
        }
    }

    @Test
    void buckets_takeInEveryLength_eachWithItsMiddleCloseToIt() {
        int last = -1;
        for (long value = 0; value < 1L << 32; value += 1 + value / 1_000) {
            int bucket = LatencyWindow.bucketOf(value);
            assertThat(bucket).isBetween(last, last + 1);
            assertThat(LatencyWindow.nanosOf(bucket)).isCloseTo(value * 1e3, within(value * 16.0 + 501));
            last = bucket;
        }
        assertThat(last).isEqualTo(LatencyWindow.BUCKETS - 1);
        assertThat(LatencyWindow.bucketOf(Long.MAX_VALUE)).isEqualTo(last);
        assertThat(LatencyWindow.bucketOf(-1)).isZero();
    }

    @Test
    void batches_countAsManyTimesAsTheyHaveRecords() {
        latencies.record(micros(10), 990, now());
        latencies.record(micros(5_000), 10, now());
        assertThat(latencies.count(now())).isEqualTo(1_000);
        assertThat(latencies.percentile(0.99, 0, now())).isCloseTo(micros(10), within(501.0));
        assertThat(latencies.percentile(0.999, 0, now())).isCloseTo(micros(5_000), Percentage.withPercentage(1.6));
    }

    @Test
    void zeros_thatWereNotRecorded_countAsWell() {
        latencies.record(micros(5_000), 1, now());
        assertThat(latencies.percentile(0.99, 99, now())).isZero();
        assertThat(latencies.percentile(0.999, 99, now())).isCloseTo(micros(5_000), Percentage.withPercentage(1.6));
        assertThat(latencies.max(99, now())).isEqualTo(micros(5_000));
        clock.advanceMillis(100_000);
        assertThat(latencies.max(99, now())).isZero();
        assertThat(latencies.percentile(1, 99, now())).isZero();
    }

    @Test
    void window_whenItIsOver_countsNoMore() {
        latencies.record(micros(9_000), 1, now());
        clock.advanceMillis(40_000);
        latencies.record(micros(1_000), 99, now());
        assertThat(latencies.percentile(1, 0, now())).isCloseTo(micros(9_000), Percentage.withPercentage(1.6));
        clock.advanceMillis(20_000);
        assertThat(latencies.percentile(1, 0, now())).isCloseTo(micros(1_000), Percentage.withPercentage(1.6));
        assertThat(latencies.max(0, now())).isEqualTo(micros(1_000));
        clock.advanceMillis(40_000);
        assertThat(latencies.percentile(1, 0, now())).isNaN();
        assertThat(latencies.max(0, now())).isNaN();
    }

    @Test
    void windows_whenTheSettingsAskForMany_areFewerAndLongerAndLookBackAsFar() {
        SampleWindows few = new SampleWindows(1_000, micros(1_000)).atMost(10);
        assertThat(few.count()).isEqualTo(10);
        assertThat(few.windowNanos()).isEqualTo(micros(100_000));
        SampleWindows asTheyAre = new SampleWindows(3, 5);
        assertThat(asTheyAre.atMost(10)).isSameAs(asTheyAre);
        assertThat(new SampleWindows(Integer.MAX_VALUE, Long.MAX_VALUE)
                        .atMost(10)
                        .windowNanos())
                .isPositive();
    }

    @Test
    void counter_whenItIsFull_staysFull() {
        latencies.record(0, Integer.MAX_VALUE, now());
        latencies.record(0, Integer.MAX_VALUE, now());
        assertThat(latencies.count(now())).isEqualTo(Integer.MAX_VALUE);
    }
}
