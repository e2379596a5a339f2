package io.penstock.internal.completion;

import io.penstock.producer.TopicPartition;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A batch that completes while its caller cancels the future: one callback, one return of the memory, one result. */
public class CompletionStress {

    @JCStressTest
    @Outcome(id = "1, 1, [12]", expect = Expect.ACCEPTABLE, desc = "told once; the future says what came first")
    @Outcome(expect = Expect.FORBIDDEN, desc = "told twice or never, or memory lost")
    @State
    public static class CompleteBesideCancel {
        private int callbacks;
        private int releases;
        private final RecordPromise promise = new RecordPromise(0, 1, 1, (metadata, failure) -> callbacks++);
        private final BatchCompletion completion;

        public CompleteBesideCancel() {
            PromiseList promises = new PromiseList();
            promises.add(promise);
            completion = new BatchCompletion(
                    new TopicPartition("t", 0), promises, new BatchResult.Written(7, -1), () -> releases++);
        }

        @Actor
        public void callbackThread() {
            completion.run();
        }

        @Actor
        public void caller() {
            promise.cancel(true);
        }

        @Arbiter
        public void after(III_Result result) {
            result.r1 = callbacks;
            result.r2 = releases;
            result.r3 = !promise.isDone()
                    ? 0
                    : promise.isCancelled() ? 1 : promise.join().offset() == 7 ? 2 : 3;
        }
    }
}
