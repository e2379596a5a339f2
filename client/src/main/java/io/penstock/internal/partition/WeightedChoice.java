package io.penstock.internal.partition;

import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Chooses one of many partitions so that the less there waits for one, the likelier it is.
 *
 * <p>The weight of a partition is the longest queue's length plus one, less its own queue's length (KIP-794). Of up to
 * {@value #SAMPLE_COUNT} candidates all are weighed; of more, {@value #SAMPLE_COUNT} drawn at random, so that a choice costs
 * the same for 100,000 partitions. What that does to the odds: docs/decisions/sampled-partition-weights.md.
 *
 * <p>Pure functions; any thread.
 */
final class WeightedChoice {

    static final int SAMPLE_COUNT = 16;

    /** How often to draw again when every candidate drawn is unavailable. */
    private static final int MAX_DRAW_COUNT = 4;

    private WeightedChoice() {}

    /**
     * One of the candidates {@code candidate(0) .. candidate(count - 1)}, weighed by its queue.
     *
     * @return -1 when those looked at are all unavailable
     */
    static int byLoad(int count, IntUnaryOperator candidate, QueueLoads loads, RandomGenerator random) {
        int[] partitions = new int[Math.min(count, SAMPLE_COUNT)];
        int draws = count > SAMPLE_COUNT ? MAX_DRAW_COUNT : 1;
        for (int draw = 0; draw < draws; draw++) {
            drawRanks(count, partitions, random);
            int available = 0;
            for (int rank : partitions) {
                int partition = candidate.applyAsInt(rank);
                if (!loads.unavailable(partition)) {
                    partitions[available++] = partition;
                }
            }
            if (available > 0) {
                return weigh(partitions, available, loads, random);
            }
        }
        return -1;
    }

    /** Fills the array with different numbers below {@code count}, every choice of them equally likely (Floyd's algorithm). */
    static void drawRanks(int count, int[] ranks, RandomGenerator random) {
        for (int i = 0; i < ranks.length; i++) {
            int last = count - ranks.length + i;
            int drawn = random.nextInt(last + 1);
            ranks[i] = contains(ranks, i, drawn) ? last : drawn;
        }
    }

    private static boolean contains(int[] values, int length, int wanted) {
        for (int i = 0; i < length; i++) {
            if (values[i] == wanted) {
                return true;
            }
        }
        return false;
    }

    private static int weigh(int[] partitions, int count, QueueLoads loads, RandomGenerator random) {
        int[] queued = new int[count];
        int longest = 0;
        long total = 0;
        for (int i = 0; i < count; i++) {
            queued[i] = Math.max(loads.queuedBatches(partitions[i]), 0);
            longest = Math.max(longest, queued[i]);
            total += queued[i];
        }
        long drawn = random.nextLong((longest + 1L) * count - total);
        for (int i = 0; i < count - 1; i++) {
            drawn -= longest + 1L - queued[i];
            if (drawn < 0) {
                return partitions[i];
            }
        }
        return partitions[count - 1];
    }
}
