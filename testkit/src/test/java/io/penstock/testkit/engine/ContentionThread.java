package io.penstock.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.errors.KafkaException;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.StoredRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One of the threads of {@link ContentionTest}: sends until the producer is closed, and remembers what it heard. */
final class ContentionThread extends Thread {

    /** A record and its ends. */
    private static final class Sent {
        final int partition;
        final CompletableFuture<RecordMetadata> future;
        final AtomicInteger callbacks;
        final boolean hasCallback;

        Sent(int partition, CompletableFuture<RecordMetadata> future, AtomicInteger callbacks, boolean hasCallback) {
            this.partition = partition;
            this.future = future;
            this.callbacks = callbacks;
            this.hasCallback = hasCallback;
        }
    }

    private final KafkaProducer<String, String> producer;
    private final String topic;
    private final int id;
    private final Random random;
    private final CountDownLatch together;
    private final List<Sent> all = new ArrayList<>();
    private volatile boolean closeNext;
    private volatile Throwable failure;

    ContentionThread(KafkaProducer<String, String> producer, String topic, int id, long seed, CountDownLatch together) {
        super("contention-" + id);
        setDaemon(true);
        this.producer = producer;
        this.topic = topic;
        this.id = id;
        this.random = new Random(seed);
        this.together = together;
    }

    /** Has one of the next callbacks close the producer. */
    void closeFromCallback() {
        closeNext = true;
    }

    @Override
    public void run() {
        try {
            together.await();
            while (true) {
                step();
            }
        } catch (IllegalStateException e) {
            // Closed before the call: what every thread ends with, unless
        } catch (KafkaException e) { // it was closed during the call
            if (!e.getMessage().contains("closed while this call waited")) {
                failure = e;
            }
        } catch (Throwable e) {
            failure = e;
        }
    }

    private void step() throws Exception {
        int partition = random.nextInt(7);
        ProducerRecord<String, String> record = new ProducerRecord<>(
                topic, partition, "k" + id, id + ":" + all.size() + ":" + "x".repeat(random.nextInt(300)));
        int what = random.nextInt(100);
        if (what < 60) {
            AtomicInteger callbacks = new AtomicInteger();
            all.add(new Sent(partition, producer.send(record, (m, e) -> onCallback(callbacks)), callbacks, true));
        } else if (what < 90) {
            all.add(new Sent(partition, producer.sendAsync(record).delivered(), new AtomicInteger(), false));
        } else if (what < 92) {
            producer.flush();
        } else if (!all.isEmpty() && what < 94) {
            all.get(all.size() - 1).future.handle((m, e) -> m).get(60, TimeUnit.SECONDS);
        } else if (what < 96) {
            Thread.sleep(random.nextInt(3));
        }
    }

    private void onCallback(AtomicInteger callbacks) {
        callbacks.incrementAndGet();
        if (closeNext) {
            closeNext = false;
            producer.close(Duration.ofMillis(random.nextInt(50)));
        }
    }

    static void check(List<ContentionThread> threads, FakeCluster cluster, String topic) {
        Map<String, Integer> stored = new HashMap<>();
        for (int partition = 0; partition < 7; partition++) {
            Map<String, Integer> last = new HashMap<>();
            for (StoredRecord record : cluster.records(topic, partition)) {
                String[] parts = record.valueText().split(":", 3);
                int number = Integer.parseInt(parts[1]);
                stored.merge(parts[0] + ":" + parts[1], 1, Integer::sum);
                Integer before = last.put(parts[0], number);
                assertThat(before == null || before < number)
                        .as("in partition %s, record %s of thread %s after %s", partition, number, parts[0], before)
                        .isTrue();
            }
        }
        threads.forEach(thread -> thread.check(stored));
    }

    private void check(Map<String, Integer> stored) {
        assertThat(failure).as(getName()).isNull();
        for (int i = 0; i < all.size(); i++) {
            Sent sent = all.get(i);
            String name = id + ":" + i;
            int times = stored.getOrDefault(name, 0);
            assertThat(sent.future).as(name).isDone();
            assertThat(sent.callbacks.get()).as("callbacks of " + name).isEqualTo(sent.hasCallback ? 1 : 0);
            if (sent.future.isCompletedExceptionally()) {
                assertThat(times).as("copies of failed " + name).isLessThanOrEqualTo(1);
            } else {
                assertThat(times).as("copies of acknowledged " + name).isEqualTo(1);
                assertThat(sent.future.join().partition()).isEqualTo(sent.partition);
            }
        }
    }
}
