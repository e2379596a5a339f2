package io.penstock.internal.engine;

import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.admission.AdmissionExecutor;
import io.penstock.internal.admission.Parking;
import io.penstock.internal.completion.CompletionQueue;
import io.penstock.internal.loop.Clock;
import io.penstock.internal.loop.Mailbox;
import io.penstock.internal.network.HostResolver;
import io.penstock.internal.network.SaslExchanges;
import io.penstock.internal.network.Transport;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Everything by which time, network, threads and randomness enter; nothing else in the engine does.
 *
 * @param random the loop's own source
 * @param callerRandom gives any calling thread a source
 * @param parking how calling threads block
 * @param pages makes the pool of so many bytes; a test's poisons what goes back
 * @param sasl authenticates connections
 */
public record EngineSeams(
        Clock clock,
        Mailbox mailbox,
        Transport transport,
        HostResolver resolver,
        CompletionQueue completions,
        AdmissionExecutor admission,
        Random random,
        Supplier<? extends RandomGenerator> callerRandom,
        Parking parking,
        LongFunction<PagePool> pages,
        SaslExchanges sasl) {}
