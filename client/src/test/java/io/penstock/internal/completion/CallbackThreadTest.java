package io.penstock.internal.completion;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.producer.TopicPartition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CallbackThreadTest {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final CallbackThread thread = new CallbackThread("test-callbacks");

    @AfterEach
    void stop() throws InterruptedException {
        thread.stop(PATIENCE_NANOS);
    }

    private void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void work_runsInOrder_onThatThread_alsoWhenSomeThrows() throws Exception {
        thread.start();
        List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            thread.submit(() -> {
                assertThat(thread.isCallbackThread()).isTrue();
                ran.add(number);
                if (number % 7 == 0) {
                    throw new IllegalStateException("user's");
                }
                if (number % 7 == 1) {
                    throw new StackOverflowError("user's");
                }
            });
        }
        thread.submit(done::countDown);
        await(done);
        assertThat(ran).hasSize(1_000).isSorted();
        assertThat(thread.isCallbackThread()).isFalse();
    }

    @Test
    void batchesThatWaitTogether_areToldInOrder_withWhatStandsBetweenThem() throws Exception {
        // Prevents: what is taken from the line several at a time is told out of order, or a flush ends before the
        // batches in front of it.
        List<Integer> told = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(1);
        int number = 0;
        for (int batch = 0; batch < 40; batch++) {
            PromiseList promises = new PromiseList();
            for (int record = 0; record < batch % 5; record++) {
                int mine = number++;
                promises.add(new RecordPromise(0, -1, -1, (metadata, exception) -> told.add(mine)));
            }
            int between = number++;
            thread.submitQuietly(new BatchCompletion(
                    new TopicPartition("t", 0),
                    promises,
                    new BatchResult.Written(0, -1),
                    batch % 3 == 0 ? () -> told.add(between) : () -> {}));
            int after = number++;
            thread.submitQuietly(() -> told.add(after));
        }
        thread.submitQuietly(done::countDown);
        thread.start();
        await(done);
        assertThat(told).hasSize(40 / 5 * 10 + 14 + 40).isSorted();
    }

    @Test
    void work_isFoundWithoutAWakeUp_byAThreadThatNeverParks() throws Exception {
        CallbackThread spinning = new CallbackThread("test-spinning", Thread::onSpinWait);
        spinning.start();
        for (int i = 0; i < 1_000; i++) {
            CountDownLatch done = new CountDownLatch(1);
            spinning.submit(done::countDown);
            await(done);
        }
        assertThat(spinning.stop(PATIENCE_NANOS)).isTrue();
    }

    @Test
    void submit_wakesAThreadThatIsIdle_everyTime() throws Exception {
        // Prevents: a wake-up lost between the look at the queue and the park.
        thread.start();
        for (int i = 0; i < 5_000; i++) {
            CountDownLatch done = new CountDownLatch(1);
            thread.submit(done::countDown);
            await(done);
        }
    }

    @Test
    void submitQuietly_isRunAfterTheNextWake_everyTime() throws Exception {
        // Prevents: what one turn of a loop completes being waited for until the next turn.
        thread.start();
        for (int i = 0; i < 2_000; i++) {
            CountDownLatch done = new CountDownLatch(2);
            thread.submitQuietly(done::countDown);
            thread.submitQuietly(done::countDown);
            thread.wake();
            await(done);
        }
    }

    @Test
    void submitQuietly_afterTheEnd_isRunAllTheSame() throws Exception {
        thread.start();
        assertThat(thread.stop(PATIENCE_NANOS)).isTrue();
        CountDownLatch done = new CountDownLatch(1);
        thread.submitQuietly(done::countDown);
        await(done);
    }

    @Test
    void stop_runsWhatIsQueuedFirst() throws Exception {
        List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 100; i++) {
            int number = i;
            thread.submit(() -> ran.add(number));
        }
        thread.start();
        assertThat(thread.stop(PATIENCE_NANOS)).isTrue();
        assertThat(ran).hasSize(100);
    }

    @Test
    void submit_afterTheEnd_isRunAllTheSame() throws Exception {
        // Prevents: a loop that ends after the callback thread leaves futures that are never completed.
        thread.start();
        assertThat(thread.stop(PATIENCE_NANOS)).isTrue();
        AtomicBoolean ran = new AtomicBoolean();
        thread.submit(() -> ran.set(true));
        assertThat(ran).isTrue();
    }

    @Test
    void submit_whileItEnds_losesNothing() throws Exception {
        for (int round = 0; round < 300; round++) {
            CallbackThread ending = new CallbackThread("test-ending");
            ending.start();
            CountDownLatch all = new CountDownLatch(20);
            Thread submitter = new Thread(() -> {
                for (int i = 0; i < 20; i++) {
                    ending.submit(all::countDown);
                }
            });
            submitter.start();
            ending.stop(PATIENCE_NANOS);
            submitter.join();
            await(all);
        }
    }

    @Test
    void stop_whileACallbackHangs_givesUpInTime() throws Exception {
        thread.start();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        thread.submit(() -> {
            entered.countDown();
            try {
                letGo.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await(entered);
        assertThat(thread.stop(TimeUnit.MILLISECONDS.toNanos(20))).isFalse();
        letGo.countDown();
    }

    @Test
    void stopWhenIdle_fromACallback_runsTheRestFirst() throws Exception {
        thread.start();
        AtomicBoolean nothingMore = new AtomicBoolean();
        CountDownLatch rest = new CountDownLatch(1);
        thread.submit(() -> {
            thread.stopWhenIdle(nothingMore::get);
            thread.submit(() -> nothingMore.set(true));
            thread.submit(rest::countDown);
        });
        await(rest);
        assertThat(thread.stop(PATIENCE_NANOS)).isTrue();
    }

    @Test
    void interrupt_leftByACallback_isCleared() throws Exception {
        // Prevents: a callback that interrupts its thread makes every park return at once, and the thread spin.
        thread.start();
        AtomicBoolean interrupted = new AtomicBoolean(true);
        CountDownLatch done = new CountDownLatch(1);
        thread.submit(() -> Thread.currentThread().interrupt());
        thread.submit(() -> {
            interrupted.set(Thread.currentThread().isInterrupted());
            done.countDown();
        });
        await(done);
        assertThat(interrupted).isFalse();
    }
}
