package io.penstock.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A real Apache Kafka cluster inside this JVM, listening on the loopback interface only.
 *
 * <p>Owned by the thread that started it; {@link #close()} may be called from any thread and more than once. Between
 * {@code start} and {@code close} the brokers accept records; temporary directories are deleted on close, a directory
 * given with {@link Builder#dataDir} is kept and can be started again, as the same cluster.
 *
 * <pre>{@code
 * try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
 *     kafka.createTopic("history", 3, Map.of());
 *     properties.put("bootstrap.servers", kafka.bootstrapServers());
 * }
 * }</pre>
 */
public final class EmbeddedKafka implements AutoCloseable {

    /** More brokers than this in one JVM is a mistake. */
    public static final int MAX_BROKER_COUNT = 9;

    private final DataDirectory directory;
    private final String clusterId;
    private final List<KafkaNode> nodes;
    private final Map<String, BrokerListener> listeners;
    private final @Nullable Thread shutdownHook;
    private boolean closed;

    private EmbeddedKafka(Builder builder) {
        directory = DataDirectory.open(builder.dataDir);
        List<KafkaNode> started = new ArrayList<>();
        List<NodePorts> ports = new ArrayList<>();
        try {
            KafkaClasses kafka = KafkaClasses.load();
            clusterId = directory.clusterId();
            for (int id = 0; id < builder.brokerCount; id++) {
                ports.add(NodePorts.open(builder.listeners.keySet()));
                int controllerPort = ports.get(0).controllerPort();
                Map<String, String> properties =
                        NodeProperties.of(id, builder, directory.node(id), ports.get(id), controllerPort);
                started.add(new KafkaNode(
                        kafka,
                        id,
                        new NodeIdentity(clusterId, builder.features),
                        properties,
                        ports.get(id),
                        controllerPort));
            }
            KafkaNode.startAll(started);
        } catch (RuntimeException | Error e) {
            KafkaNode.stopAll(started);
            ports.forEach(NodePorts::close);
            directory.close();
            throw e;
        }
        nodes = List.copyOf(started);
        listeners = Map.copyOf(builder.listeners);
        shutdownHook = builder.shutdownHook ? addShutdownHook() : null;
    }

    /** Starts one broker with the defaults of {@link #builder()}. */
    public static EmbeddedKafka start() {
        return builder().start();
    }

    /** Begins to describe a cluster: one broker, a temporary directory, topics created automatically. */
    public static Builder builder() {
        return new Builder();
    }

    /** Host and port of every broker's plaintext listener, as {@code bootstrap.servers} takes them. */
    public String bootstrapServers() {
        return bootstrapServers(BrokerListener.PLAINTEXT, "127.0.0.1");
    }

    /**
     * The same for one of the {@linkplain Builder#listener listeners} given to the builder, with its advertised host.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public String bootstrapServers(String listener) {
        BrokerListener found = listeners.get(listener.toUpperCase(Locale.ROOT));
        if (found == null) {
            throw new IllegalArgumentException(
                    "there is no listener \"" + listener + "\"; those given to the builder are " + listeners.keySet());
        }
        return bootstrapServers(found.name(), found.advertisedHost());
    }

    private String bootstrapServers(String listener, String host) {
        return nodes.stream().map(node -> host + ":" + node.port(listener)).collect(Collectors.joining(","));
    }

    /** The id that the cluster's storage was formatted with; the same at every start on one data directory. */
    public String clusterId() {
        return clusterId;
    }

    /** Where the brokers keep their data: the given directory, or a temporary one. */
    public Path dataDirectory() {
        return directory.root();
    }

    /**
     * Creates a topic, on as many replicas as there are brokers, three at most, and returns once every partition has a
     * leader.
     *
     * @param configs topic settings such as {@code compression.type}, possibly none
     * @throws EmbeddedKafkaException if the topic exists, or the broker refuses its name or its settings
     */
    public void createTopic(String name, int partitions, Map<String, String> configs) {
        try (TopicAdmin admin = TopicAdmin.connect(bootstrapServers())) {
            admin.createTopic(name, partitions, configs);
        }
    }

    /** Stops every broker and deletes temporary directories. Never throws; further calls do nothing. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        KafkaNode.stopAll(nodes);
        directory.close();
        if (shutdownHook != null && Thread.currentThread() != shutdownHook) {
            removeShutdownHook(shutdownHook);
        }
    }

    private Thread addShutdownHook() {
        Thread hook = new Thread(this::close, "embedded-kafka-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    private static void removeShutdownHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is already stopping: the hook runs, and finds the cluster closed.
        }
    }

    /** What a cluster shall be like. Not thread-safe; may be used for several clusters if no directory is given. */
    public static final class Builder {
        int brokerCount = 1;
        boolean autoCreateTopics = true;
        boolean shutdownHook = true;

        @Nullable
        Path dataDir;

        final Map<String, String> overrides = new LinkedHashMap<>();
        final Map<String, Short> features = new LinkedHashMap<>();
        final Map<String, BrokerListener> listeners = new LinkedHashMap<>();

        private Builder() {}

        /** How many brokers, 1 to 9. The first one is the controller, too. */
        public Builder brokers(int count) {
            if (count < 1 || count > MAX_BROKER_COUNT) {
                throw new IllegalArgumentException(
                        "cannot start " + count + " brokers: give a number from 1 to " + MAX_BROKER_COUNT);
            }
            brokerCount = count;
            return this;
        }

        /** Keeps the data in this directory, which is created when missing and never deleted. */
        public Builder dataDir(Path directory) {
            dataDir = Objects.requireNonNull(directory, "directory");
            return this;
        }

        /** Whether a topic comes into being when somebody asks for it; true unless said otherwise. */
        public Builder autoCreateTopics(boolean automatically) {
            autoCreateTopics = automatically;
            return this;
        }

        /**
         * Has every broker listen once more, on a port of its own; {@link EmbeddedKafka#bootstrapServers(String)} gives
         * the addresses. The plaintext listener stays, for the brokers among each other and for {@link EmbeddedKafka#createTopic}.
         * One of the same name is replaced.
         */
        public Builder listener(BrokerListener listener) {
            listeners.put(listener.name(), listener);
            return this;
        }

        /** Any broker setting; stands above what this class would set. */
        public Builder config(String key, String value) {
            overrides.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * The level of a cluster-wide feature, such as {@code transaction.version}, that a new cluster is formatted with; the
         * newest unless said otherwise. Says nothing to a data directory that has been started before.
         */
        public Builder feature(String name, int level) {
            features.put(Objects.requireNonNull(name, "name"), (short) level);
            return this;
        }

        /**
         * Whether the cluster closes itself when the JVM is told to stop, as by Ctrl-C; true unless said otherwise. A
         * program that still has records to send at that moment says false, and closes the cluster itself afterwards.
         */
        public Builder closeOnJvmExit(boolean close) {
            shutdownHook = close;
            return this;
        }

        /**
         * Starts the cluster and returns when every broker serves.
         *
         * @throws EmbeddedKafkaException if the directory cannot be used, Kafka's classes are missing, or a broker does
         *     not start
         */
        public EmbeddedKafka start() {
            return new EmbeddedKafka(this);
        }
    }
}
