package io.penstock.internal.metrics;

import io.penstock.internal.metrics.StageTimes.Stage;

/**
 * How long records spend in each stage of their way, whichever loop they go through.
 *
 * <p>Any thread.
 *
 * @param loops the times of each
 */
public record StageFigures(Parts<StageTimes> loops) {

    /** What so great a part, above 0 and at most 1, of the records did not exceed; NaN when there are none. */
    public double percentileNanos(Stage stage, double part, long nowNanos) {
        return of(stage).percentile(part, zeros(stage, nowNanos), nowNanos);
    }

    /** The longest, exactly; NaN when there is none. */
    public double maxNanos(Stage stage, long nowNanos) {
        return of(stage).max(zeros(stage, nowNanos), nowNanos);
    }

    /** Who does not wait for admission is not recorded, but has come into a batch. */
    private long zeros(Stage stage, long nowNanos) {
        return stage == Stage.ADMISSION
                ? Math.max(0, of(Stage.ACCUMULATOR).count(nowNanos) - of(stage).count(nowNanos))
                : 0;
    }

    private LatencyFigures of(Stage stage) {
        return LatencyFigures.sumOf(
                loops.all().stream().map(times -> times.of(stage)).toList());
    }
}
