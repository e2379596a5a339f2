package io.penstock.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimersTest {

    private final Timers timers = new Timers();
    private final List<String> fired = new ArrayList<>();

    @Test
    void fire_whenSeveralAreDue_runsThemInOrderOfDeadline() {
        timers.schedule(named("c"), 30);
        timers.schedule(named("a"), 10);
        timers.schedule(named("b"), 20);

        assertThat(timers.fire(20)).isEqualTo(2);

        assertThat(fired).containsExactly("a", "b");
        assertThat(timers.nextDeadlineNanos()).isEqualTo(30);
        assertThat(timers.idleNanos(25)).isEqualTo(5);
        assertThat(timers.idleNanos(31)).isZero();
    }

    /** The look taken at every power-of-twoth call must not be the only one that finds a timer that is due. */
    @Test
    void fire_atWhicheverCall_runsWhatIsDueAndNothingElse() {
        for (int call = 1; call <= 70; call++) {
            timers.schedule(named("due"), call);
            timers.schedule(named("later"), 1_000);

            assertThat(timers.fire(call)).isEqualTo(1);
            assertThat(timers.fire(call)).isZero();
        }
        assertThat(fired).hasSize(70).containsOnly("due");
    }

    @Test
    void fire_whenNothingIsScheduled_waitsForEver() {
        assertThat(timers.fire(0)).isZero();
        assertThat(timers.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(timers.idleNanos(-5)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void schedule_whenScheduledAlready_moves() {
        Timer timer = named("a");
        timers.schedule(timer, 10);
        timers.schedule(timer, 50);
        timers.schedule(named("b"), 30);

        timers.fire(40);
        assertThat(fired).containsExactly("b");
        timers.schedule(timer, 41);
        timers.fire(41);
        assertThat(fired).containsExactly("b", "a");
        assertThat(timers.count()).isZero();
    }

    @Test
    void cancel_whenNotScheduled_doesNothing() {
        Timer timer = named("a");
        timers.cancel(timer);
        timers.schedule(timer, 1);
        timers.cancel(timer);
        timers.cancel(timer);

        assertThat(timer.isScheduled()).isFalse();
        assertThat(timers.fire(10)).isZero();
    }

    /** Prevents the mistake of comparing absolute values of a clock that overflows. */
    @Test
    void fire_whenTheClockOverflows_keepsTheOrder() {
        long now = Long.MAX_VALUE - 5;
        timers.schedule(named("after"), now + 10);
        timers.schedule(named("before"), now + 1);

        assertThat(timers.idleNanos(now)).isEqualTo(1);
        timers.fire(now + 5);
        assertThat(fired).containsExactly("before");
        timers.fire(now + 10);
        assertThat(fired).containsExactly("before", "after");
    }

    /** Prevents the mistake of a timer that is always due again keeping the loop for itself. */
    @Test
    void fire_whenATimerIsDueAgainAtOnce_runsItOnceATurn() {
        int[] count = {0};
        Timer again = new Timer() {
            @Override
            protected void onTimer(long nowNanos) {
                count[0]++;
                timers.schedule(this, nowNanos);
            }
        };
        timers.schedule(again, 0);

        timers.fire(0);

        assertThat(count[0]).isEqualTo(1);
        assertThat(timers.idleNanos(0)).isZero();
    }

    @Test
    void fire_whenATimerThrows_leavesTheOthersScheduled() {
        timers.schedule(
                new Timer() {
                    @Override
                    protected void onTimer(long nowNanos) {
                        throw new IllegalStateException("meant");
                    }
                },
                1);
        timers.schedule(named("b"), 2);

        assertThatThrownBy(() -> timers.fire(5)).hasMessage("meant");
        timers.fire(5);

        assertThat(fired).containsExactly("b");
    }

    @Test
    void fire_whenATimerCancelsAnother_doesNotRunIt() {
        Timer victim = named("victim");
        timers.schedule(victim, 2);
        timers.schedule(
                new Timer() {
                    @Override
                    protected void onTimer(long nowNanos) {
                        timers.cancel(victim);
                    }
                },
                1);

        assertThat(timers.fire(5)).isEqualTo(1);
        assertThat(fired).isEmpty();
    }

    @Test
    void randomOperations_firesExactlyWhatASortedListWould() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Timers heap = new Timers();
            long[] dueAt = new long[100];
            List<Integer> ran = new ArrayList<>();
            Timer[] all = new Timer[dueAt.length];
            for (int i = 0; i < all.length; i++) {
                int index = i;
                dueAt[i] = -1;
                all[i] = new Timer() {
                    @Override
                    protected void onTimer(long nowNanos) {
                        ran.add(index);
                    }
                };
            }
            long now = 0;
            for (int step = 0; step < 500; step++) {
                int index = random.nextInt(all.length);
                switch (random.nextInt(4)) {
                    case 0, 1 -> heap.schedule(all[index], dueAt[index] = now + random.nextInt(50));
                    case 2 -> {
                        heap.cancel(all[index]);
                        dueAt[index] = -1;
                    }
                    default -> {
                        now += random.nextInt(20);
                        ran.clear();
                        heap.fire(now);
                        List<Long> deadlines = new ArrayList<>();
                        for (int i : ran) {
                            deadlines.add(dueAt[i]);
                            assertThat(dueAt[i]).as("seed %d", seed).isBetween(0L, now);
                            dueAt[i] = -1;
                        }
                        assertThat(deadlines).as("seed %d", seed).isSorted();
                    }
                }
                long earliest = Long.MAX_VALUE;
                int count = 0;
                for (long due : dueAt) {
                    if (due >= 0) {
                        earliest = Math.min(earliest, due);
                        count++;
                    }
                }
                assertThat(heap.nextDeadlineNanos()).as("seed %d", seed).isEqualTo(earliest);
                assertThat(heap.count()).as("seed %d", seed).isEqualTo(count);
            }
        }
    }

    private Timer named(String name) {
        return new Timer() {
            @Override
            protected void onTimer(long nowNanos) {
                fired.add(name);
            }
        };
    }
}
