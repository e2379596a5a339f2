package io.penstock.testkit.fire;

import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.FakeClusterBuilder;
import io.penstock.testkit.fake.StoredRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * One producer on a fake cluster, a step at a time: a record a batch, and nothing is done before the step in front of it has shown.
 *
 * <p>For the test's thread; what the producer's callbacks tell comes from its own.
 */
final class ScriptedRun implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FakeCluster cluster;
    private final Subject producer;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private List<String> stored = List.of();

    ScriptedRun(FakeClusterBuilder described, Function<Map<String, Object>, Subject> make, Object... settings) {
        cluster = described.start();
        Map<String, Object> config = new HashMap<>(Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "linger.ms",
                0,
                "batch.size",
                1,
                "retry.backoff.ms",
                20,
                "reconnect.backoff.ms",
                20,
                "metadata.max.age.ms",
                200,
                "enable.metrics.push",
                false));
        for (int i = 0; i < settings.length; i += 2) {
            config.put((String) settings[i], settings[i + 1]);
        }
        producer = make.apply(config);
    }

    FakeCluster cluster() {
        return cluster;
    }

    /** The keys of records in the order of their callbacks, those that failed with a word on it. */
    List<String> heard() {
        return heard;
    }

    /** The keys in the log when the run was over. */
    List<String> stored() {
        return stored;
    }

    ScriptedRun send(String key, int valueBytes) {
        producer.send("t", key, new byte[valueBytes], new Subject.Heard() {
            @Override
            public void acknowledged(int partition, long offset) {
                heard.add(key);
            }

            @Override
            public void failed(int partition, boolean surelyNotWritten, Exception failure) {
                heard.add(key + " failed");
            }
        });
        return this;
    }

    ScriptedRun awaitHeard(int count) {
        return await(count + " callbacks", () -> heard.size() >= count);
    }

    ScriptedRun awaitInFlight(int count) {
        return await(count + " requests in flight", () -> producer.metric("requests-in-flight") >= count);
    }

    ScriptedRun awaitStored(int count) {
        return await(count + " records", () -> cluster.endOffset("t", 0) >= count);
    }

    /** Neither a change of the cluster nor a wait for one tells of what happens in the producer, so this looks every few milliseconds. */
    ScriptedRun await(String what, BooleanSupplier condition) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new AssertionError("Within " + PATIENCE + " it did not come to this: " + what + "; heard " + heard
                        + ", stored " + keys());
            }
            pause();
        }
        return this;
    }

    private static void pause() {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private List<String> keys() {
        return cluster.records("t", 0).stream().map(StoredRecord::keyText).toList();
    }

    @Override
    public void close() {
        cluster.clearFaults();
        producer.close(PATIENCE);
        stored = keys();
        cluster.close();
    }
}
