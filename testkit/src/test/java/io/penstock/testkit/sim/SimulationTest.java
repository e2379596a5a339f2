package io.penstock.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The simulator's fixed seeds, and that a seed is all there is to a run. {@code -Dpenstock.sim.seed=N} prints every event of one. */
class SimulationTest {

    private static final int FIXED_SEED_COUNT = Integer.getInteger("penstock.sim.count", 2_000);
    private static final int MAX_REPORTS = 5;

    /** Beyond the fixed ones, those in which something was found once: docs/SIMULATION.md. */
    private static final long[] SEEDS_THAT_FOUND_SOMETHING = {
        2_204,
        5_847,
        16_481,
        24_092,
        43_861,
        50_621,
        92_890,
        100_609,
        500_007,
        5_680_711,
        5_682_757,
        56_696_894_346L,
        78_004_389_613L,
        405_936_042_076L,
        435_725_701_975L,
        435_725_703_967L,
        435_725_704_339L,
        849_238_031_279L,
    };

    private static PrintStream errors = System.err;

    /** What the engine logs of thousands of broken connections is nobody's reading. */
    @BeforeAll
    static void silence() {
        errors = System.err;
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    @AfterAll
    static void speak() {
        System.setErr(errors);
    }

    @Test
    @DisabledIfSystemProperty(named = "penstock.sim.seed", matches = ".+")
    void fixedSeeds_keepAllPromises() {
        assertThat(findings(0, FIXED_SEED_COUNT)).isEmpty();
    }

    @Test
    void seedsThatFoundSomething_keepAllPromises() {
        for (long seed : SEEDS_THAT_FOUND_SOMETHING) {
            assertThat(findings(seed, 1)).isEmpty();
        }
    }

    @Test
    void oneSeed_runTwice_isTheSameEventForEvent() {
        for (long seed = 0; seed < 40; seed++) {
            SimResult first = Simulation.run(seed);
            SimResult second = Simulation.run(seed);
            assertThat(second.traceHash()).as("trace of seed %d", seed).isEqualTo(first.traceHash());
            assertThat(second.eventCount()).isEqualTo(first.eventCount());
        }
    }

    @Test
    void differentSeeds_areDifferentRuns() {
        assertThat(List.of(1L, 2L, 3L, 4L))
                .extracting(seed -> Simulation.run(seed).traceHash())
                .doesNotHaveDuplicates();
    }

    @Test
    void trace_whenPrinted_changesNothing() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SimResult printed = Simulation.run(7, new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(printed.traceHash()).isEqualTo(Simulation.run(7).traceHash());
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("heal", "acked");
    }

    @Test
    void report_saysHowToRunTheSeedAgain() {
        SimResult result = new SimResult(42, "seed 42: drawn", 1, 2, 3, "StoredOnce: twice");
        assertThat(result.report()).contains("StoredOnce: twice", "seed 42: drawn", "-Dpenstock.sim.seed=42");
    }

    @Test
    @EnabledIfSystemProperty(named = "penstock.sim.seed", matches = "-?\\d+")
    void oneSeed() {
        SimResult result = Simulation.run(Long.getLong("penstock.sim.seed"), System.out);
        assertThat(result.isFine()).as(result.report()).isTrue();
    }

    static List<String> findings(long firstSeed, int count) {
        List<String> findings = new ArrayList<>();
        for (long seed = firstSeed; seed < firstSeed + count && findings.size() < MAX_REPORTS; seed++) {
            SimResult result = Simulation.run(seed);
            if (!result.isFine()) {
                findings.add(result.report());
            }
        }
        return findings;
    }
}
