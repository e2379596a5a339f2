package io.penstock.internal.config;

/**
 * What is measured, over which time, and for whom.
 *
 * @param push whether brokers that ask for metrics get them (KIP-714)
 */
public record MetricSettings(int sampleCount, long sampleWindowNanos, MetricLevel level, boolean push) {
    static MetricSettings from(ConfigValues values) {
        return new MetricSettings(
                values.number("metrics.num.samples"),
                values.nanos("metrics.sample.window.ms"),
                MetricLevel.valueOf(values.text("metrics.recording.level")),
                values.flag("enable.metrics.push"));
    }
}
