package io.penstock.kafka;

import io.penstock.kafka.internal.BridgedRecord;
import io.penstock.kafka.internal.ClusterTranslator;
import io.penstock.kafka.internal.ErrorTranslator;
import io.penstock.kafka.internal.InterceptorChain;
import io.penstock.kafka.internal.ProducerConfigs;
import io.penstock.kafka.internal.ProducerPlugins;
import io.penstock.kafka.internal.RecordFuture;
import io.penstock.kafka.internal.Sending;
import io.penstock.kafka.internal.SentRecord;
import io.penstock.kafka.internal.SubscribedMetrics;
import io.penstock.kafka.internal.Transactions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Penstock where Apache's {@code KafkaProducer} was: the same constructors, settings, plug-ins, exceptions, results and metrics.
 *
 * <pre>{@code
 * Producer<String, String> producer = new PenstockProducer<>(properties);   // was: new KafkaProducer<>(properties)
 * }</pre>
 *
 * <p>Settings are read and checked by the {@link ProducerConfig} of the {@code kafka-clients} on the class path, from 3.9 on, and the
 * user's classes are created by it; what is not set has Penstock's defaults, which are those of Kafka 4.4. Any thread. Where it
 * behaves differently from Apache's producer is listed in docs/MIGRATION.md.
 *
 * @param <K> what keys are
 * @param <V> what values are
 */
public class PenstockProducer<K, V> implements Producer<K, V> {

    private final io.penstock.producer.KafkaProducer<K, V> producer;
    private final ProducerPlugins<K, V> plugins;
    private final InterceptorChain<K, V> interceptors;
    private final SubscribedMetrics subscribed;
    private final Transactions transactions;

    /**
     * @param configs {@link ProducerConfig}'s keys, with both serializers among them
     * @throws org.apache.kafka.common.config.ConfigException for a setting that does not hold by itself
     * @throws KafkaException for one that shows to be wrong when the producer is put together
     */
    public PenstockProducer(Map<String, Object> configs) {
        this(configs, null, null);
    }

    /** As {@link #PenstockProducer(Map)}. */
    public PenstockProducer(Properties properties) {
        this(properties, null, null);
    }

    /** As {@link #PenstockProducer(Map, Serializer, Serializer)}. */
    public PenstockProducer(
            Properties properties, @Nullable Serializer<K> keySerializer, @Nullable Serializer<V> valueSerializer) {
        this(ProducerConfigs.toMap(properties), keySerializer, valueSerializer);
    }

    /**
     * @param configs {@link ProducerConfig}'s keys
     * @param keySerializer used as it is, not configured; null to create the class that {@code key.serializer} names
     * @param valueSerializer the same for {@code value.serializer}
     */
    public PenstockProducer(
            Map<String, Object> configs,
            @Nullable Serializer<K> keySerializer,
            @Nullable Serializer<V> valueSerializer) {
        ProducerConfig config =
                new ProducerConfig(ProducerConfigs.withSerializers(configs, keySerializer, valueSerializer));
        try {
            plugins = new ProducerPlugins<>(config, keySerializer, valueSerializer);
            interceptors = plugins.interceptors();
            producer = start(plugins);
            config.logUnused();
        } catch (io.penstock.errors.KafkaException e) {
            throw new KafkaException(
                    "Failed to construct the producer: " + e.getMessage(), ErrorTranslator.toApache(e));
        } catch (RuntimeException e) {
            throw new KafkaException("Failed to construct the producer: " + e.getMessage(), e);
        }
        subscribed = new SubscribedMetrics(producer);
        transactions = new Transactions(producer);
    }

    private static <K, V> io.penstock.producer.KafkaProducer<K, V> start(ProducerPlugins<K, V> plugins) {
        try {
            return new io.penstock.producer.KafkaProducer<>(
                    plugins.engineSettings(), plugins.keySerializer(), plugins.valueSerializer());
        } catch (RuntimeException | Error e) {
            plugins.closeAll();
            throw e;
        }
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<K, V> record) {
        return send(record, null);
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<K, V> record, @Nullable Callback callback) {
        if (callback == null && interceptors.isEmpty()) {
            try {
                return new RecordFuture(producer.send(new BridgedRecord<>(record)));
            } catch (io.penstock.errors.KafkaException e) {
                throw ErrorTranslator.toApache(e);
            }
        }
        ProducerRecord<K, V> sent = interceptors.onSend(record);
        SentRecord<K, V> ending = Sending.sent(interceptors, sent, callback);
        try {
            producer.send(new BridgedRecord<>(sent), ending);
            return ending;
        } catch (io.penstock.errors.KafkaException e) {
            throw refused(sent, ErrorTranslator.toApache(e));
        } catch (RuntimeException e) {
            throw refused(sent, e);
        }
    }

    private RuntimeException refused(ProducerRecord<K, V> record, RuntimeException cause) {
        interceptors.onSendError(record.headers(), Sending.nowhere(record), cause);
        return cause;
    }

    @Override
    public void flush() {
        run(producer::flush);
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        Objects.requireNonNull(topic, "topic cannot be null");
        return ClusterTranslator.partitions(call(() -> producer.partitionsFor(topic)));
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        producer.metrics(); // brokers and topics that nobody has asked about yet
        return Collections.unmodifiableMap(plugins.metrics().all());
    }

    @Override
    public void registerMetricForSubscription(KafkaMetric metric) {
        if (!metrics().containsKey(metric.metricName())) {
            subscribed.add(metric);
        }
    }

    @Override
    public void unregisterMetricFromSubscription(KafkaMetric metric) {
        if (!metrics().containsKey(metric.metricName())) {
            subscribed.remove(metric);
        }
    }

    /** Null, as with Apache's producer, when no broker gives one in time. */
    @Override
    public @Nullable Uuid clientInstanceId(Duration timeout) {
        try {
            io.penstock.producer.Uuid id = call(() -> producer.clientInstanceId(timeout));
            return new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits());
        } catch (TimeoutException e) {
            return null;
        }
    }

    @Override
    public void initTransactions() {
        run(transactions::init);
    }

    @Override
    public void beginTransaction() {
        run(transactions::begin);
    }

    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        run(() -> transactions.sendOffsets(offsets, groupMetadata));
    }

    /** For programs that were compiled with {@code kafka-clients} 3, whose interface still has it. */
    public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, String consumerGroupId) {
        sendOffsetsToTransaction(offsets, new ConsumerGroupMetadata(consumerGroupId));
    }

    @Override
    public void commitTransaction() {
        run(transactions::commit);
    }

    @Override
    public void abortTransaction() {
        run(transactions::abort);
    }

    @Override
    public void close() {
        close(Duration.ofMillis(Long.MAX_VALUE));
    }

    @Override
    public void close(Duration timeout) {
        try {
            run(() -> producer.close(timeout));
        } finally {
            if (!timeout.isNegative()) {
                plugins.closeOwn();
            }
        }
        plugins.closing().throwFirst();
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (io.penstock.errors.KafkaException e) {
            throw ErrorTranslator.toApache(e);
        }
    }

    private static <T> T call(Supplier<T> action) {
        try {
            return action.get();
        } catch (io.penstock.errors.KafkaException e) {
            throw ErrorTranslator.toApache(e);
        }
    }
}
