package io.penstock.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of one node: few threads, few internal partitions, loopback only.
 *
 * <p>Everything here serves a quick start on a small machine; what the caller has set stands above it.
 */
final class NodeProperties {

    private NodeProperties() {}

    static Map<String, String> of(
            int id, EmbeddedKafka.Builder builder, Path directory, NodePorts ports, int controllerPort) {
        Map<String, String> p = new LinkedHashMap<>();
        listeners(p, id, builder.listeners.values(), ports, controllerPort);
        p.put("node.id", Integer.toString(id));
        p.put("log.dirs", directory.toString());
        p.put("metadata.log.dir", directory.toString());
        p.put("auto.create.topics.enable", Boolean.toString(builder.autoCreateTopics));
        internalTopics(p, Math.min(3, builder.brokerCount));
        smallMachine(p);
        p.putAll(builder.overrides);
        return p;
    }

    private static void listeners(
            Map<String, String> p, int id, Collection<BrokerListener> others, NodePorts ports, int controllerPort) {
        List<String> own = new ArrayList<>(List.of("PLAINTEXT://127.0.0.1:" + ports.brokerPort()));
        List<String> advertised = new ArrayList<>(own);
        List<String> protocols = new ArrayList<>(List.of("PLAINTEXT:PLAINTEXT", "CONTROLLER:PLAINTEXT"));
        for (BrokerListener other : others) {
            int port = ports.port(other.name());
            own.add(other.name() + "://127.0.0.1:" + port);
            int told = other.advertisedPort() == 0 ? port : other.advertisedPort();
            advertised.add(other.name() + "://" + other.advertisedHost() + ":" + told);
            protocols.add(other.name() + ":" + other.protocol());
            other.configs().forEach((key, value) -> p.put(other.configPrefix() + key, value));
        }
        boolean controls = id == 0;
        if (controls) {
            own.add("CONTROLLER://127.0.0.1:" + controllerPort);
        }
        p.put("process.roles", controls ? "broker,controller" : "broker");
        p.put("listeners", String.join(",", own));
        p.put("advertised.listeners", String.join(",", advertised));
        p.put("listener.security.protocol.map", String.join(",", protocols));
        p.put("inter.broker.listener.name", "PLAINTEXT");
        p.put("controller.listener.names", "CONTROLLER");
        // A static voter is not written into the storage, so that the next start may use another port.
        p.put("controller.quorum.voters", "0@127.0.0.1:" + controllerPort);
    }

    private static void internalTopics(Map<String, String> p, int replicas) {
        String replicationFactor = Integer.toString(replicas);
        String minInSync = Integer.toString(Math.min(2, replicas));
        p.put("default.replication.factor", replicationFactor);
        p.put("offsets.topic.num.partitions", "1");
        p.put("offsets.topic.replication.factor", replicationFactor);
        p.put("transaction.state.log.num.partitions", "1");
        p.put("transaction.state.log.replication.factor", replicationFactor);
        p.put("transaction.state.log.min.isr", minInSync);
        p.put("share.coordinator.state.topic.num.partitions", "1");
        p.put("share.coordinator.state.topic.replication.factor", replicationFactor);
        p.put("share.coordinator.state.topic.min.isr", minInSync);
    }

    private static void smallMachine(Map<String, String> p) {
        p.put("num.network.threads", "1");
        p.put("num.io.threads", "2");
        p.put("num.replica.fetchers", "1");
        p.put("background.threads", "2");
        p.put("num.recovery.threads.per.data.dir", "1");
        p.put("log.cleaner.dedupe.buffer.size", "2097152");
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("controlled.shutdown.max.retries", "1");
    }
}
