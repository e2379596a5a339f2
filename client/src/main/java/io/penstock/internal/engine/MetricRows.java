package io.penstock.internal.engine;

import io.penstock.internal.metrics.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The metrics of one group: for each its name, what it says, and how it is read off a source.
 *
 * <p>Filled when the class that holds it is loaded; not changed afterwards.
 *
 * @param <S> what they are read off
 */
final class MetricRows<S> {

    static final double MILLIS_PER_NANO = 1e-6;

    private final List<Row<S>> rows = new ArrayList<>();

    /** How a metric is computed when somebody reads it. Any thread. */
    @FunctionalInterface
    interface Reading<S> {
        double at(S source, long nowNanos);
    }

    record Row<S>(String name, String description, Reading<S> reading) {}

    List<Row<S>> all() {
        return rows;
    }

    MetricRows<S> row(String name, String description, Reading<S> reading) {
        rows.add(new Row<>(name, description, reading));
        return this;
    }

    MetricRows<S> total(String name, String description, ToDoubleFunction<S> reading) {
        return row(name, description, (source, now) -> reading.applyAsDouble(source));
    }

    /** {@code stem-rate} and {@code stem-total}, of the values. */
    MetricRows<S> rateAndTotal(String stem, String what, Function<S, Measured> of) {
        return row(stem + "-rate", what + ", a second", (source, now) -> of.apply(source)
                        .rate(now))
                .total(stem + "-total", what + ", since the start", source -> of.apply(source)
                        .total());
    }

    /** {@code stem-rate} and {@code stem-total}, of the events whatever their value. */
    MetricRows<S> countRateAndTotal(String stem, String what, Function<S, Measured> of) {
        return row(stem + "-rate", what + ", a second", (source, now) -> of.apply(source)
                        .eventRate(now))
                .total(stem + "-total", what + ", since the start", source -> of.apply(source)
                        .events());
    }

    /** {@code stem-avg} and {@code stem-max}. */
    MetricRows<S> averageAndMax(String stem, String what, double scale, Function<S, Measured> of) {
        return row(
                        stem + "-avg",
                        what + ": the mean",
                        (source, now) -> of.apply(source).average(now) * scale)
                .row(
                        stem + "-max",
                        what + ": the largest",
                        (source, now) -> of.apply(source).max(now) * scale);
    }
}
