package io.penstock.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** As many random seeds as asked for: {@code mvn verify -Psoak -Dseeds=N}. */
class SimulationSoak {

    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int SEED_COUNT = Integer.getInteger("seeds", 20_000);

    @BeforeAll
    static void silence() {
        SimulationTest.silence();
    }

    @AfterAll
    static void speak() {
        SimulationTest.speak();
    }

    @Test
    void randomSeeds_keepAllPromises() {
        long first = ThreadLocalRandom.current().nextLong(1L << 40);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long began = System.nanoTime();
        long cpuBegan = threads.getCurrentThreadCpuTime();
        List<String> findings = SimulationTest.findings(first, SEED_COUNT);
        double seconds = (System.nanoTime() - began) / NANOS_PER_SECOND;
        // A machine is shared; the time of its core is the simulator's own.
        double cpuSeconds = (threads.getCurrentThreadCpuTime() - cpuBegan) / NANOS_PER_SECOND;
        assertThat(findings).isEmpty(); // or not all of them were run
        System.out.printf(
                "Simulator: %d seeds from %d on, %.1f s, %.0f seeds/s; %.1f s of a core, %.0f seeds/s of it%n",
                SEED_COUNT, first, seconds, SEED_COUNT / seconds, cpuSeconds, SEED_COUNT / cpuSeconds);
    }
}
