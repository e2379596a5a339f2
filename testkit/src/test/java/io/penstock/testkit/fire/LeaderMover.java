package io.penstock.testkit.fire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/** Gives partitions other leaders, by shuffling their replicas and asking for an election of the preferred one. */
final class LeaderMover {
    private static final long LIMIT_SECONDS = 3;

    private final Admin admin;
    private final List<String> topics;

    LeaderMover(Admin admin, List<String> topics) {
        this.admin = admin;
        this.topics = topics;
    }

    /** Whether every partition has all its replicas in sync. */
    boolean isWhole() {
        try {
            return admin.describeTopics(topics).allTopicNames().get(LIMIT_SECONDS, TimeUnit.SECONDS).values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition ->
                            partition.isr().size() == partition.replicas().size());
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Moves the leaders of about half of all partitions; false when the cluster is in no state for it. */
    boolean move(Random random) {
        try {
            Map<TopicPartition, Optional<NewPartitionReassignment>> orders = new HashMap<>();
            admin.describeTopics(topics)
                    .allTopicNames()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .values()
                    .forEach(topic -> topic.partitions().forEach(partition -> {
                        if (random.nextBoolean()) {
                            List<Integer> replicas = new ArrayList<>(
                                    partition.replicas().stream().map(Node::id).toList());
                            Collections.shuffle(replicas, random);
                            orders.put(
                                    new TopicPartition(topic.name(), partition.partition()),
                                    Optional.of(new NewPartitionReassignment(replicas)));
                        }
                    }));
            admin.alterPartitionReassignments(orders).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            return admin
                    .electLeaders(ElectionType.PREFERRED, orders.keySet())
                    .partitions()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .anyMatch(Optional::isEmpty);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
