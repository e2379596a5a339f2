package io.penstock.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.penstock.internal.loop.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.metrics.MeasurableStat;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.stats.Avg;
import org.apache.kafka.common.metrics.stats.Max;
import org.apache.kafka.common.metrics.stats.Rate;
import org.apache.kafka.common.metrics.stats.WindowedCount;
import org.junit.jupiter.api.Test;

class MeasureTest {

    private static final long SECOND_MS = 1_000;

    private final ManualClock clock = new ManualClock();
    private final Measure measure = new Measure(new SampleWindows(2, TimeUnit.SECONDS.toNanos(30)));

    @Test
    void everything_beforeTheFirstEvent_isEmpty() {
        assertThat(measure.total()).isZero();
        assertThat(measure.events()).isZero();
        assertThat(measure.rate(now())).isZero();
        assertThat(measure.eventRate(now())).isZero();
        assertThat(measure.average(now())).isNaN();
        assertThat(measure.max(now())).isNaN();
    }

    @Test
    void rate_ofAYoungMeasure_takesTheTimeBeforeForIdle() {
        measure.record(100, now());
        clock.advanceMillis(SECOND_MS);
        assertThat(measure.rate(now())).isCloseTo(100 / 31.0, within(1e-9));
        assertThat(measure.eventRate(now())).isCloseTo(1 / 31.0, within(1e-9));
    }

    @Test
    void rate_ofASteadyStream_isItsRate() {
        for (int second = 0; second < 300; second++) {
            measure.record(50, now());
            measure.record(150, now());
            clock.advanceMillis(SECOND_MS);
        }
        assertThat(measure.rate(now())).isCloseTo(200, within(1e-9));
        assertThat(measure.eventRate(now())).isCloseTo(2, within(1e-9));
        assertThat(measure.average(now())).isEqualTo(100);
        assertThat(measure.max(now())).isEqualTo(150);
        assertThat(measure.total()).isEqualTo(300 * 200);
        assertThat(measure.events()).isEqualTo(600);
    }

    /** A window's end must be seen whatever it has counted, not only when somebody looks for the compiler's sake. */
    @Test
    void isWorthALook_whenTheWindowIsOver_isTrueForEveryCount() {
        SampleWindows windows = new SampleWindows(2, 30);
        for (long events = 1; events < 5_000; events++) {
            boolean powerOfTwo = Long.bitCount(events) == 1;
            assertThat(windows.isWorthALook(100, 129, events)).isEqualTo(powerOfTwo);
            assertThat(windows.isWorthALook(100, 130, events)).isTrue();
            assertThat(windows.isWorthALook(Long.MAX_VALUE - 10, Long.MIN_VALUE + 19, events))
                    .isTrue();
        }
    }

    @Test
    void windows_thatAreTooOld_countNoMoreButForTheTotal() {
        measure.record(1_000, now());
        clock.advanceMillis(40 * SECOND_MS);
        measure.record(10, now());
        assertThat(measure.max(now())).isEqualTo(1_000);
        assertThat(measure.average(now())).isEqualTo(505);

        clock.advanceMillis(20 * SECOND_MS);
        assertThat(measure.max(now())).isEqualTo(10);
        assertThat(measure.average(now())).isEqualTo(10);

        clock.advanceMillis(40 * SECOND_MS);
        assertThat(measure.max(now())).isNaN();
        assertThat(measure.rate(now())).isZero();
        assertThat(measure.total()).isEqualTo(1_010);
    }

    @Test
    void average_ofNegativeValues_isNegative() {
        measure.record(-5, now());
        assertThat(measure.max(now())).isEqualTo(-5);
        assertThat(measure.average(now())).isEqualTo(-5);
    }

    @Test
    void settings_atTheirEnds_giveNumbersAllTheSame() {
        for (long windowNanos : new long[] {0, 1, Long.MAX_VALUE}) {
            for (int count : new int[] {1, Integer.MAX_VALUE}) {
                Measure extreme = new Measure(new SampleWindows(count, windowNanos));
                for (int i = 0; i < 10; i++) {
                    extreme.record(1, now());
                    assertThat(extreme.rate(now())).isPositive().isFinite();
                    clock.advanceNanos(1);
                }
                assertThat(extreme.total()).isEqualTo(10);
            }
        }
    }

    @Test
    void windows_areKeptOnlyWhileTheyCount() {
        Window oldest = new Window(0, null);
        oldest.add(1, 0);
        Window middle = new Window(10, oldest);
        middle.add(1, 10);
        Window newest = new Window(20, middle);
        newest.trim(2, new SampleWindows(2, 15), 20);
        assertThat(middle.previous()).isSameAs(oldest);
        newest.trim(1, new SampleWindows(2, 15), 20);
        assertThat(middle.previous()).isNull();
        newest.trim(1, new SampleWindows(2, 15), 40);
        assertThat(newest.previous()).isNull();
    }

    /** Same events, same moment, same answer as Apache's own statistics. */
    @Test
    void everything_isWhatApachesStatisticsSay() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            int count = 1 + random.nextInt(4);
            long windowMs = 1 + random.nextInt(5_000);
            int meanGapMs = 1 + random.nextInt((int) (windowMs * 2));
            Measure ours = new Measure(new SampleWindows(count, TimeUnit.MILLISECONDS.toNanos(windowMs)));
            MetricConfig config = new MetricConfig().samples(count).timeWindow(windowMs, TimeUnit.MILLISECONDS);
            List<MeasurableStat> theirs =
                    List.of(new Rate(), new Rate(TimeUnit.SECONDS, new WindowedCount()), new Avg(), new Max());
            long nowMs = 0;
            int events = 1 + random.nextInt(200);
            for (int i = 0; i < events; i++) {
                int value = random.nextInt(1_000);
                long at = nowMs;
                ours.record(value, nanos(at));
                theirs.forEach(stat -> stat.record(config, value, at));
                nowMs += random.nextInt(2 * meanGapMs);
            }
            long readMs = nowMs + random.nextInt((int) windowMs * (count + 1));
            List<Double> expected = new ArrayList<>();
            theirs.forEach(stat -> expected.add(stat.measure(config, readMs)));
            long readAt = nanos(readMs);
            assertThat(ours.rate(readAt)).as("rate, seed " + seed).isCloseTo(expected.get(0), within(1e-6));
            assertThat(ours.eventRate(readAt)).as("events, seed " + seed).isCloseTo(expected.get(1), within(1e-6));
            assertThat(ours.average(readAt)).as("average, seed " + seed).isEqualTo(expected.get(2));
            assertThat(ours.max(readAt)).as("max, seed " + seed).isEqualTo(expected.get(3));
        }
    }

    @Test
    void sharedMeasure_underManyThreads_losesNothing() throws InterruptedException {
        SharedMeasure shared = new SharedMeasure(new SampleWindows(2, 1_000));
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 20_000; i++) {
                    shared.record(2, System.nanoTime());
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(shared.events()).isEqualTo(80_000);
        assertThat(shared.total()).isEqualTo(160_000);
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private long now() {
        return clock.nanoTime();
    }
}
