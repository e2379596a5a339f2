package io.penstock.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.errors.InterruptException;
import io.penstock.errors.KafkaException;
import io.penstock.producer.Delivery;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerInterceptor;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import io.penstock.serialization.StringSerializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Closing and flushing a real producer whose broker takes connections and never says a word. */
@Timeout(180)
class CloseTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final AtomicInteger REFUSALS = new AtomicInteger();

    private final String clientId = "close-test-" + NUMBER.incrementAndGet();
    private final AtomicInteger serializersClosed = new AtomicInteger();
    private ServerSocket silent;

    @BeforeEach
    void listen() throws IOException {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void hangUp() throws IOException {
        silent.close();
    }

    /** Counts the records that it is told have failed. */
    public static final class CountingInterceptor implements ProducerInterceptor<String, String> {

        @Override
        public ProducerRecord<String, String> onSend(ProducerRecord<String, String> record) {
            return record;
        }

        @Override
        public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
            if (exception != null) {
                REFUSALS.incrementAndGet();
            }
        }

        @Override
        public void configure(Map<String, ?> configs) {}

        @Override
        public void close() {}
    }

    private KafkaProducer<String, String> producer(Object... settings) {
        Map<String, Object> configs = new HashMap<>(Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + silent.getLocalPort(),
                "client.id",
                clientId,
                "max.block.ms",
                150_000));
        for (int i = 0; i < settings.length; i += 2) {
            configs.put((String) settings[i], settings[i + 1]);
        }
        StringSerializer counting = new StringSerializer() {
            @Override
            public void close() {
                serializersClosed.incrementAndGet();
            }
        };
        return new KafkaProducer<>(configs, counting, new StringSerializer());
    }

    private static ProducerRecord<String, String> record() {
        return new ProducerRecord<>("t", "v");
    }

    private static Thread inThread(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void awaitBlocked(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING && thread.getState() != Thread.State.WAITING) {
            LockSupport.parkNanos(100_000);
        }
    }

    /** Bounded by the test's timeout. */
    private void awaitNoThreads() {
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.isAlive() && thread.getName().contains(clientId))) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void close_whileACallerIsBlocked_releasesIt() throws Exception {
        // Prevents: a blocked send outlived its producer by up to max.block.ms.
        REFUSALS.set(0);
        var producer = producer("interceptor.classes", CountingInterceptor.class.getName());
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        CompletableFuture<Throwable> thrownByPartitions = new CompletableFuture<>();
        awaitBlocked(inThread(() -> thrown.complete(catchThrowable(() -> producer.send(record())))));
        awaitBlocked(inThread(() -> thrownByPartitions.complete(catchThrowable(() -> producer.partitionsFor("t")))));
        long began = System.nanoTime();
        producer.close();
        assertThat(thrown.get()).isInstanceOf(KafkaException.class).hasMessageContaining("closed");
        assertThat(thrownByPartitions.get()).isInstanceOf(KafkaException.class);
        assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(60));
        assertThat(REFUSALS).as("interceptors hear of it").hasValue(1);
        awaitNoThreads();
    }

    @Test
    void close_withoutTime_failsWhatWaitsAndEndsEveryThread() {
        var producer = producer();
        Delivery waiting = producer.sendAsync(record());
        producer.close(Duration.ZERO);
        assertThat(waiting.delivered()).isCompletedExceptionally();
        assertThat(waiting.admitted()).isCompletedExceptionally();
        awaitNoThreads();
        producer.close();
        producer.close(Duration.ZERO);
        assertThat(serializersClosed).hasValue(1);
        producer.flush(); // returns: there is nothing left
    }

    @Test
    void close_aSecondTime_waitsForTheFirst_andHurriesItWhenItsOwnTimeIsOver() throws Exception {
        var producer = producer();
        Delivery waiting = producer.sendAsync(record());
        Thread patient = inThread(producer::close);
        awaitBlocked(patient);
        CountDownLatch returned = new CountDownLatch(1);
        Thread alsoPatient = inThread(() -> {
            producer.close();
            returned.countDown();
        });
        awaitBlocked(alsoPatient);
        assertThat(returned.getCount()).as("it waits for the first").isOne();
        assertThat(waiting.delivered()).isNotDone();
        producer.close(Duration.ZERO);
        assertThat(returned.await(60, TimeUnit.SECONDS)).isTrue();
        patient.join(60_000);
        assertThat(patient.isAlive()).isFalse();
        assertThat(waiting.delivered()).isCompletedExceptionally();
        assertThat(serializersClosed).hasValue(1);
        awaitNoThreads();
    }

    @Test
    void flush_waitsForRecordsThatAreNotAdmittedYet() throws Exception {
        var producer = producer();
        Delivery waiting = producer.sendAsync(record());
        AtomicInteger order = new AtomicInteger();
        CompletableFuture<Integer> told = waiting.delivered().handle((metadata, failure) -> order.incrementAndGet());
        CompletableFuture<Integer> flushed = new CompletableFuture<>();
        Thread flushing = inThread(() -> {
            producer.flush();
            flushed.complete(order.incrementAndGet());
        });
        awaitBlocked(flushing);
        assertThat(flushed).isNotDone();
        producer.close(Duration.ZERO);
        assertThat(told.get()).isEqualTo(1);
        assertThat(flushed.get()).as("after the record was told").isEqualTo(2);
    }

    @Test
    void flush_thatIsInterrupted_throwsAndLeavesTheRecordsAlone() throws Exception {
        var producer = producer();
        Delivery waiting = producer.sendAsync(record());
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread flushing = inThread(() -> thrown.complete(catchThrowable(producer::flush)));
        awaitBlocked(flushing);
        flushing.interrupt();
        assertThat(thrown.get()).isInstanceOf(InterruptException.class);
        assertThat(waiting.delivered()).isNotDone();
        producer.close(Duration.ZERO);
    }

    @Test
    void close_thatIsInterrupted_stillFreesEverything() throws Exception {
        var producer = producer();
        Delivery waiting = producer.sendAsync(record());
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread closing = inThread(() -> thrown.complete(catchThrowable(producer::close)));
        awaitBlocked(closing);
        closing.interrupt();
        assertThat(thrown.get()).isInstanceOf(InterruptException.class);
        assertThat(waiting.delivered()).isCompletedExceptionally();
        awaitNoThreads();
        assertThat(serializersClosed).hasValue(1);
    }
}
