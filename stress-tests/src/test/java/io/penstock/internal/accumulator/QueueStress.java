package io.penstock.internal.accumulator;

import io.penstock.internal.completion.RecordPromise;
import io.penstock.wire.record.HeaderSource;
import io.penstock.wire.record.KeyValue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Appends beside the loop that takes and seals: each record is in one batch, and none that was taken grows. */
public class QueueStress {
    private static final byte[] VALUE = {1, 2, 3};
    private static final HeaderSource NO_HEADERS = new HeaderSource() {
        @Override
        public int headerCount() {
            return 0;
        }

        @Override
        public String headerKey(int index) {
            throw new IndexOutOfBoundsException();
        }

        @Override
        public byte[] headerValue(int index) {
            throw new IndexOutOfBoundsException();
        }
    };

    /** A queue and the count of its calls to the loop. */
    abstract static class OneQueue {
        final PagePool pool = new PagePool(64 * 256);
        final RecordAccumulator accumulator =
                new RecordAccumulator(pool, BatchLimits.of(1_000, true, 1 << 20, pool.capacityBytes()), () -> 0L);
        volatile int calls;
        final PartitionQueue queue =
                accumulator.topic("t", (topic, queue) -> () -> calls++).queue(0);

        void append() {
            AppendOutcome outcome = queue.append(
                    new RecordPromise(0, -1, VALUE.length, null), KeyValue.of(null, VALUE), NO_HEADERS, null, false);
            if (outcome != AppendOutcome.APPENDED) {
                throw new IllegalStateException("append gave " + outcome);
            }
        }

        int drain() {
            int count = 0;
            for (ProducerBatch batch = queue.poll(); batch != null; batch = queue.poll()) {
                count += batch.recordCount();
                batch.release();
            }
            return count;
        }
    }

    /** Two appends of one caller beside a poll: what the poll saw does not change, and two records come out in all. */
    @JCStressTest
    @Outcome(id = "0, 2, 0", expect = Expect.ACCEPTABLE, desc = "polled before both")
    @Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "between them")
    @Outcome(id = "2, 0, 0", expect = Expect.ACCEPTABLE, desc = "after both")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a record lost, doubled, or put into a taken batch")
    @State
    public static class AppendBesidePoll extends OneQueue {
        private volatile ProducerBatch taken;
        private int seen;

        @Actor
        public void caller() {
            append();
            append();
        }

        @Actor
        public void loop() {
            ProducerBatch batch = queue.poll();
            seen = batch == null ? 0 : batch.recordCount();
            taken = batch;
        }

        @Arbiter
        public void after(III_Result result) {
            ProducerBatch batch = taken;
            int late = batch == null ? 0 : batch.recordCount() - seen;
            result.r1 = seen;
            result.r2 = drain();
            result.r3 = late;
            if (batch != null) {
                batch.release();
            }
            if (pool.availableBytes() != pool.capacityBytes()) {
                result.r3 = 9;
            }
        }
    }

    /** Two callers beside a poll, on machines with three cores: what the poll saw does not change, and two records come out in all. */
    @JCStressTest
    @Outcome(id = "0, 2, 0", expect = Expect.ACCEPTABLE, desc = "polled before both")
    @Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "between them")
    @Outcome(id = "2, 0, 0", expect = Expect.ACCEPTABLE, desc = "after both")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a record lost, doubled, or put into a taken batch")
    @State
    public static class TwoAppendsBesidePoll extends OneQueue {
        private volatile ProducerBatch taken;
        private int seen;

        @Actor
        public void caller1() {
            append();
        }

        @Actor
        public void caller2() {
            append();
        }

        @Actor
        public void loop() {
            ProducerBatch batch = queue.poll();
            seen = batch == null ? 0 : batch.recordCount();
            taken = batch;
        }

        @Arbiter
        public void after(III_Result result) {
            ProducerBatch batch = taken;
            int late = batch == null ? 0 : batch.recordCount() - seen;
            result.r1 = seen;
            result.r2 = drain();
            result.r3 = late;
            if (batch != null) {
                batch.release();
            }
            if (pool.availableBytes() != pool.capacityBytes()) {
                result.r3 = 9;
            }
        }
    }

    /** The first record of a queue that the loop finds empty: it sees the record, or is called. */
    @JCStressTest
    @Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "looked before, and was called")
    @Outcome(id = "1, [01], 1", expect = Expect.ACCEPTABLE, desc = "saw it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "nobody looks at the record any more")
    @State
    public static class AppendBesideExamine extends OneQueue {

        public AppendBesideExamine() {
            append();
            drain();
            calls = 0; // woken for the first record, which is gone; the loop looks again
        }

        @Actor
        public void caller() {
            append();
        }

        @Actor
        public void loop(III_Result result) {
            result.r1 = queue.examine(0, 0) == PartitionQueue.NEVER ? 0 : 1;
        }

        @Arbiter
        public void after(III_Result result) {
            result.r2 = calls;
            result.r3 = drain();
        }
    }

    /** An append beside the close: refused, or there for the close to fail. */
    @JCStressTest
    @Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "in time")
    @Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "refused")
    @Outcome(expect = Expect.FORBIDDEN, desc = "taken in after the last look")
    @State
    public static class AppendBesideClose extends OneQueue {
        private int found;

        @Actor
        public void caller(III_Result result) {
            result.r1 = queue.append(
                                    new RecordPromise(0, -1, VALUE.length, null),
                                    KeyValue.of(null, VALUE),
                                    NO_HEADERS,
                                    null,
                                    false)
                            == AppendOutcome.CLOSED
                    ? 0
                    : 1;
        }

        @Actor
        public void closer() {
            accumulator.close();
            found = drain();
        }

        @Arbiter
        public void after(III_Result result) {
            result.r2 = found;
            result.r3 = drain();
        }
    }
}
