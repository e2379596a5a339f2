package io.penstock.internal.config;

import io.penstock.errors.ConfigException;
import io.penstock.producer.MetricsContext;
import io.penstock.producer.MetricsReporter;
import io.penstock.producer.Partitioner;
import io.penstock.producer.ProducerInterceptor;
import io.penstock.serialization.Serializer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The user's classes: serializers, partitioner, interceptors, reporters of metrics. They are found when the settings are read, so that a wrong name fails
 * before anything is started, and created by the engine, each configured with the settings as the user gave them.
 *
 * <p>Immutable. Does not print its settings: they may be secret.
 */
public final class PluginSettings {
    private static final String CONTEXT_PREFIX = "metrics.context.";

    private final Originals originals;
    private final @Nullable Class<?> keySerializer;
    private final @Nullable Class<?> valueSerializer;
    private final @Nullable Class<?> partitioner;
    private final List<Class<?>> interceptors = new ArrayList<>();

    private final List<Class<?>> reporters = new ArrayList<>();

    private PluginSettings(ConfigValues values, Originals originals, boolean keyGiven, boolean valueGiven) {
        this.originals = originals;
        this.keySerializer = keyGiven ? null : find("key.serializer", values, Serializer.class);
        this.valueSerializer = valueGiven ? null : find("value.serializer", values, Serializer.class);
        this.partitioner = find("partitioner.class", values, Partitioner.class);
        for (Object interceptor : values.list("interceptor.classes")) {
            interceptors.add(PluginClasses.find("interceptor.classes", interceptor, ProducerInterceptor.class));
        }
        for (Object reporter : values.list("metric.reporters")) {
            reporters.add(PluginClasses.find("metric.reporters", reporter, MetricsReporter.class));
        }
    }

    static PluginSettings from(ConfigValues values, Originals originals, boolean keyGiven, boolean valueGiven) {
        return new PluginSettings(values, originals, keyGiven, valueGiven);
    }

    private static @Nullable Class<?> find(String key, ConfigValues values, Class<?> kind) {
        Object named = values.find(key);
        return named == null ? null : PluginClasses.find(key, named, kind);
    }

    /** The settings as given, for {@code configure}; with the client id that is in use. */
    public Map<String, ?> originals() {
        return originals;
    }

    /** The instance given, else a new and configured one of the class in the settings. */
    public <K> Serializer<K> keySerializer(@Nullable Serializer<K> given) {
        return given != null ? given : createSerializer("key.serializer", keySerializer, true);
    }

    /** The instance given, else a new and configured one of the class in the settings. */
    public <V> Serializer<V> valueSerializer(@Nullable Serializer<V> given) {
        return given != null ? given : createSerializer("value.serializer", valueSerializer, false);
    }

    @SuppressWarnings("unchecked") // which type it takes is the user's word; a wrong one is told at the first record
    private <T> Serializer<T> createSerializer(String key, @Nullable Class<?> type, boolean isKey) {
        if (type == null) {
            throw new ConfigException("configuration " + key + " is required when no serializer is given");
        }
        Serializer<T> serializer = (Serializer<T>) PluginClasses.create(key, type);
        PluginClasses.configure(key, serializer, () -> serializer.configure(originals, isKey));
        return serializer;
    }

    /** A new and configured partitioner, or null for the built-in one. */
    public @Nullable Partitioner createPartitioner() {
        if (partitioner == null) {
            return null;
        }
        Partitioner created = (Partitioner) PluginClasses.create("partitioner.class", partitioner);
        PluginClasses.configure("partitioner.class", created, () -> created.configure(originals));
        return created;
    }

    /** New and configured interceptors, in order. When one fails, those before it are closed. */
    @SuppressWarnings("unchecked")
    public <K, V> List<ProducerInterceptor<K, V>> createInterceptors() {
        List<ProducerInterceptor<K, V>> created = new ArrayList<>();
        try {
            for (Class<?> type : interceptors) {
                var interceptor = (ProducerInterceptor<K, V>) PluginClasses.create("interceptor.classes", type);
                PluginClasses.configure("interceptor.classes", interceptor, () -> interceptor.configure(originals));
                created.add(interceptor);
            }
        } catch (RuntimeException e) {
            created.forEach(interceptor -> PluginClasses.closeAfter(interceptor, e));
            throw e;
        }
        return created;
    }

    /** New reporters with their settings and context, in order. When one fails, those before it are closed. */
    public List<MetricsReporter> createReporters() {
        MetricsContext context = metricsContext();
        List<MetricsReporter> created = new ArrayList<>();
        try {
            for (Class<?> type : reporters) {
                var reporter = (MetricsReporter) PluginClasses.create("metric.reporters", type);
                PluginClasses.configure("metric.reporters", reporter, () -> {
                    reporter.configure(originals);
                    reporter.contextChange(context);
                });
                created.add(reporter);
            }
        } catch (RuntimeException e) {
            created.forEach(reporter -> PluginClasses.closeAfter(reporter, e));
            throw e;
        }
        return created;
    }

    private MetricsContext metricsContext() {
        Map<String, String> labels = new HashMap<>();
        labels.put(MetricsContext.NAMESPACE, "kafka.producer");
        for (String key : originals.keySet()) {
            if (key.startsWith(CONTEXT_PREFIX)) {
                labels.put(key.substring(CONTEXT_PREFIX.length()), String.valueOf(originals.get(key)));
            }
        }
        Map<String, String> all = Map.copyOf(labels);
        return () -> all;
    }

    /** Warns of settings that nothing has read; to be called once all plug-ins are configured. */
    public void warnOfUnknownKeys() {
        UnknownKeys.warn(originals);
    }

    @Override
    public String toString() {
        return "PluginSettings[keySerializer=" + keySerializer + ", valueSerializer=" + valueSerializer
                + ", partitioner=" + partitioner + ", interceptors=" + interceptors + "]";
    }
}
