package io.penstock.kafka;

import io.penstock.testkit.fake.FakeCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What {@link OtherVersionsTest} runs in a JVM of its own, with another {@code kafka-clients} on the class path than the one that
 * Penstock was compiled with. Prints {@code fine} when it is.
 */
public final class OtherVersion {

    private static final List<String> SEEN = new ArrayList<>();

    private OtherVersion() {}

    /** Of a program for Kafka 3, which knows acknowledgements without headers only. */
    public static class Interceptor implements ProducerInterceptor<String, String> {
        @Override
        public void configure(Map<String, ?> configs) {}

        @Override
        public ProducerRecord<String, String> onSend(ProducerRecord<String, String> record) {
            record.headers().add("seen", new byte[1]);
            return record;
        }

        @Override
        public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
            SEEN.add("acknowledged " + metadata.partition());
        }

        @Override
        public void close() {}
    }

    /** Overrides {@code onNewBatch} where there is such a method. */
    public static class Chosen implements Partitioner {
        @Override
        public void configure(Map<String, ?> configs) {}

        @Override
        public int partition(
                String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
            return cluster.partitionCountForTopic(topic) - 1;
        }

        public void onNewBatch(String topic, Cluster cluster, int prevPartition) {
            SEEN.add("new batch " + prevPartition);
        }

        @Override
        public void close() {}
    }

    public static void main(String[] args) throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 3).start()) {
            Map<String, Object> configs = Side.configs(
                    cluster.bootstrapServers(),
                    "max.request.size",
                    10_000,
                    "interceptor.classes",
                    Interceptor.class.getName(),
                    "partitioner.class",
                    Chosen.class.getName());
            try (Producer<String, String> producer =
                    new PenstockProducer<>(configs, new StringSerializer(), new StringSerializer())) {
                RecordMetadata metadata =
                        producer.send(new ProducerRecord<>("t", "k", "v")).get(60, TimeUnit.SECONDS);
                expect(metadata.partition() == 2 && metadata.offset() == 0, "wrote to " + metadata);
                expect(cluster.records("t", 2).get(0).headers().size() == 1, "the header is there");
                expect(producer.partitionsFor("t").size() == 3, "three partitions");
                expect(
                        producer.metrics().size() > 90,
                        "metrics: " + producer.metrics().size());
                producer.flush();
                try {
                    producer.send(new ProducerRecord<>("t", "v".repeat(20_000))).get(20, TimeUnit.SECONDS);
                    throw new AssertionError("a record that is too large");
                } catch (ExecutionException e) {
                    expect(e.getCause() instanceof RecordTooLargeException, "cause " + e.getCause());
                }
            }
            expect(SEEN.contains("acknowledged 2"), "interceptor: " + SEEN);
            expect(SEEN.contains("new batch 2") == args[0].startsWith("3."), "onNewBatch: " + SEEN);
        }
        System.out.println("fine");
    }

    private static void expect(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
