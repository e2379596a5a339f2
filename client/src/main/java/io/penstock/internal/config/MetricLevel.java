package io.penstock.internal.config;

/** How much is measured ({@code metrics.recording.level}); each level includes those before it. */
public enum MetricLevel {
    INFO,
    DEBUG,
    TRACE
}
