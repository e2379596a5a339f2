package io.penstock.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetworkMetricsTest {

    private final NetworkMetrics metrics = new NetworkMetrics(new SampleWindows(2, 1_000));

    @Test
    void node_ofTheSameId_isTheSame() {
        assertThat(metrics.node(1)).isSameAs(metrics.node(1)).isNotSameAs(metrics.node(2));
        assertThat(metrics.nodes()).containsOnlyKeys(1, 2);
    }

    @Test
    void node_beyondTheLimit_isNotListed() {
        for (int id = 0; id < NetworkMetrics.MAX_NODES + 10; id++) {
            metrics.node(id).requestBytes().record(1, 0);
        }
        assertThat(metrics.nodes()).hasSize(NetworkMetrics.MAX_NODES);
    }
}
