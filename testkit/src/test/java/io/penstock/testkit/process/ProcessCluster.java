package io.penstock.testkit.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;

/**
 * Three Apache Kafka brokers, and a controller that is left alone, each in a process of its own.
 *
 * <p>The controller stands apart so that killing two brokers at once costs their partitions and not the whole quorum, after which
 * nothing could be told from anything. Each broker listens twice: for clients, who are told {@code clientPorts} instead of the
 * real one, and for the other brokers, where {@link #directBootstrap} leads. Owned by one thread; everything is gone after
 * {@link #close}.
 */
public final class ProcessCluster implements AutoCloseable {
    public static final int BROKER_COUNT = 3;
    private static final int CONTROLLER_ID = 100;
    private static final Duration START_TIME = Duration.ofSeconds(120);

    private final TemporaryFolder folder = new TemporaryFolder("penstock-fire-");
    private final ProcessPorts ports = new ProcessPorts();
    private final Map<Integer, Integer> clientPorts = new TreeMap<>();
    private final Map<Integer, Integer> directPorts = new TreeMap<>();
    private final Map<Integer, JavaProcess> processes = new TreeMap<>();
    private final Map<Integer, Path> settings = new TreeMap<>();
    private final int controllerPort = ports.next();
    private final String clusterId = newId();

    public ProcessCluster() {
        for (int id = 1; id <= BROKER_COUNT; id++) {
            clientPorts.put(id, ports.next());
            directPorts.put(id, ports.next());
        }
    }

    private static String newId() {
        UUID uuid = UUID.randomUUID();
        return new org.apache.kafka.common.Uuid(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits())
                .toString();
    }

    /** Where the broker really listens for clients. */
    public int clientPort(int id) {
        return clientPorts.get(id);
    }

    /** Past whatever stands between clients and brokers. */
    public String directBootstrap() {
        return directPorts.values().stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /**
     * Starts all and returns when all brokers are known to each other.
     *
     * @param advertisedPorts what clients shall be told, by broker
     */
    public void start(Map<Integer, Integer> advertisedPorts) {
        prepare(CONTROLLER_ID, controllerSettings());
        advertisedPorts.forEach((id, port) -> prepare(id, brokerSettings(id, port)));
        List<JavaProcess> formatting = new ArrayList<>();
        settings.forEach((id, file) -> formatting.add(run(
                "format-" + id, List.of("kafka.tools.StorageTool", "format", "-t", clusterId, "-c", file.toString()))));
        for (JavaProcess each : formatting) {
            if (!each.endsWithin(START_TIME)) {
                throw new IllegalStateException(each.lastWords());
            }
        }
        settings.keySet().forEach(this::startNode);
        awaitAll(START_TIME);
    }

    private void prepare(int id, List<String> lines) {
        settings.put(id, folder.write("node-" + id + ".properties", lines));
    }

    private JavaProcess run(String name, List<String> command) {
        return JavaProcess.start(
                name,
                System.getProperty("java.class.path"),
                List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"),
                command,
                folder.root().resolve(name + ".log"));
    }

    /** Starts a broker, for the first time or again; returns at once. */
    public void startNode(int id) {
        processes.put(
                id, run("node-" + id, List.of("kafka.Kafka", settings.get(id).toString())));
    }

    public JavaProcess node(int id) {
        return processes.get(id);
    }

    /** Returns when every broker is registered with the controller, and says which ones are missing when they do not come. */
    public void awaitAll(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        List<Integer> seen = List.of();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", directBootstrap()))) {
            while (System.nanoTime() - deadline < 0) {
                try {
                    seen = admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).stream()
                            .map(Node::id)
                            .toList();
                    if (seen.size() == BROKER_COUNT) {
                        return;
                    }
                    Thread.sleep(100);
                } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                    failIfDead();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            }
        }
        throw new IllegalStateException("after " + limit + " the cluster has only the brokers " + seen);
    }

    private void failIfDead() {
        processes.values().forEach(process -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(process.lastWords());
            }
        });
    }

    private List<String> controllerSettings() {
        List<String> lines = common(CONTROLLER_ID);
        lines.add("process.roles=controller");
        lines.add("listeners=CONTROLLER://127.0.0.1:" + controllerPort);
        return lines;
    }

    private List<String> brokerSettings(int id, int advertisedPort) {
        List<String> lines = common(id);
        lines.add("process.roles=broker");
        lines.add("listeners=CLIENT://127.0.0.1:" + clientPorts.get(id) + ",DIRECT://127.0.0.1:" + directPorts.get(id));
        lines.add("advertised.listeners=CLIENT://127.0.0.1:" + advertisedPort + ",DIRECT://127.0.0.1:"
                + directPorts.get(id));
        lines.add("inter.broker.listener.name=DIRECT");
        return lines;
    }

    private List<String> common(int id) {
        return new ArrayList<>(List.of(
                "node.id=" + id,
                "log.dirs=" + folder.folder("data-" + id),
                "controller.quorum.voters=" + CONTROLLER_ID + "@127.0.0.1:" + controllerPort,
                "controller.listener.names=CONTROLLER",
                "listener.security.protocol.map=CLIENT:PLAINTEXT,DIRECT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "default.replication.factor=3",
                "min.insync.replicas=2",
                "unclean.leader.election.enable=false",
                "auto.create.topics.enable=false",
                "offsets.topic.num.partitions=3",
                "offsets.topic.replication.factor=3",
                "transaction.state.log.num.partitions=3",
                "transaction.state.log.replication.factor=3",
                "transaction.state.log.min.isr=2",
                "share.coordinator.state.topic.num.partitions=1",
                "num.network.threads=1",
                "num.io.threads=2",
                "background.threads=2",
                "log.cleaner.dedupe.buffer.size=2097152",
                "group.initial.rebalance.delay.ms=0",
                // Quick to notice what is dead, or the minutes would pass in waiting.
                "broker.heartbeat.interval.ms=500",
                "broker.session.timeout.ms=3000",
                "replica.lag.time.max.ms=4000",
                "controlled.shutdown.max.retries=1"));
    }

    @Override
    public void close() {
        processes.values().forEach(JavaProcess::kill);
        folder.close();
    }
}
