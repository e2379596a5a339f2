package io.penstock.internal.config;

/** What is measured, and over which time. */
public record MetricSettings(int sampleCount, long sampleWindowNanos, MetricLevel level) {
    static MetricSettings from(ConfigValues values) {
        return new MetricSettings(
                values.number("metrics.num.samples"),
                values.nanos("metrics.sample.window.ms"),
                MetricLevel.valueOf(values.text("metrics.recording.level")));
    }
}
