package io.penstock.benchmarks;

/**
 * What is sent, and to where.
 *
 * @param content of the values; keys are null
 * @param valueBytes of each record
 * @param topicPartitions that the topic has
 * @param spread how many partitions are sent to in turn; 0 leaves the choice to the producer
 * @param threads that send on one producer
 */
record Shape(Content content, int valueBytes, int topicPartitions, int spread, int threads) {

    static Shape noise(int valueBytes, int topicPartitions, int spread) {
        return new Shape(Content.NOISE, valueBytes, topicPartitions, spread, 1);
    }

    String topic() {
        return "bench-" + topicPartitions;
    }

    Shape threads(int count) {
        return new Shape(content, valueBytes, topicPartitions, spread, count);
    }
}
