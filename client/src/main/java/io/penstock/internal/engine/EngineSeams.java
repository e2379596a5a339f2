package io.penstock.internal.engine;

import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.admission.AdmissionExecutor;
import io.penstock.internal.admission.Parking;
import io.penstock.internal.completion.CompletionQueue;
import io.penstock.internal.loop.Clock;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Everything by which time, network, threads and randomness enter; nothing else in the engine does.
 *
 * @param loops those of each loop, at least one
 * @param callerRandom gives any calling thread a source
 * @param parking how calling threads block
 * @param pages makes the pool of so many bytes; a test's poisons what goes back
 */
public record EngineSeams(
        Clock clock,
        List<LoopSeams> loops,
        CompletionQueue completions,
        AdmissionExecutor admission,
        Supplier<? extends RandomGenerator> callerRandom,
        Parking parking,
        LongFunction<PagePool> pages) {

    /** Of the loop that also looks after what there is once: metadata, transactions, telemetry. */
    LoopSeams first() {
        return loops.get(0);
    }
}
