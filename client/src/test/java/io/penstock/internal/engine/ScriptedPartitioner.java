package io.penstock.internal.engine;

import io.penstock.producer.Cluster;
import io.penstock.producer.Partitioner;
import java.util.Map;
import java.util.function.IntSupplier;

/** A partitioner that runs what the test says on each question, and counts. */
final class ScriptedPartitioner implements Partitioner {

    IntSupplier answer = () -> 0;
    int asked;
    int newBatches;

    @Override
    public int partition(String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster c) {
        asked++;
        return answer.getAsInt();
    }

    @Override
    public void onNewBatch(String topic, Cluster cluster, int prevPartition) {
        newBatches++;
    }

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
}
