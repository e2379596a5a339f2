package io.penstock.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A test's thread waits here for what others bring about. It looks again every ten milliseconds, and never waits for longer than told. */
final class Await {

    private static final long PAUSE_MILLIS = 10;

    private Await() {}

    /**
     * @param what was waited for, asked only to say so when it does not come
     * @throws AssertionError when it does not hold in time
     */
    static void until(Supplier<String> what, Duration atMost, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as(what).isNegative();
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
