package io.penstock.producer;

import java.util.Map;

/** In which surroundings metrics are measured, for a {@link MetricsReporter} that labels them (KIP-606). Immutable. */
public interface MetricsContext {
    /** The label that is always there; {@code kafka.producer} for a producer. */
    String NAMESPACE = "_namespace";

    /** {@link #NAMESPACE}, and the settings that begin with {@code metrics.context.}, without that beginning. */
    Map<String, String> contextLabels();
}
