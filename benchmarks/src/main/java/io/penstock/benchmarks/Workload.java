package io.penstock.benchmarks;

import java.util.Map;

/**
 * One row of the comparison.
 *
 * @param valueBytes of each record; keys are null
 * @param topicPartitions that the topic has
 * @param spread how many partitions are sent to in turn; 0 leaves the choice to the producer
 * @param threads that send on one producer
 * @param json whether values are JSON texts, which compress, or noise
 * @param settings beyond the defaults
 * @param records in one measured window
 */
record Workload(
        String name,
        int valueBytes,
        int topicPartitions,
        int spread,
        int threads,
        boolean json,
        Map<String, Object> settings,
        int records) {

    String topic() {
        return "bench-" + topicPartitions;
    }
}
