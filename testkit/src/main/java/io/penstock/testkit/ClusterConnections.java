package io.penstock.testkit;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.Message;
import io.penstock.wire.message.MetadataRequest;
import io.penstock.wire.message.MetadataResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Connections to the brokers of one cluster, opened when first asked for.
 *
 * <p>Not thread-safe. At most one connection for each broker of the cluster and one to the address that was
 * given; leaders are remembered for the topics that were asked for.
 */
final class ClusterConnections implements AutoCloseable {
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MAX_PORT = 65_535;

    private final String bootstrapServers;
    private final WireConnection any;
    private final Map<Integer, WireConnection> byNode = new HashMap<>();
    private final Map<Integer, MetadataResponse.MetadataResponseBroker> brokers = new HashMap<>();
    private final Map<String, Map<Integer, Integer>> leaders = new HashMap<>();
    private int controllerId = -1;

    private ClusterConnections(String bootstrapServers, WireConnection any) {
        this.bootstrapServers = bootstrapServers;
        this.any = any;
    }

    /** Connects to the first of the servers, separated by commas, that answers. */
    static ClusterConnections open(String bootstrapServers) {
        List<String> failures = new ArrayList<>();
        for (String server : bootstrapServers.split(",")) {
            if (server.isBlank()) {
                continue;
            }
            String address = server.trim();
            int colon = address.lastIndexOf(':');
            int port = colon < 1 ? -1 : portOf(address.substring(colon + 1));
            if (port < 0) {
                throw new EmbeddedKafkaException(
                        "\"" + address + "\" is not a broker's address: write HOST:PORT, as in localhost:9092");
            }
            try {
                String host = address.substring(0, colon).replaceAll("^\\[(.*)\\]$", "$1");
                return new ClusterConnections(bootstrapServers, WireConnection.open(host, port));
            } catch (UnknownHostException e) {
                failures.add(address + ": unknown host");
            } catch (ConnectException e) {
                failures.add(address + ": " + e.getMessage());
            } catch (IOException e) {
                failures.add(e.getMessage() == null ? address + ": " + e : e.getMessage());
            }
        }
        throw new EmbeddedKafkaException("no broker could be reached (" + String.join("; ", failures)
                + "): is the cluster running, and is the address right?");
    }

    private static int portOf(String text) {
        try {
            int port = Integer.parseInt(text);
            return port < 1 || port > MAX_PORT ? -1 : port;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** What the cluster says about a topic, errors included, without creating it; null when it says nothing. */
    MetadataResponse.@Nullable MetadataResponseTopic describe(String topic) {
        MetadataRequest request = new MetadataRequest()
                .topics(List.of(new MetadataRequest.MetadataRequestTopic().name(topic)))
                .allowAutoTopicCreation(false);
        MetadataResponse answer = ask(any, WireApi.METADATA, request, new MetadataResponse());
        controllerId = answer.controllerId();
        for (MetadataResponse.MetadataResponseBroker broker : answer.brokers()) {
            brokers.put(broker.nodeId(), broker);
        }
        for (MetadataResponse.MetadataResponseTopic found : answer.topics()) {
            if (topic.equals(found.name())) {
                Map<Integer, Integer> byPartition = new HashMap<>();
                found.partitions().forEach(p -> byPartition.put(p.partitionIndex(), p.leaderId()));
                leaders.put(topic, byPartition);
                return found;
            }
        }
        return null;
    }

    /**
     * Asks until the answer is not one of those that pass, 30 s at most. A broker that metadata names as the leader may
     * need another moment before it knows that itself.
     */
    <T> T settled(String topic, Supplier<T> question) {
        long deadline = System.nanoTime() + SETTLE_NANOS;
        while (true) {
            try {
                return question.get();
            } catch (NotNowException e) {
                if (System.nanoTime() - deadline >= 0) {
                    throw new EmbeddedKafkaException(
                            e.getMessage() + " (for " + TimeUnit.NANOSECONDS.toSeconds(SETTLE_NANOS) + " s now)");
                }
                LockSupport.parkNanos(POLL_NANOS);
                leaders.remove(topic);
            }
        }
    }

    /** The leader of a partition, as the last {@link #describe} of its topic knew it; asks when there was none. */
    int leader(String topic, int partition) {
        if (!leaders.containsKey(topic)) {
            describe(topic);
        }
        Integer leader = leaders.getOrDefault(topic, Map.of()).get(partition);
        if (leader == null || leader < 0) {
            throw new NotNowException(
                    "partition " + partition + " of topic \"" + topic + "\" has no leader: are all its brokers up?");
        }
        return leader;
    }

    /** Asks the controller, as the last {@link #describe} knew it. */
    <R extends Message> R askController(WireApi api, Message request, R answer) {
        return brokers.containsKey(controllerId)
                ? askNode(controllerId, api, request, answer)
                : ask(any, api, request, answer);
    }

    /** Asks one broker, as the last {@link #describe} knew it. */
    <R extends Message> R askNode(int node, WireApi api, Message request, R answer) {
        WireConnection connection = byNode.get(node);
        if (connection == null) {
            MetadataResponse.MetadataResponseBroker broker = brokers.get(node);
            if (broker == null) {
                throw new EmbeddedKafkaException("broker " + node + " is not a member of the cluster at "
                        + bootstrapServers + " at the moment: try again when it is back");
            }
            try {
                connection = WireConnection.open(broker.host(), broker.port());
            } catch (IOException e) {
                throw new EmbeddedKafkaException(
                        "cannot reach broker " + node + " at " + broker.host() + ":" + broker.port() + ": "
                                + e.getMessage(),
                        e);
            }
            byNode.put(node, connection);
        }
        return ask(connection, api, request, answer);
    }

    private <R extends Message> R ask(WireConnection connection, WireApi api, Message request, R answer) {
        try {
            return connection.ask(api, request, answer);
        } catch (IOException e) {
            throw new EmbeddedKafkaException(
                    "the cluster at " + bootstrapServers + " did not answer " + api.label() + ": " + e.getMessage(), e);
        }
    }

    /** Throws for every code but NONE; what may pass is for {@link #settled}. */
    static void check(short code, String what) {
        ErrorCode error = ErrorCode.forCode(code);
        if (error.retriable()) {
            throw new NotNowException(what + ": " + error);
        }
        if (error != ErrorCode.NONE) {
            throw new EmbeddedKafkaException(what + ": " + error);
        }
    }

    @Override
    public void close() {
        byNode.values().forEach(WireConnection::close);
        any.close();
    }
}
