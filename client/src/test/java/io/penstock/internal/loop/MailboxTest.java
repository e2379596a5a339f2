package io.penstock.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private final Mailbox mailbox = new Mailbox();
    private final CountingPoller poller = new CountingPoller();

    @Test
    void drain_whenLimited_leavesTheRestInOrder() {
        List<Integer> ran = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            mailbox.post(now -> ran.add(number));
        }

        assertThat(mailbox.drain(0, 3)).isEqualTo(3);
        assertThat(ran).containsExactly(0, 1, 2);
        assertThat(mailbox.hasMail()).isTrue();
        assertThat(mailbox.drain(0, 3)).isEqualTo(2);
        assertThat(ran).containsExactly(0, 1, 2, 3, 4);
        assertThat(mailbox.hasMail()).isFalse();
    }

    @Test
    void drain_whenATaskThrows_leavesTheRest() {
        List<String> ran = new ArrayList<>();
        mailbox.post(now -> {
            throw new IllegalStateException("meant");
        });
        mailbox.post(now -> ran.add("next"));

        assertThatThrownBy(() -> mailbox.drain(0, 10)).hasMessage("meant");
        mailbox.drain(0, 10);

        assertThat(ran).containsExactly("next");
    }

    @Test
    void post_whenTheLoopIsAwake_wakesNobody() {
        mailbox.attach(poller);
        mailbox.post(now -> {});
        assertThat(poller.wakeups).hasValue(0);
    }

    @Test
    void post_whenTheLoopSleeps_wakesItOnce() {
        mailbox.attach(poller);
        assertThat(mailbox.fallAsleep()).isTrue();
        mailbox.post(now -> {});
        mailbox.post(now -> {});
        assertThat(poller.wakeups).hasValue(1);
    }

    /** Prevents a wake-up, and a turn, for what nobody waits for. */
    @Test
    void postQuietly_whenTheLoopSleeps_leavesItAsleepAndKeepsTheOrder() {
        List<String> ran = new ArrayList<>();
        mailbox.attach(poller);
        assertThat(mailbox.fallAsleep()).isTrue();
        assertThat(mailbox.postQuietly(now -> ran.add("quiet"))).isTrue();
        assertThat(poller.wakeups).hasValue(0);
        mailbox.post(now -> ran.add("loud"));
        assertThat(poller.wakeups).hasValue(1);
        mailbox.drain(0, 10);
        assertThat(ran).containsExactly("quiet", "loud");
        assertThat(mailbox.postQuietly(now -> {})).isTrue();
        assertThat(mailbox.fallAsleep()).as("it has mail").isFalse();
        mailbox.close();
        assertThat(mailbox.postQuietly(now -> {})).isFalse();
    }

    /** Prevents the lost wake-up of a task posted between the last drain and the sleep. */
    @Test
    void fallAsleep_whenThereIsMail_refuses() {
        mailbox.attach(poller);
        mailbox.post(now -> {});
        assertThat(mailbox.fallAsleep()).isFalse();
        mailbox.post(now -> {});
        assertThat(poller.wakeups).hasValue(0);
    }

    @Test
    void post_whenClosed_saysSo() {
        mailbox.close();
        assertThat(mailbox.post(now -> {})).isFalse();
    }

    /**
     * Prevents lost wake-ups: the loop sleeps for ever whenever it may, so one lost wake-up hangs it. Each poster waits
     * for its own task before it posts the next, which makes the loop fall asleep between almost any two.
     */
    @Test
    void post_fromManyThreadsWhileTheLoopFallsAsleep_losesNoWakeup() throws Exception {
        int posterCount = 8;
        int rounds = 4_000;
        CountingPoller sleeping = new CountingPoller();
        AtomicLong ran = new AtomicLong();
        LoopAgent agent = new LoopAgent("stress", SystemClock.INSTANCE, mailbox, new Timers(), sleeping, List.of());
        agent.start();
        CountDownLatch done = new CountDownLatch(posterCount);
        for (int p = 0; p < posterCount; p++) {
            boolean alone = p % 2 == 0;
            Thread poster = new Thread(() -> {
                Semaphore seen = new Semaphore(0);
                for (int i = 0; i < rounds; i++) {
                    mailbox.post(now -> {
                        ran.incrementAndGet();
                        seen.release();
                    });
                    if (alone || i % 64 == 63) {
                        seen.acquireUninterruptibly(alone ? 1 : 64);
                    }
                }
                done.countDown();
            });
            poster.setDaemon(true);
            poster.start();
        }

        assertThat(done.await(60, TimeUnit.SECONDS)).as("every task ran").isTrue();
        agent.close();
        assertThat(agent.awaitEnd(TimeUnit.SECONDS.toNanos(30))).isTrue();

        assertThat(ran.get()).isEqualTo((long) posterCount * rounds);
        assertThat(sleeping.sleeps.get()).as("the loop did fall asleep").isPositive();
    }

    /** Waits on a semaphore as a selector waits: a wake-up before the wait ends the wait at once. */
    static final class CountingPoller implements Poller {

        final AtomicInteger wakeups = new AtomicInteger();
        final AtomicInteger sleeps = new AtomicInteger();
        private final Semaphore woken = new Semaphore(0);

        @Override
        public void poll(long timeoutNanos) {
            if (timeoutNanos == 0) {
                woken.tryAcquire();
                return;
            }
            sleeps.incrementAndGet();
            try {
                if (timeoutNanos == Long.MAX_VALUE) {
                    woken.acquire();
                } else {
                    woken.tryAcquire(timeoutNanos, TimeUnit.NANOSECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            woken.drainPermits();
        }

        @Override
        public void wakeup() {
            wakeups.incrementAndGet();
            woken.release();
        }
    }
}
