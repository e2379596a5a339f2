package io.penstock.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the engine does for a record follows what is ready, and not how many partitions it knows (invariant 7). */
class TurnCostTest {

    private static final int FEW = 10;
    private static final int MANY = 500;

    /** For what differs by chance, as the sizes of what is read at once. */
    private static final double MARGIN = 1.2;

    @Test
    void record_amongManyPartitions_costsWhatItCostsAmongFew() throws Exception {
        assertThat(new CountedEngine(null).costOfOneRecord(MANY)).isLessThan(bound(null));
    }

    @ParameterizedTest
    @MethodSource("io.penstock.testkit.sim.Mutations#ofCost")
    void mutation_thatLooksAtAllThatIsKnown_isFound(Mutation mutation) throws Exception {
        assertThat(new CountedEngine(mutation).costOfOneRecord(MANY)).isGreaterThan(bound(mutation));
    }

    private static long bound(Mutation mutation) throws Exception {
        long cost = new CountedEngine(mutation).costOfOneRecord(FEW);
        System.out.println("One record among few partitions: " + cost + " calls and rounds of loops");
        return (long) (MARGIN * cost);
    }
}
