package io.penstock.internal.config;

import io.penstock.errors.ConfigException;
import io.penstock.errors.KafkaException;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** Finds, creates and configures the classes that settings name; every failure says which key named what. */
final class PluginClasses {
    private static final String APACHE_SERIALIZERS = "org.apache.kafka.common.serialization.";
    private static final String APACHE_METRICS = "org.apache.kafka.common.metrics.";
    private static final String APACHE_PRODUCER = "org.apache.kafka.clients.producer.";

    private PluginClasses() {}

    /** Of a class, or of one's name. */
    static String nameOf(Object named) {
        return named instanceof Class<?> given ? given.getName() : named.toString();
    }

    /** The class, checked to be of its kind. */
    static Class<?> find(String key, Object named, Class<?> kind) {
        String name = nameOf(named);
        Class<?> ours = ownNamesake(name);
        Class<?> found = ours != null ? ours : named instanceof Class<?> given ? given : load(key, name);
        if (!kind.isAssignableFrom(found)) {
            throw new ConfigException(key, name, "it does not implement " + kind.getName());
        }
        return found;
    }

    /**
     * Settings that name one of Kafka's own serializers, its round-robin partitioner or its JMX reporter, get the one of the same name here, which
     * does the same: a program moves over by its imports, its property files stay.
     */
    private static @Nullable Class<?> ownNamesake(String name) {
        String own = null;
        if (name.startsWith(APACHE_SERIALIZERS)) {
            own = "io.penstock.serialization." + name.substring(APACHE_SERIALIZERS.length());
        } else if (name.startsWith(APACHE_PRODUCER)) {
            own = "io.penstock.producer." + name.substring(APACHE_PRODUCER.length());
        } else if (name.startsWith(APACHE_METRICS)) {
            own = "io.penstock.producer." + name.substring(APACHE_METRICS.length());
        }
        return own == null ? null : tryLoad(own, PluginClasses.class.getClassLoader());
    }

    private static Class<?> load(String key, String name) {
        Class<?> found = tryLoad(name, Thread.currentThread().getContextClassLoader());
        if (found == null) {
            found = tryLoad(name, PluginClasses.class.getClassLoader());
        }
        if (found == null) {
            throw new ConfigException(key, name, "there is no such class on the class path");
        }
        return found;
    }

    private static @Nullable Class<?> tryLoad(String name, @Nullable ClassLoader loader) {
        try {
            return name.isEmpty() ? null : Class.forName(name, true, loader);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    static Object create(String key, Class<?> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new KafkaException(type.getName() + ", named by " + key + ", could not be created: " + cause, cause);
        } catch (ReflectiveOperationException e) {
            ConfigException failure = new ConfigException(
                    key, type.getName(), "it needs to be a public class with a public constructor without parameters");
            failure.initCause(e);
            throw failure;
        }
    }

    /** Runs the class's own configuration; when that fails, the instance is closed. */
    static void configure(String key, AutoCloseable plugin, Runnable configuration) {
        try {
            configuration.run();
        } catch (KafkaException e) {
            closeAfter(plugin, e);
            throw e;
        } catch (RuntimeException e) {
            KafkaException failure = new KafkaException(
                    plugin.getClass().getName() + ", named by " + key + ", rejected its configuration: " + e, e);
            closeAfter(plugin, failure);
            throw failure;
        }
    }

    static void closeAfter(AutoCloseable plugin, RuntimeException failure) {
        try {
            plugin.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }
}
