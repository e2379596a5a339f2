package io.penstock.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.serialization.ListSerializer;
import io.penstock.serialization.Serializer;
import io.penstock.serialization.StringSerializer;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the public types against Kafka's by reflection: same constructors, same methods, same parameters once packages are mapped.
 * Every deliberate difference is listed here.
 */
class ApiShapeTest {
    private static final Map<Class<?>, Class<?>> PAIRS = new LinkedHashMap<>();

    static {
        PAIRS.put(org.apache.kafka.clients.producer.Producer.class, Producer.class);
        PAIRS.put(org.apache.kafka.clients.producer.KafkaProducer.class, KafkaProducer.class);
        PAIRS.put(org.apache.kafka.clients.producer.ProducerRecord.class, ProducerRecord.class);
        PAIRS.put(org.apache.kafka.clients.producer.RecordMetadata.class, RecordMetadata.class);
        PAIRS.put(org.apache.kafka.clients.producer.Callback.class, Callback.class);
        PAIRS.put(org.apache.kafka.clients.producer.ProducerInterceptor.class, ProducerInterceptor.class);
        PAIRS.put(org.apache.kafka.clients.producer.Partitioner.class, Partitioner.class);
        PAIRS.put(org.apache.kafka.clients.producer.RoundRobinPartitioner.class, RoundRobinPartitioner.class);
        PAIRS.put(org.apache.kafka.clients.producer.PreparedTxnState.class, PreparedTxnState.class);
        PAIRS.put(org.apache.kafka.common.Configurable.class, Configurable.class);
        PAIRS.put(org.apache.kafka.common.header.Header.class, Header.class);
        PAIRS.put(org.apache.kafka.common.header.Headers.class, Headers.class);
        PAIRS.put(org.apache.kafka.common.header.internals.RecordHeader.class, RecordHeader.class);
        PAIRS.put(org.apache.kafka.common.header.internals.RecordHeaders.class, RecordHeaders.class);
        PAIRS.put(org.apache.kafka.common.TopicPartition.class, TopicPartition.class);
        PAIRS.put(org.apache.kafka.common.PartitionInfo.class, PartitionInfo.class);
        PAIRS.put(org.apache.kafka.common.Node.class, Node.class);
        PAIRS.put(org.apache.kafka.common.Cluster.class, Cluster.class);
        PAIRS.put(org.apache.kafka.common.ClusterResource.class, ClusterResource.class);
        PAIRS.put(org.apache.kafka.common.Metric.class, Metric.class);
        PAIRS.put(org.apache.kafka.common.MetricName.class, MetricName.class);
        PAIRS.put(org.apache.kafka.common.Uuid.class, Uuid.class);
        PAIRS.put(org.apache.kafka.clients.consumer.OffsetAndMetadata.class, OffsetAndMetadata.class);
        PAIRS.put(org.apache.kafka.clients.consumer.ConsumerGroupMetadata.class, ConsumerGroupMetadata.class);
        PAIRS.put(org.apache.kafka.common.serialization.Serializer.class, Serializer.class);
        PAIRS.put(org.apache.kafka.common.serialization.StringSerializer.class, StringSerializer.class);
        PAIRS.put(org.apache.kafka.common.serialization.ListSerializer.class, ListSerializer.class);
    }

    /** Kafka's, not ours. A metric to be pushed is taken by its interface, {@code Metric}. */
    private static final Set<String> MISSING = Set.of(
            "Producer.registerMetricForSubscription(KafkaMetric)",
            "Producer.unregisterMetricFromSubscription(KafkaMetric)",
            "KafkaProducer.registerMetricForSubscription(KafkaMetric)",
            "KafkaProducer.unregisterMetricFromSubscription(KafkaMetric)");

    /** Ours, not Kafka's. */
    private static final Set<String> ADDED = Set.of(
            "Producer.registerMetricForSubscription(Metric)",
            "Producer.unregisterMetricFromSubscription(Metric)",
            "KafkaProducer.registerMetricForSubscription(Metric)",
            "KafkaProducer.unregisterMetricFromSubscription(Metric)",
            "Producer.sendAsync(ProducerRecord)",
            "KafkaProducer.sendAsync(ProducerRecord)",
            "KafkaProducer.builder(Serializer,Serializer)",
            // KIP-939, whose states Kafka's clients have already, but not yet the methods
            "Producer.initTransactions(boolean)",
            "Producer.prepareTransaction()",
            "Producer.completeTransaction(PreparedTxnState)",
            "KafkaProducer.initTransactions(boolean)",
            "KafkaProducer.prepareTransaction()",
            "KafkaProducer.completeTransaction(PreparedTxnState)",
            "Producer.initTransactionsAsync()",
            "Producer.sendOffsetsToTransactionAsync(Map,ConsumerGroupMetadata)",
            "Producer.commitTransactionAsync()",
            "Producer.abortTransactionAsync()",
            "KafkaProducer.inTransaction(VoidBlock)",
            "KafkaProducer.callInTransaction(Block)",
            "KafkaProducer.inTransaction(int,VoidBlock)",
            "KafkaProducer.callInTransaction(int,Block)",
            "KafkaProducer.initTransactionsAsync()",
            "KafkaProducer.sendOffsetsToTransactionAsync(Map,ConsumerGroupMetadata)",
            "KafkaProducer.commitTransactionAsync()",
            "KafkaProducer.abortTransactionAsync()",
            // Kafka had it until 4.0
            "Partitioner.onNewBatch(String,Cluster,int)",
            "RoundRobinPartitioner.onNewBatch(String,Cluster,int)",
            // read by the record writer without an iterator
            "RecordHeaders.headerCount()",
            "RecordHeaders.headerKey(int)",
            "RecordHeaders.headerValue(int)",
            // puts its bytes where the producer wants them
            "StringSerializer.encoding()",
            "StringSerializer.serialize(String,Headers,String)",
            "StringSerializer.sizeOf(String,Headers,String)",
            "StringSerializer.write(String,Headers,String,ByteBuffer)",
            // makes no headers where there are none
            "ProducerRecord.sealHeaders()");

    private static Set<String> shape(Class<?> type, String name) {
        Stream<Executable> members = Stream.concat(
                Stream.<Method>of(type.getDeclaredMethods()).filter(m -> !m.isBridge() && !m.isSynthetic()),
                Stream.<Constructor<?>>of(type.getDeclaredConstructors()));
        return members.filter(m -> Modifier.isPublic(m.getModifiers()))
                .map(m -> name + "." + (m instanceof Constructor ? "new" : m.getName())
                        + Stream.of(m.getParameterTypes())
                                .map(Class::getSimpleName)
                                .collect(Collectors.joining(",", "(", ")")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void publicMembers_areKafkas() {
        Set<String> missing = new TreeSet<>();
        Set<String> added = new TreeSet<>();
        PAIRS.forEach((apache, ours) -> {
            Set<String> theirShape = shape(apache, ours.getSimpleName());
            Set<String> ourShape = shape(ours, ours.getSimpleName());
            theirShape.stream().filter(m -> !ourShape.contains(m)).forEach(missing::add);
            ourShape.stream().filter(m -> !theirShape.contains(m)).forEach(added::add);
        });
        assertThat(missing).containsExactlyInAnyOrderElementsOf(MISSING);
        assertThat(added).containsExactlyInAnyOrderElementsOf(ADDED);
    }

    @Test
    void constants_areKafkas() throws Exception {
        for (var apache : org.apache.kafka.clients.producer.ProducerConfig.class.getDeclaredFields()) {
            if (Modifier.isPublic(apache.getModifiers()) && !apache.getName().endsWith("_DOC")) {
                assertThat(ProducerConfig.class.getField(apache.getName()).get(null))
                        .as(apache.getName())
                        .isEqualTo(apache.get(null));
            }
        }
        Set<String> all = new HashSet<>(org.apache.kafka.clients.producer.ProducerConfig.configNames());
        all.add(ProducerConfig.LOOP_IDLE_STRATEGY_CONFIG);
        all.add(ProducerConfig.SENDER_THREADS_CONFIG);
        assertThat(ProducerConfig.configNames()).containsExactlyInAnyOrderElementsOf(all);
    }
}
