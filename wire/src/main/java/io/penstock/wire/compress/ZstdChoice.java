package io.penstock.wire.compress;

import java.util.function.ToIntFunction;

/**
 * Which {@link ZstdSearch} the data at hand deserve: a quick one where that makes next to nothing larger, else the usual one.
 *
 * <p>Owned by its compressor. Now and then a batch is tried in all ways: often at first, later one in {@value #MOST_BETWEEN}. What is
 * compared are sizes only, never times, so that the same batches always come out the same.
 */
final class ZstdChoice {

    static final int MOST_BETWEEN = 128;

    /** What a quick way may cost in size; half of what the default level may be larger than Kafka's. */
    private static final double MOST_LARGER = 1.01;

    /** How much of what earlier trials said counts beside a new one, so that the choice follows data that change. */
    private static final double MEMORY = 0.75;

    private final ZstdSearch usual;

    /** Decaying sums of what the trials' bytes became. */
    private double usualBytes;

    private double quickBytes;
    private double quickLongBytes;

    private ZstdSearch chosen;
    private int untilTrial = 1;
    private int between = 1;

    ZstdChoice(ZstdSearch usual) {
        this.usual = usual;
        this.chosen = usual;
    }

    /** The way for the next batch; asks {@code trial} what the batch would become in each when it is time to. */
    ZstdSearch next(ToIntFunction<ZstdSearch> trial) {
        if (--untilTrial == 0) {
            untilTrial = between;
            between = Math.min(between * 2, MOST_BETWEEN);
            chosen = tried(trial);
        }
        return chosen;
    }

    private ZstdSearch tried(ToIntFunction<ZstdSearch> trial) {
        usualBytes = usualBytes * MEMORY + trial.applyAsInt(usual);
        quickBytes = quickBytes * MEMORY + trial.applyAsInt(ZstdSearch.QUICK);
        quickLongBytes = quickLongBytes * MEMORY + trial.applyAsInt(ZstdSearch.QUICK_LONG);
        if (Math.min(quickBytes, quickLongBytes) > usualBytes * MOST_LARGER) {
            return usual;
        }
        return quickLongBytes < quickBytes ? ZstdSearch.QUICK_LONG : ZstdSearch.QUICK;
    }
}
