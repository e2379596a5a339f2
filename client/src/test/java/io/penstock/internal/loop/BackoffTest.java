package io.penstock.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void nanos_afterAnyNumberOfFailures_stayWithinTheirBoundsAndSpread() {
        Backoff backoff = new Backoff(50, 1_000);
        Random random = new Random(1);
        for (int failures : new int[] {0, 1, 2, 3, 10, 100, Integer.MAX_VALUE}) {
            double base = Math.min(50 * Math.pow(2, Math.max(0, Math.min(failures, 20) - 1)), 1_000);
            List<Long> waits = IntStream.range(0, 200)
                    .mapToObj(i -> backoff.nanos(failures, random))
                    .toList();
            assertThat(waits).allSatisfy(wait -> assertThat((double) wait)
                    .isBetween(base * 0.8 - 1, Math.min(1_000, base * 1.2)));
            assertThat(waits.stream().distinct().count()).as("spread").isGreaterThan(5);
        }
    }

    @Test
    void nanos_ofExtremeSettings_neitherOverflowNorPassTheMaximum() {
        Random random = new Random(5);
        assertThat(new Backoff(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2).nanos(1_000, random))
                .isPositive();
        assertThat(new Backoff(50, 10).nanos(4, random)).isBetween(0L, 10L);
        assertThat(new Backoff(0, 0).nanos(3, random)).isZero();
    }

    @Test
    void nanos_whereTheFirstWaitIsNone_growAfterTheFirst() {
        // Found by the simulator: with retry.backoff.ms=0 a batch that was refused again and again was sent again
        // without a pause.
        Backoff backoff = new Backoff(0, 1_000_000_000);
        Random random = new Random(7);
        assertThat(backoff.nanos(1, random)).isZero();
        assertThat(backoff.nanos(2, random)).isBetween(800_000L, 1_200_000L);
        assertThat(backoff.nanos(100, random)).isBetween(800_000_000L, 1_000_000_000L);
    }
}
