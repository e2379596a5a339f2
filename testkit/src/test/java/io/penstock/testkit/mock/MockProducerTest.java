package io.penstock.testkit.mock;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.producer.ConsumerGroupMetadata;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.StringSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What our mock has beyond Apache's: threads and futures. */
@Timeout(180)
class MockProducerTest {

    @Test
    void manyThreads_loseNothingAndCompleteInOrder() throws Exception {
        MockProducer<String, String> producer = mock(false);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        ConcurrentLinkedQueue<Long> offsets = new ConcurrentLinkedQueue<>();
        List<Future<?>> running = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            boolean sends = t < 6;
            running.add(threads.submit(() -> {
                for (int i = 0; i < 1_000; i++) {
                    if (sends) {
                        producer.send(record("v"), (metadata, failure) -> offsets.add(metadata.offset()));
                    } else {
                        producer.completeNext();
                    }
                }
            }));
        }
        for (Future<?> future : running) {
            future.get();
        }
        threads.shutdown();
        producer.flush();

        assertThat(producer.history()).hasSize(6_000);
        assertThat(List.copyOf(offsets)).hasSize(6_000).isSorted();
    }

    @Test
    void callback_mayAskAndSend() throws Exception {
        MockProducer<String, String> producer = mock(true);
        CountDownLatch asked = new CountDownLatch(1);
        producer.send(record("a"), (metadata, failure) -> {
            // From another thread, while this one completes a record.
            Thread other = new Thread(() -> {
                producer.history();
                producer.flushed();
                asked.countDown();
            });
            other.start();
            try {
                assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            assertThat(producer.send(record("b"))).isCompleted();
        });

        assertThat(asked.getCount()).isZero();
        assertThat(producer.history()).extracting(ProducerRecord::value).containsExactly("a", "b");
    }

    @Test
    void callbackThatThrows_harmsNobody() {
        MockProducer<String, String> producer = mock(true);

        assertThat(producer.send(record("a"), (metadata, failure) -> {
                    throw new IllegalStateException("a user's mistake");
                }))
                .isCompleted();
    }

    @Test
    void asynchronousCalls_doWhatTheOthersDo() {
        MockProducer<String, String> producer = mock(true);
        assertThat(producer.commitTransactionAsync()).isCompletedExceptionally();
        assertThat(producer.initTransactionsAsync()).isCompleted();
        producer.beginTransaction();
        assertThat(producer.sendAsync(record("a")).admitted()).isCompleted();
        assertThat(producer.sendAsync(record("b")).delivered()).isCompleted();
        assertThat(producer.sendOffsetsToTransactionAsync(Map.of(), new ConsumerGroupMetadata("g")))
                .isCompleted();
        assertThat(producer.commitTransactionAsync()).isCompleted();
        producer.beginTransaction();
        assertThat(producer.abortTransactionAsync()).isCompleted();

        assertThat(producer.history()).hasSize(2);
        assertThat(producer.commitCount()).isEqualTo(1);
    }

    private static MockProducer<String, String> mock(boolean autoComplete) {
        return new MockProducer<>(autoComplete, null, new StringSerializer(), new StringSerializer());
    }

    private static ProducerRecord<String, String> record(String value) {
        return new ProducerRecord<>("t", "k", value);
    }
}
