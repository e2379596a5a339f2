package io.penstock.testkit;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One node of an embedded cluster: a broker, and for node 0 the controller as well.
 *
 * <p>Put together from Kafka's parts instead of its {@code KafkaRaftServer}, so that it listens on sockets that are
 * already bound and a fault of the broker is reported here instead of ending the JVM. Started and stopped by the thread
 * that owns the {@link EmbeddedKafka}, each once.
 */
final class KafkaNode {
    private static final long START_TIMEOUT_SECONDS = 120;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final KafkaClasses kafka;
    private final int id;
    private final NodePorts ports;
    private final NodeFaults faults = new NodeFaults();
    private final @Nullable Object controller;
    private final Object broker;

    KafkaNode(
            KafkaClasses kafka,
            int id,
            NodeIdentity identity,
            Map<String, String> properties,
            NodePorts ports,
            int controllerPort) {
        this.kafka = kafka;
        this.id = id;
        this.ports = ports;
        NodeFaults.keepJvmAlive(kafka);
        Object config = kafka.create("kafka.server.KafkaConfig", properties, false);
        format(identity, properties);
        Object loaded = kafka.callStatic(
                "kafka.server.KafkaRaftServer",
                "initializeLogDirs",
                config,
                LoggerFactory.getLogger(EmbeddedKafka.class),
                "");
        Object shared = kafka.create(
                "kafka.server.SharedServer",
                config,
                kafka.call(loaded, "_1"),
                kafka.constant("org.apache.kafka.common.utils.Time", "SYSTEM"),
                kafka.create("org.apache.kafka.common.metrics.Metrics"),
                CompletableFuture.completedFuture(Map.of(0, new InetSocketAddress("127.0.0.1", controllerPort))),
                List.of(),
                faults.factory(kafka),
                kafka.implement(
                        "org.apache.kafka.server.ServerSocketFactory",
                        (proxy, method, arguments) -> ports.socket(((InetSocketAddress) arguments[1]).getPort())));
        controller = id == 0
                ? kafka.create(
                        "kafka.server.ControllerServer",
                        shared,
                        kafka.callStatic("kafka.server.KafkaRaftServer", "configSchema"),
                        kafka.call(loaded, "_2"))
                : null;
        broker = kafka.create("kafka.server.BrokerServer", shared);
    }

    /** Writes the node's identity into a new directory; leaves one that has it as it is. */
    private void format(NodeIdentity identity, Map<String, String> properties) {
        String directory = properties.getOrDefault("log.dirs", "");
        Object formatter = kafka.create("org.apache.kafka.metadata.storage.Formatter");
        kafka.call(formatter, "setClusterId", identity.clusterId());
        kafka.call(formatter, "setNodeId", id);
        kafka.call(formatter, "setControllerListenerName", "CONTROLLER");
        kafka.call(formatter, "setMetadataLogDirectory", directory);
        kafka.call(formatter, "addDirectory", directory);
        kafka.call(formatter, "setIgnoreFormatted", true);
        kafka.call(formatter, "setPrintStream", new PrintStream(OutputStream.nullOutputStream()));
        identity.features().forEach((name, level) -> kafka.call(formatter, "setFeatureLevel", name, level));
        kafka.call(formatter, "run");
    }

    int port(String listener) {
        return ports.port(listener);
    }

    /** Starts all at the same time, for no broker is ready before the controller, and returns when all serve. */
    static void startAll(List<KafkaNode> nodes) {
        List<CompletableFuture<Void>> parts = new ArrayList<>();
        for (KafkaNode node : nodes) {
            Object controller = node.controller;
            if (controller != null) {
                parts.add(node.inThread("controller", () -> node.kafka.call(controller, "startup")));
            }
            parts.add(node.inThread("broker", () -> node.kafka.call(node.broker, "startup")));
        }
        try {
            CompletableFuture<Void> all = CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new));
            CompletableFuture<Object> firstFault = CompletableFuture.anyOf(
                    nodes.stream().map(n -> n.faults.first()).toArray(CompletableFuture<?>[]::new));
            CompletableFuture.anyOf(all, firstFault).get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause =
                    e.getCause() instanceof CompletionException c && c.getCause() != null ? c.getCause() : e.getCause();
            throw new EmbeddedKafkaException("the embedded broker did not start: " + cause, cause);
        } catch (TimeoutException e) {
            throw new EmbeddedKafkaException(
                    "the embedded broker did not start within " + START_TIMEOUT_SECONDS
                            + " s: is the machine overloaded?",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedKafkaException("interrupted while the embedded broker was starting", e);
        }
    }

    private CompletableFuture<Void> inThread(String part, Runnable body) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        body.run();
                        done.complete(null);
                    } catch (Throwable t) {
                        done.completeExceptionally(t);
                        faults.first().completeExceptionally(t);
                    }
                },
                "embedded-kafka-" + id + "-" + part);
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    /** Stops all that run, brokers before the controller that they say good-bye to. Never throws. */
    static void stopAll(List<KafkaNode> nodes) {
        for (int i = nodes.size() - 1; i >= 0; i--) {
            KafkaNode node = nodes.get(i);
            node.quietly(() -> node.kafka.call(node.broker, "shutdown", STOP_TIMEOUT));
        }
        for (KafkaNode node : nodes) {
            Object controller = node.controller;
            if (controller != null) {
                node.quietly(() -> node.kafka.call(controller, "shutdown"));
            }
            node.ports.close();
        }
    }

    private void quietly(Runnable body) {
        try {
            body.run();
        } catch (RuntimeException | Error e) {
            LoggerFactory.getLogger(EmbeddedKafka.class).warn("embedded node {} did not stop cleanly: {}", id, e, e);
        }
    }
}
