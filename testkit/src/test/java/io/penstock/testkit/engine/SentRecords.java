package io.penstock.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.errors.RecordOutcome;
import io.penstock.producer.Producer;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.StoredRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Records sent to fixed partitions, each with a value of its own, and what is heard of them. One sending thread. */
final class SentRecords {

    static final long PATIENCE_SECONDS = 60;

    private final Producer<String, String> producer;
    private final Map<String, List<String>> sent = new LinkedHashMap<>();
    private final Map<String, List<String>> calledBack = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<RecordMetadata>> futures = new LinkedHashMap<>();

    SentRecords(Producer<String, String> producer) {
        this.producer = producer;
    }

    CompletableFuture<RecordMetadata> send(String topic, int partition) {
        return send(topic, partition, 0);
    }

    CompletableFuture<RecordMetadata> send(String topic, int partition, int padding) {
        String place = topic + "-" + partition;
        List<String> values = sent.computeIfAbsent(place, p -> new ArrayList<>());
        String value = "v" + values.size() + "x".repeat(padding);
        values.add(value);
        CompletableFuture<RecordMetadata> future =
                producer.send(new ProducerRecord<>(topic, partition, "k", value), (metadata, exception) -> calledBack
                        .computeIfAbsent(place, p -> new CopyOnWriteArrayList<>())
                        .add(value));
        futures.put(place + "/" + value, future);
        return future;
    }

    SentRecords sendMany(String topic, int partition, int count) {
        for (int i = 0; i < count; i++) {
            send(topic, partition);
        }
        return this;
    }

    /** Waits until all have succeeded. */
    SentRecords awaitAll() throws Exception {
        CompletableFuture.allOf(futures.values().toArray(new CompletableFuture<?>[0]))
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return this;
    }

    /** Waits until all are over, one way or the other. */
    SentRecords awaitEnds() throws Exception {
        CompletableFuture.allOf(futures.values().toArray(new CompletableFuture<?>[0]))
                .handle((nothing, failure) -> nothing)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return this;
    }

    /** Each record exactly once, in send order, at the offset that its future names, its callback called in order. */
    void assertExactlyOnceInOrder(FakeCluster cluster) throws Exception {
        producer.flush(); // callbacks may trail the futures
        for (Map.Entry<String, List<String>> place : sent.entrySet()) {
            int dash = place.getKey().lastIndexOf('-');
            List<StoredRecord> stored = cluster.records(
                    place.getKey().substring(0, dash),
                    Integer.parseInt(place.getKey().substring(dash + 1)));
            assertThat(stored)
                    .as("stored in " + place.getKey())
                    .extracting(StoredRecord::valueText)
                    .containsExactlyElementsOf(place.getValue());
            assertThat(calledBack.get(place.getKey()))
                    .as("callbacks of " + place.getKey())
                    .containsExactlyElementsOf(place.getValue());
            for (StoredRecord record : stored) {
                RecordMetadata metadata =
                        futures.get(place.getKey() + "/" + record.valueText()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (metadata.hasOffset()) {
                    assertThat(metadata.offset()).as(record.toString()).isEqualTo(record.offset());
                }
            }
        }
    }

    /** No value twice, those that were acknowledged stored in send order, and none of those that are said not to be written. */
    void assertAcknowledgedOnceInOrder(FakeCluster cluster) throws Exception {
        producer.flush();
        for (Map.Entry<String, List<String>> place : sent.entrySet()) {
            int dash = place.getKey().lastIndexOf('-');
            List<String> stored = cluster
                    .records(
                            place.getKey().substring(0, dash),
                            Integer.parseInt(place.getKey().substring(dash + 1)))
                    .stream()
                    .map(StoredRecord::valueText)
                    .collect(Collectors.toList());
            assertThat(stored).as("stored in " + place.getKey()).doesNotHaveDuplicates();
            assertThat(stored)
                    .as("order of " + place.getKey())
                    .isEqualTo(
                            place.getValue().stream().filter(stored::contains).toList());
            for (String value : place.getValue()) {
                CompletableFuture<RecordMetadata> future = futures.get(place.getKey() + "/" + value);
                if (!future.isCompletedExceptionally()) {
                    assertThat(stored).as("acknowledged " + value).contains(value);
                } else if (Failures.of(future).outcome() == RecordOutcome.NOT_WRITTEN) {
                    assertThat(stored).as("not written: " + value).doesNotContain(value);
                }
            }
            assertThat(calledBack.get(place.getKey()))
                    .as("callbacks of " + place.getKey())
                    .containsExactlyElementsOf(place.getValue());
        }
    }
}
