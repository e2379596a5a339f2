package io.penstock.internal.sender;

import io.penstock.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Everything that can happen to a few batches of one partition, tried: short histories all of them, long ones at random.
 *
 * <p>Prevents: records stored twice, out of order, lost, told out of order, with a wrong outcome, or never.
 */
final class LaneModelTest {

    /** With {@code -Dpenstock.modelDepth=5} it takes a minute or two. */
    private static final int DEPTH = Integer.getInteger("penstock.modelDepth", 4);

    private static final List<ErrorCode> ALL_REFUSALS = List.of(
            ErrorCode.NOT_ENOUGH_REPLICAS,
            ErrorCode.CORRUPT_MESSAGE,
            ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
            ErrorCode.NOT_LEADER_OR_FOLLOWER,
            ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
            ErrorCode.UNKNOWN_PRODUCER_ID,
            ErrorCode.INVALID_PRODUCER_EPOCH,
            ErrorCode.MESSAGE_TOO_LARGE,
            ErrorCode.INVALID_RECORD);

    @Test
    void anyShortHistory_twoBatches_keepsAllPromises() {
        explore(DEPTH, LaneWorld.Kind::new);
    }

    @Test
    void anyShortHistory_threeBatchesOfTwo_keepsAllPromises() {
        explore(DEPTH, () -> {
            LaneWorld.Kind kind = new LaneWorld.Kind();
            kind.recordsPerBatch = 2;
            kind.firstBatches = 3;
            kind.flushes = true;
            return kind;
        });
    }

    @Test
    void anyShortHistory_oldBrokerAndEveryError_keepsAllPromises() {
        explore(DEPTH, () -> {
            LaneWorld.Kind kind = new LaneWorld.Kind();
            kind.oldBroker = true;
            kind.refusals = ALL_REFUSALS;
            return kind;
        });
    }

    @Test
    void anyShortHistory_topicsCreatedAgain_keepsAllPromises() {
        // Prevents: a batch sent to the new topic gets in before an older one that was on its way to the old topic.
        explore(DEPTH, () -> {
            LaneWorld.Kind kind = new LaneWorld.Kind();
            kind.recreations = true;
            kind.refusals = List.of(ErrorCode.NOT_LEADER_OR_FOLLOWER);
            return kind;
        });
    }

    @Test
    void longHistories_atRandom_keepAllPromises() {
        random(6_000, 40, false);
    }

    @Test
    void longHistories_withUsedUpEpochs_keepAllPromises() {
        random(2_000, 40, true);
    }

    private static void random(int count, int steps, boolean lastEpoch) {
        long base = Long.getLong("penstock.seed", 20_261_122L);
        int runs = System.getProperty("penstock.seed") == null ? count : Integer.getInteger("penstock.runs", 1);
        for (long seed = base; seed < base + runs; seed++) {
            Random random = new Random(seed);
            LaneWorld.Kind kind = new LaneWorld.Kind();
            kind.recordsPerBatch = 1 + random.nextInt(3);
            kind.firstBatches = 1 + random.nextInt(6);
            kind.maxBatches = 20;
            kind.oldBroker = random.nextBoolean();
            kind.flushes = random.nextBoolean();
            kind.lateIdentity = random.nextInt(4) == 0;
            kind.refusals = ALL_REFUSALS.stream()
                    .filter(error -> random.nextInt(3) == 0)
                    .toList();
            kind.recreations = seed % 3 == 0;
            kind.options.firstEpoch = lastEpoch ? Short.MAX_VALUE : 0;
            kind.options.maxInFlight = 1 + random.nextInt(5);
            kind.options.retryCount = random.nextInt(4) == 0 ? random.nextInt(5) : Integer.MAX_VALUE;
            kind.options.memoryBytes = 512 * 1024;
            kind.options.seed = seed;
            LaneWorld world = new LaneWorld(kind);
            try {
                world.run(steps, random::nextInt);
            } catch (Throwable e) {
                throw new AssertionError(
                        "Seed " + seed + ": " + world.history + "\nReplay: mvn -pl client -am test -Dtest=LaneModelTest"
                                + " -DargLine=-Dpenstock.seed=" + seed,
                        e);
            }
        }
    }

    /** Runs every sequence of so many events, by replaying each from the start. */
    private static void explore(int steps, Supplier<LaneWorld.Kind> kinds) {
        List<int[]> path = new ArrayList<>(); // choice, number of choices
        boolean more = true;
        while (more) {
            int[] at = {0};
            LaneWorld world = new LaneWorld(kinds.get());
            try {
                world.run(steps, count -> {
                    if (at[0] == path.size()) {
                        path.add(new int[] {0, count});
                    }
                    return path.get(at[0]++)[0];
                });
            } catch (Throwable e) {
                throw new AssertionError("History " + world.history, e);
            }
            while (!path.isEmpty() && path.get(path.size() - 1)[0] + 1 == path.get(path.size() - 1)[1]) {
                path.remove(path.size() - 1);
            }
            more = !path.isEmpty();
            if (more) {
                path.get(path.size() - 1)[0]++;
            }
        }
    }
}
