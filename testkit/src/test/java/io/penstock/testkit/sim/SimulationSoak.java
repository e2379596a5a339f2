package io.penstock.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** As many random seeds as asked for: {@code mvn verify -Psoak -Dseeds=N}. */
class SimulationSoak {

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
        long began = System.nanoTime();
        List<String> findings = SimulationTest.findings(first, SEED_COUNT);
        double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
        System.out.printf(
                "Simulator: %d seeds from %d on, %.1f s, %.0f seeds/s%n",
                SEED_COUNT, first, seconds, SEED_COUNT / seconds);
        assertThat(findings).isEmpty();
    }
}
