package io.penstock.testkit.mock;

import io.penstock.producer.Cluster;
import io.penstock.producer.ConsumerGroupMetadata;
import io.penstock.producer.Node;
import io.penstock.producer.OffsetAndMetadata;
import io.penstock.producer.PartitionInfo;
import io.penstock.producer.Partitioner;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.TopicPartition;
import io.penstock.producer.Uuid;
import io.penstock.serialization.StringSerializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Ours. */
final class PenstockMock extends MockUnderTest {

    private final MockProducer<String, String> mock;

    PenstockMock() {
        mock = new MockProducer<>();
    }

    PenstockMock(boolean autoComplete, boolean withPartitioner) {
        Node node = new Node(0, "h", 1);
        Node[] nodes = {node};
        List<PartitionInfo> partitions =
                List.of(new PartitionInfo("t", 0, node, nodes, nodes), new PartitionInfo("t", 1, node, nodes, nodes));
        Cluster cluster = new Cluster("c", List.of(node), partitions, Set.of(), Set.of());
        mock = new MockProducer<>(
                cluster,
                autoComplete,
                withPartitioner ? new Last() : null,
                new StringSerializer(),
                new StringSerializer());
    }

    @Override
    void initTransactions() {
        mock.initTransactions();
    }

    @Override
    void beginTransaction() {
        mock.beginTransaction();
    }

    @Override
    void commitTransaction() {
        mock.commitTransaction();
    }

    @Override
    void abortTransaction() {
        mock.abortTransaction();
    }

    @Override
    void send(String topic, Integer partition, String value) {
        // A record itself refuses a partition below 0.
        ProducerRecord<String, String> record = new ProducerRecord<>(topic, partition, "k", value);
        futures.add(mock.send(
                record,
                (metadata, failure) ->
                        say("called back " + metadata + " " + (failure == null ? "" : failure.getMessage()))));
    }

    @Override
    void sendOffsets(String group, long offset) {
        Map<TopicPartition, OffsetAndMetadata> offsets =
                offset < 0 ? Map.of() : Map.of(new TopicPartition("t", 0), new OffsetAndMetadata(offset));
        mock.sendOffsetsToTransaction(offsets, new ConsumerGroupMetadata(group));
    }

    @Override
    void flush() {
        mock.flush();
    }

    @Override
    void completeNext() {
        say("completed " + mock.completeNext());
    }

    @Override
    void errorNext() {
        say("failed " + mock.errorNext(new IllegalArgumentException("wanted")));
    }

    @Override
    void partitionsFor() {
        say("partitions " + mock.partitionsFor("t").size() + " "
                + mock.partitionsFor("unknown").size());
    }

    @Override
    void clientInstanceId() {
        say("instance " + mock.clientInstanceId(Duration.ofSeconds(1)));
    }

    @Override
    void setClientInstanceId() {
        mock.setClientInstanceId(new Uuid(3, 4));
    }

    @Override
    void injectTimeout() {
        mock.injectTimeoutException(1);
    }

    @Override
    void disableTelemetry() {
        mock.disableTelemetry();
    }

    @Override
    void fenceProducer() {
        mock.fenceProducer();
    }

    @Override
    void clear() {
        mock.clear();
    }

    @Override
    void close() {
        mock.close();
    }

    @Override
    void fail(String call) {
        RuntimeException failure = new UnsupportedOperationException(call);
        mock.initTransactionException = call.equals("init") ? failure : null;
        mock.beginTransactionException = call.equals("begin") ? failure : null;
        mock.sendOffsetsToTransactionException = call.equals("offsets") ? failure : null;
        mock.commitTransactionException = call.equals("commit") ? failure : null;
        mock.abortTransactionException = call.equals("abort") ? failure : null;
        mock.sendException = call.equals("send") ? failure : null;
        mock.flushException = call.equals("flush") ? failure : null;
        mock.partitionsForException = call.equals("partitions") ? failure : null;
        mock.closeException = call.equals("close") ? failure : null;
    }

    @Override
    String state() {
        return List.of(
                        mock.closed(),
                        mock.transactionInitialized(),
                        mock.transactionInFlight(),
                        mock.transactionCommitted(),
                        mock.transactionAborted(),
                        mock.flushed(),
                        mock.sentOffsets(),
                        mock.commitCount(),
                        mock.history().stream().map(ProducerRecord::value).collect(Collectors.joining()),
                        mock.uncommittedRecords().stream()
                                .map(ProducerRecord::value)
                                .collect(Collectors.joining()),
                        mock.consumerGroupOffsetsHistory().stream()
                                .map(PenstockMock::text)
                                .toList(),
                        text(mock.uncommittedOffsets()))
                .toString();
    }

    private static String text(Map<String, Map<TopicPartition, OffsetAndMetadata>> offsets) {
        Map<String, Long> sorted = new TreeMap<>();
        offsets.forEach((group, byPartition) ->
                byPartition.forEach((place, offset) -> sorted.put(group + " " + place, offset.offset())));
        return sorted.toString();
    }

    /** The last partition of each topic. */
    private static final class Last implements Partitioner {

        @Override
        public int partition(
                String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
            return cluster.partitionsForTopic(topic).size() - 1;
        }

        @Override
        public void configure(Map<String, ?> configs) {}

        @Override
        public void close() {}
    }
}
