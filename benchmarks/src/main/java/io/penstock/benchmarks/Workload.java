package io.penstock.benchmarks;

import java.util.Map;

/**
 * One row of the comparison.
 *
 * @param markRatio Penstock's CPU over {@code kafka-clients}', at most: the mark of the row
 * @param valueBytes of each record; keys are null
 * @param topicPartitions that the topic has
 * @param spread how many partitions are sent to in turn; 0 leaves the choice to the producer
 * @param threads that send on one producer
 * @param json whether values are JSON texts, which compress, or noise
 * @param settings beyond the defaults
 * @param isMain whether the short run has it too
 */
record Workload(
        String name,
        double markRatio,
        int valueBytes,
        int topicPartitions,
        int spread,
        int threads,
        boolean json,
        Map<String, Object> settings,
        boolean isMain) {

    String topic() {
        return "bench-" + topicPartitions;
    }

    Workload with(Map<String, Object> other) {
        return new Workload(name, markRatio, valueBytes, topicPartitions, spread, threads, json, other, isMain);
    }

    Workload main() {
        return new Workload(name, markRatio, valueBytes, topicPartitions, spread, threads, json, settings, true);
    }

    Workload threads(int count) {
        return new Workload(name, markRatio, valueBytes, topicPartitions, spread, count, json, settings, isMain);
    }
}
