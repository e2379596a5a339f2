package io.penstock.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * One broker of any release since 2.8 in a process of its own: before 3.3 with a ZooKeeper beside it, since then with KRaft.
 *
 * <p>Owned by one thread; gone after {@link #close}.
 */
public final class ReleaseBroker implements AutoCloseable {
    private static final Duration START_TIME = Duration.ofSeconds(120);

    private final TemporaryFolder folder = new TemporaryFolder("penstock-release-");
    private final ProcessPorts ports = new ProcessPorts();
    private final List<JavaProcess> processes = new ArrayList<>();
    private final String release;
    private final String classPath;
    private final int port = ports.next();

    private ReleaseBroker(String release, String classPath) {
        this.release = release;
        this.classPath = classPath;
    }

    /**
     * @param release such as 3.9
     * @param classPathFile names the jars of that release
     */
    public static ReleaseBroker start(String release, Path classPathFile, Map<String, String> configs) {
        String classPath;
        try {
            classPath = Files.readString(classPathFile).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("no class path of Kafka " + release + "; build with -Pversions", e);
        }
        ReleaseBroker broker = new ReleaseBroker(release, classPath);
        try {
            if (release.startsWith("2.")) {
                broker.startWithZooKeeper(configs);
            } else {
                broker.startWithKraft(configs);
            }
            broker.awaitReady();
            return broker;
        } catch (RuntimeException | Error e) {
            broker.close();
            throw e;
        }
    }

    private void startWithZooKeeper(Map<String, String> configs) {
        int zooKeeperPort = ports.next();
        Path zooKeeper = folder.write(
                "zookeeper.properties",
                List.of(
                        "dataDir=" + folder.folder("zookeeper"),
                        "clientPort=" + zooKeeperPort,
                        "clientPortAddress=127.0.0.1",
                        "admin.enableServer=false"));
        run("zookeeper", List.of("org.apache.zookeeper.server.ZooKeeperServerMain", zooKeeper.toString()));
        List<String> lines = common(configs);
        lines.add("broker.id=0");
        lines.add("zookeeper.connect=127.0.0.1:" + zooKeeperPort);
        lines.add("zookeeper.connection.timeout.ms=60000");
        lines.add("listeners=PLAINTEXT://127.0.0.1:" + port);
        run(
                "broker",
                List.of("kafka.Kafka", folder.write("broker.properties", lines).toString()));
    }

    private void startWithKraft(Map<String, String> configs) {
        int controllerPort = ports.next();
        List<String> lines = common(configs);
        lines.add("node.id=0");
        lines.add("process.roles=broker,controller");
        lines.add("controller.quorum.voters=0@127.0.0.1:" + controllerPort);
        lines.add("controller.listener.names=CONTROLLER");
        lines.add("listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        lines.add("listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        String file = folder.write("broker.properties", lines).toString();
        JavaProcess formatting =
                run("format", List.of("kafka.tools.StorageTool", "format", "-t", "bm90IGEgcmVhbCBvbmUuLg", "-c", file));
        if (!formatting.endsWithin(START_TIME)) {
            throw new IllegalStateException(formatting.lastWords());
        }
        processes.clear();
        run("broker", List.of("kafka.Kafka", file));
    }

    private List<String> common(Map<String, String> configs) {
        List<String> lines = new ArrayList<>(List.of(
                "log.dirs=" + folder.folder("data"),
                "num.network.threads=1",
                "num.io.threads=2",
                "background.threads=2",
                "offsets.topic.num.partitions=1",
                "offsets.topic.replication.factor=1",
                "transaction.state.log.num.partitions=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "log.cleaner.dedupe.buffer.size=2097152",
                "group.initial.rebalance.delay.ms=0"));
        configs.forEach((key, value) -> lines.add(key + "=" + value));
        return lines;
    }

    private JavaProcess run(String name, List<String> command) {
        JavaProcess process = JavaProcess.start(
                name + " of Kafka " + release,
                classPath,
                List.of(),
                command,
                folder.root().resolve(name + ".log"));
        processes.add(process);
        return process;
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + START_TIME.toNanos();
        try (Admin admin = admin()) {
            while (System.nanoTime() - deadline < 0) {
                for (JavaProcess process : processes) {
                    if (!process.isAlive()) {
                        throw new IllegalStateException(process.lastWords());
                    }
                }
                try {
                    if (!admin.describeCluster()
                            .nodes()
                            .get(2, TimeUnit.SECONDS)
                            .isEmpty()) {
                        return;
                    }
                } catch (ExecutionException | TimeoutException e) {
                    // Not up yet.
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("Kafka " + release + " did not start within " + START_TIME + "\n"
                + processes.get(processes.size() - 1).lastWords());
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Returns when every partition has a leader. */
    public void createTopic(String name, int partitions, Map<String, String> configs) {
        try (Admin admin = admin()) {
            admin.createTopics(Set.of(new NewTopic(name, partitions, (short) 1).configs(configs)))
                    .all()
                    .get(60, TimeUnit.SECONDS);
            long deadline = System.nanoTime() + START_TIME.toNanos();
            while (!hasLeaders(admin, name, partitions)) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("topic " + name + " has no leaders after " + START_TIME);
                }
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("cannot create topic " + name + " at Kafka " + release, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean hasLeaders(Admin admin, String name, int partitions)
            throws InterruptedException, TimeoutException {
        try {
            var described = admin.describeTopics(Set.of(name))
                    .allTopicNames()
                    .get(10, TimeUnit.SECONDS)
                    .get(name)
                    .partitions();
            return described.size() == partitions && described.stream().allMatch(each -> each.leader() != null);
        } catch (ExecutionException e) {
            return false;
        }
    }

    @Override
    public void close() {
        processes.forEach(JavaProcess::kill);
        folder.close();
    }
}
