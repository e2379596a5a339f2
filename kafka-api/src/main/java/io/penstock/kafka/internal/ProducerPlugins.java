package io.penstock.kafka.internal;

import io.penstock.producer.Metric;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user's classes for one producer, created and configured by Apache's own configuration, in Apache's order; and the settings
 * that are left for the engine.
 *
 * <p>Made by the constructing thread. Travels to the bridges, which the engine creates by class, among the engine's settings.
 */
public final class ProducerPlugins<K, V> {

    private static final Logger LOG = LoggerFactory.getLogger(ProducerPlugins.class);

    /** No setting of anybody's begins so. */
    private static final String KEY = "io.penstock.kafka.plugins";

    /** What Apache's configuration has turned into objects, or has carried out. */
    private static final List<String> CARRIED_OUT = List.of(
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.PARTITIONER_CLASS_CONFIG,
            ProducerConfig.INTERCEPTOR_CLASSES_CONFIG,
            ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG,
            "config.providers");

    private final ProducerConfig config;
    private final String clientId;
    private final MetricRegistry metrics;
    private final @Nullable Partitioner partitioner;
    private final Serializer<K> keySerializer;
    private final Serializer<V> valueSerializer;
    private final InterceptorChain<K, V> interceptors;
    private final CloseFailures closing = new CloseFailures();
    private final List<ClusterResourceListener> listeners = new ArrayList<>();

    /** @throws RuntimeException what Apache's producer throws when a class cannot be created; what was created is closed */
    @SuppressWarnings("unchecked") // which types they take is the user's word, as with Apache's producer
    public ProducerPlugins(
            ProducerConfig config, @Nullable Serializer<K> keySerializer, @Nullable Serializer<V> valueSerializer) {
        this.config = config;
        this.clientId = config.getString(ProducerConfig.CLIENT_ID_CONFIG);
        List<AutoCloseable> created = new ArrayList<>();
        try {
            metrics = new MetricRegistry(config, clientId);
            created.add(metrics);
            Map<String, Object> named = Map.of(ProducerConfig.CLIENT_ID_CONFIG, clientId);
            partitioner =
                    config.getConfiguredInstance(ProducerConfig.PARTITIONER_CLASS_CONFIG, Partitioner.class, named);
            if (partitioner != null) {
                created.add(partitioner);
            }
            this.keySerializer =
                    serializer(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, keySerializer, named, true, created);
            this.valueSerializer =
                    serializer(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, valueSerializer, named, false, created);
            interceptors =
                    new InterceptorChain<>((List<ProducerInterceptor<K, V>>) (List<?>) config.getConfiguredInstances(
                            ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, ProducerInterceptor.class, named));
            List<Object> all = new ArrayList<>(List.of(this.keySerializer, this.valueSerializer));
            interceptors.forEach(all::add);
            all.addAll(metrics.reporters());
            for (Object each : all) {
                if (each instanceof ClusterResourceListener listener) {
                    listeners.add(listener);
                }
            }
        } catch (RuntimeException | Error e) {
            created.forEach(ProducerPlugins::closeQuietly);
            throw e;
        }
    }

    @SuppressWarnings("unchecked")
    private <T> Serializer<T> serializer(
            String key,
            @Nullable Serializer<T> given,
            Map<String, Object> named,
            boolean isKey,
            List<AutoCloseable> created) {
        if (given != null) {
            config.ignore(key);
            return given;
        }
        Serializer<T> serializer = config.getConfiguredInstance(key, Serializer.class);
        created.add(serializer);
        serializer.configure(config.originals(named), isKey);
        return serializer;
    }

    static ProducerPlugins<?, ?> of(Map<String, ?> configs) {
        return (ProducerPlugins<?, ?>) Objects.requireNonNull(configs.get(KEY), "only for PenstockProducer's own use");
    }

    /** The settings that the user gave, resolved, as far as they are the engine's, and the bridges. */
    public Map<String, Object> engineSettings() {
        Map<String, Object> settings = new HashMap<>();
        config.originals().forEach((key, value) -> {
            if (io.penstock.producer.ProducerConfig.configNames().contains(key) && !CARRIED_OUT.contains(key)) {
                settings.put(key, value instanceof org.apache.kafka.common.config.types.Password p ? p.value() : value);
            }
        });
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        settings.put(ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG, List.of(MetricBridge.class));
        if (partitioner != null) {
            settings.put(
                    ProducerConfig.PARTITIONER_CLASS_CONFIG,
                    BatchwisePartitioner.fits(partitioner) ? BatchwisePartitioner.class : BridgedPartitioner.class);
        }
        SecurityPlugins.bridge(config, settings);
        settings.put(KEY, this);
        return settings;
    }

    /** What Apache's producer configures the classes that secure its connections with: checked settings, and the user's others. */
    Map<String, Object> securityConfigs() {
        Map<String, Object> configs = new HashMap<>(config.originals());
        configs.putAll(config.values());
        return configs;
    }

    /** A new one of the class that stands behind the bridge of this key, not configured yet. */
    <T> T createSecurity(String key, Class<T> kind) {
        return create(key, SecurityPlugins.bridged(config, key), kind);
    }

    static <T> T create(String key, Class<?> type, Class<T> kind) {
        try {
            return kind.cast(type.getDeclaredConstructor().newInstance());
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new KafkaException(type.getName() + ", named by " + key + ", could not be created: " + cause, cause);
        } catch (ReflectiveOperationException e) {
            throw new KafkaException(
                    type.getName() + ", named by " + key + ", needs a public constructor without parameters", e);
        }
    }

    Partitioner partitioner() {
        return Objects.requireNonNull(partitioner);
    }

    /** For the engine. */
    public BridgedSerializer<K> keySerializer() {
        return new BridgedSerializer<>(keySerializer, "key", closing);
    }

    /** For the engine. */
    public BridgedSerializer<V> valueSerializer() {
        return new BridgedSerializer<>(valueSerializer, "value", closing);
    }

    public InterceptorChain<K, V> interceptors() {
        return interceptors;
    }

    public MetricRegistry metrics() {
        return metrics;
    }

    void onCluster(@Nullable String clusterId) {
        ClusterResource resource = new ClusterResource(clusterId);
        for (ClusterResourceListener each : listeners) {
            try {
                each.onUpdate(resource);
            } catch (RuntimeException e) {
                LOG.warn("{} failed to take in {}", each.getClass().getName(), resource, e);
            }
        }
    }

    void add(Metric metric) {
        metrics.add(metric);
    }

    /** What the engine does not close: after it. */
    public void closeOwn() {
        closing.close(interceptors);
        closing.close(metrics);
    }

    /** What of the user's failed to close. */
    public CloseFailures closing() {
        return closing;
    }

    /** For a producer that could not be constructed; a working one's engine closes what it was given itself. */
    public void closeAll() {
        closeQuietly(interceptors);
        closeQuietly(metrics);
        closeQuietly(keySerializer);
        closeQuietly(valueSerializer);
        if (partitioner != null) {
            closeQuietly(partitioner);
        }
    }

    private static void closeQuietly(AutoCloseable each) {
        try {
            each.close();
        } catch (Exception e) {
            LOG.warn("{} failed to close", each.getClass().getName(), e);
        }
    }
}
