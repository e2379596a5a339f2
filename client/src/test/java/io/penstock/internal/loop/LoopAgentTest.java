package io.penstock.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.internal.loop.MailboxTest.CountingPoller;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoopAgentTest {

    private final ManualClock clock = new ManualClock();
    private final Mailbox mailbox = new Mailbox();
    private final Timers timers = new Timers();
    private final CountingPoller poller = new CountingPoller();
    private final List<String> events = new ArrayList<>();
    private final List<LoopAgent> agents = new ArrayList<>();

    @AfterEach
    void stopAll() {
        agents.forEach(LoopAgent::close);
    }

    @Test
    void turn_runsMailThenTimersThenDutiesInTheirOrder() {
        LoopAgent agent = agent(duty("first"), duty("second"));
        timers.schedule(timer("timer"), clock.nanoTime());
        mailbox.post(now -> events.add("mail"));

        assertThat(agent.turn()).isEqualTo(Long.MAX_VALUE);

        assertThat(events).containsExactly("mail", "timer", "first", "second");
    }

    @Test
    void turn_saysWhenTheNextIsDue() {
        boolean[] again = {true};
        LoopAgent agent = agent(now -> again[0]);
        timers.schedule(timer("timer"), clock.nanoTime() + 70);

        assertThat(agent.turn()).isZero();
        again[0] = false;
        assertThat(agent.turn()).isEqualTo(70);
        clock.advanceNanos(69);
        assertThat(agent.turn()).isEqualTo(1);
        clock.advanceNanos(1);
        assertThat(agent.turn()).isEqualTo(Long.MAX_VALUE);
        assertThat(events).containsExactly("timer");
    }

    /** The callers of a loop that does not sleep make no system call; mail and timers are found all the same. */
    @ParameterizedTest
    @EnumSource(names = {"YIELD", "SPIN"})
    void loopThatDoesNotPark_isNeverWoken(IdleStrategy idle) throws InterruptedException {
        LoopAgent agent = agent();
        agent.start(idle);
        for (int i = 0; i < 1_000; i++) {
            CountDownLatch ran = new CountDownLatch(1);
            assertThat(mailbox.post(now -> ran.countDown())).isTrue();
            assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
        }
        CountDownLatch fired = new CountDownLatch(1);
        mailbox.post(now -> timers.schedule(
                new Timer() {
                    @Override
                    protected void onTimer(long nowNanos) {
                        fired.countDown();
                    }
                },
                now));
        assertThat(fired.await(60, TimeUnit.SECONDS)).isTrue();
        agent.close();
        assertThat(agent.awaitEnd(TimeUnit.SECONDS.toNanos(60))).isTrue();
        assertThat(poller.wakeups).hasValue(0);
    }

    /** Prevents a flood of mail from starving timers, duties and I/O. */
    @Test
    void turn_whenThereIsMoreMailThanItsLimit_comesBackForTheRest() {
        LoopAgent agent = agent(duty("duty"));
        int[] ran = {0};
        for (int i = 0; i < LoopAgent.MAIL_LIMIT + 10; i++) {
            mailbox.post(now -> ran[0]++);
        }

        assertThat(agent.turn()).isZero();
        assertThat(ran[0]).isEqualTo(LoopAgent.MAIL_LIMIT);
        assertThat(events).containsExactly("duty");
        assertThat(agent.turn()).isEqualTo(Long.MAX_VALUE);
        assertThat(ran[0]).isEqualTo(LoopAgent.MAIL_LIMIT + 10);
    }

    @Test
    void turn_whenEverythingThrows_livesOn() {
        Poller broken = new Poller() {
            @Override
            public void poll(long timeoutNanos) throws IOException {
                throw new IOException("meant");
            }

            @Override
            public void wakeup() {}
        };
        LoopDuty failing = now -> {
            throw new AssertionError("meant");
        };
        LoopAgent agent = own(new LoopAgent(
                "test", clock, mailbox, timers, broken, List.of(failing, duty("after the failing duty"))));
        mailbox.post(now -> {
            throw new StackOverflowError("meant");
        });
        mailbox.post(now -> events.add("after the failing task"));
        timers.schedule(
                new Timer() {
                    @Override
                    protected void onTimer(long nowNanos) {
                        throw new IllegalStateException("meant");
                    }
                },
                clock.nanoTime());
        timers.schedule(timer("after the failing timer"), clock.nanoTime());

        assertThat(agent.turn()).isZero();
        assertThat(agent.turn()).as("a failing duty is no busy loop").isEqualTo(LoopAgent.FAILURE_PAUSE_NANOS);

        assertThat(events)
                .contains("after the failing task", "after the failing timer", "after the failing duty")
                .hasSize(4);
        assertThat(agent.failureCount()).isEqualTo(6);
    }

    @Test
    void thread_whenATaskThrows_runsTheNext() throws Exception {
        LoopAgent agent = started();
        CountDownLatch next = new CountDownLatch(1);
        mailbox.post(now -> {
            throw new LinkageError("meant");
        });
        mailbox.post(now -> next.countDown());
        assertThat(next.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(agent.hasEnded()).isFalse();
    }

    /** Prevents an interrupt, which no one clears, from making every wait return at once. */
    @Test
    void thread_whenInterrupted_clearsTheInterrupt() throws Exception {
        CountDownLatch clear = new CountDownLatch(1);
        int[] turns = {0};
        agent(now -> {
                    if (turns[0]++ == 0) {
                        Thread.currentThread().interrupt();
                        return true;
                    }
                    if (!Thread.currentThread().isInterrupted()) {
                        clear.countDown();
                    }
                    return false;
                })
                .start();
        assertThat(clear.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void stop_runsWaitingMailThenTheLastTaskThenEnds() throws Exception {
        LoopAgent agent = own(new LoopAgent("test", clock, mailbox, timers, poller, List.of()));
        mailbox.post(now -> events.add("mail"));
        agent.stop(now -> events.add("last"));
        agent.stop(now -> events.add("too late"));
        agent.start();

        assertThat(agent.awaitEnd(TimeUnit.SECONDS.toNanos(60))).isTrue();
        assertThat(events).containsExactly("mail", "last");
        assertThat(mailbox.post(now -> {})).isFalse();
    }

    @Test
    void stop_inASimulation_endsWithTheNextTurn() {
        LoopAgent agent = agent();
        agent.stop(now -> events.add("last"));
        assertThat(agent.turn()).isEqualTo(Long.MAX_VALUE);
        assertThat(agent.hasEnded()).isTrue();
        assertThat(agent.turn()).isEqualTo(Long.MAX_VALUE);
        assertThat(events).containsExactly("last");
    }

    @Test
    void inLoop_isTrueOnlyOnTheLoop() throws Exception {
        LoopAgent agent = started();
        boolean[] inside = {false};
        CountDownLatch looked = new CountDownLatch(1);
        mailbox.post(now -> {
            inside[0] = agent.inLoop();
            looked.countDown();
        });
        assertThat(looked.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(inside[0]).isTrue();
        assertThat(agent.inLoop()).isFalse();
        assertThatThrownBy(agent::assertInLoop).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> timers.schedule(timer("x"), 0)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(agent::turn).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(agent::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void limiter_permitsSoManyInAWindowAndCountsTheRest() {
        LogLimiter limiter = new LogLimiter(2, 100);
        long now = Long.MAX_VALUE - 20;
        assertThat(limiter.permits(now)).isTrue();
        assertThat(limiter.permits(now + 1)).isTrue();
        assertThat(limiter.permits(now + 99)).isFalse();
        assertThat(limiter.permits(now + 100)).isTrue();
        assertThat(limiter.takeSuppressedCount()).isEqualTo(1);
        assertThat(limiter.takeSuppressedCount()).isZero();
    }

    private LoopAgent started() {
        LoopAgent agent = agent();
        agent.start();
        return agent;
    }

    private LoopAgent agent(LoopDuty... duties) {
        return own(new LoopAgent("test", clock, mailbox, timers, poller, List.of(duties)));
    }

    private LoopAgent own(LoopAgent agent) {
        agents.add(agent);
        return agent;
    }

    private LoopDuty duty(String name) {
        return now -> {
            events.add(name);
            return false;
        };
    }

    private Timer timer(String name) {
        return new Timer() {
            @Override
            protected void onTimer(long nowNanos) {
                events.add(name);
            }
        };
    }
}
