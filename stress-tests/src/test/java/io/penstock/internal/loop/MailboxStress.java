package io.penstock.internal.loop;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZII_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** The hand-shakes of {@link Mailbox}: no wake-up is lost, and no task that was promised. */
public class MailboxStress {

    /** Counts wake-ups. */
    static final class CountingPoller implements Poller {
        volatile int wakeups;

        @Override
        public void poll(long timeoutNanos) {}

        @Override
        @SuppressWarnings("NonAtomicOperationOnVolatileField") // whoever wins the compare-and-set is alone here
        public void wakeup() {
            wakeups++;
        }
    }

    /** A post beside a loop that falls asleep: it stays awake or is woken. */
    @JCStressTest
    @Outcome(id = "false, 0, 1", expect = Expect.ACCEPTABLE, desc = "the loop saw the task")
    @Outcome(id = "false, 1, 1", expect = Expect.ACCEPTABLE, desc = "both saw the other; a wake-up too many")
    @Outcome(id = "true, 1, 1", expect = Expect.ACCEPTABLE, desc = "the poster saw the sleeper")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a lost wake-up or task")
    @State
    public static class PostBesideFallAsleep {
        private final Mailbox mailbox = new Mailbox();
        private final CountingPoller poller = new CountingPoller();
        private int ran;

        public PostBesideFallAsleep() {
            mailbox.attach(poller);
        }

        @Actor
        public void poster() {
            mailbox.post(now -> ran++);
        }

        @Actor
        public void loop(ZII_Result result) {
            result.r1 = mailbox.fallAsleep();
        }

        @Arbiter
        public void after(ZII_Result result) {
            mailbox.drain(0, 10);
            result.r2 = poller.wakeups;
            result.r3 = ran;
        }
    }

    /** Two posters beside a loop that falls asleep, on machines with three cores: at most one of them makes the system call. */
    @JCStressTest
    @Outcome(id = "false, [01], 2", expect = Expect.ACCEPTABLE, desc = "the loop saw a task")
    @Outcome(id = "true, 1, 2", expect = Expect.ACCEPTABLE, desc = "one poster woke the sleeper")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a lost wake-up or task, or one wake-up too many")
    @State
    public static class TwoPostsBesideFallAsleep {
        private final Mailbox mailbox = new Mailbox();
        private final CountingPoller poller = new CountingPoller();
        private int ran;

        public TwoPostsBesideFallAsleep() {
            mailbox.attach(poller);
        }

        @Actor
        public void poster1() {
            mailbox.post(now -> ran++);
        }

        @Actor
        public void poster2() {
            mailbox.post(now -> ran++);
        }

        @Actor
        public void loop(ZII_Result result) {
            result.r1 = mailbox.fallAsleep();
        }

        @Arbiter
        public void after(ZII_Result result) {
            mailbox.drain(0, 10);
            result.r2 = poller.wakeups;
            result.r3 = ran;
        }
    }

    /** A post beside the end of the loop: what it promises to run is found by the end's last look. */
    @JCStressTest
    @Outcome(id = "true, true, 0", expect = Expect.ACCEPTABLE, desc = "promised and run")
    @Outcome(
            id = "false, false, [01]",
            expect = Expect.ACCEPTABLE,
            desc = "refused; whether it stays in the queue is nobody's business")
    @Outcome(id = "false, true, 0", expect = Expect.ACCEPTABLE, desc = "refused but in time to be run")
    @Outcome(expect = Expect.FORBIDDEN, desc = "promised and not run")
    @State
    public static class PostBesideClose {
        private final Mailbox mailbox = new Mailbox();
        private boolean ran;

        @Actor
        public void poster(ZZI_Result result) {
            result.r1 = mailbox.post(now -> {});
        }

        @Actor
        public void loop() {
            mailbox.close();
            for (LoopTask task = mailbox.takePromised(); task != null; task = mailbox.takePromised()) {
                ran = true;
            }
        }

        @Arbiter
        public void after(ZZI_Result result) {
            result.r2 = ran;
            result.r3 = mailbox.takePromised() == null ? 0 : 1;
        }
    }
}
