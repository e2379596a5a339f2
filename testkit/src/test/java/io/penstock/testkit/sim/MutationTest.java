package io.penstock.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulator finds mistakes: each of a list of deliberate ones, within 5,000 seeds. */
class MutationTest {

    private static final int MAX_SEEDS = 5_000;

    @BeforeAll
    static void silence() {
        SimulationTest.silence();
    }

    @AfterAll
    static void speak() {
        SimulationTest.speak();
    }

    /** All, or with {@code -Dpenstock.sim.mutation=...} those whose name contains that. */
    static List<Mutation> mutations() {
        String only = System.getProperty("penstock.sim.mutation", "");
        return Mutations.all().stream()
                .filter(mutation -> mutation.name().contains(only))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void mutation_isFound(Mutation mutation) throws Exception {
        String finding = new MutatedEngine(mutation).firstFinding(MAX_SEEDS);
        System.out.println("Simulator: \"" + mutation + "\" found after " + finding);
        assertThat(finding).as("what %d seeds find", MAX_SEEDS).isNotNull();
    }

    @Test
    void noMutation_isFoundInAnEngineThatIsLoadedTheSameWay() throws Exception {
        assertThat(new MutatedEngine(null).firstFinding(30)).isNull();
    }

    @Test
    void mutation_whoseMethodIsGone_isLoud() {
        Mutation gone =
                new Mutation("gone", "io.penstock.internal.sender.PartitionLane", "noSuchMethod", Mutation.returns(0));
        assertThatThrownBy(() -> new MutatedEngine(gone).firstFinding(1)).hasStackTraceContaining("no longer applies");
    }
}
