package io.penstock.internal.sender;

import io.penstock.internal.accumulator.BatchSealer;
import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.completion.CompletionQueue;
import io.penstock.internal.identity.IdentityManager;
import io.penstock.internal.loop.Clock;
import io.penstock.internal.loop.Mailbox;
import io.penstock.internal.loop.Timers;
import io.penstock.internal.metrics.ProducerMetrics;
import io.penstock.internal.transaction.RecordGate;
import java.util.random.RandomGenerator;

/** The sender's neighbours, put together by the engine. */
public record SenderRooms(
        PagePool pool,
        BatchSealer sealer,
        IdentityManager identities,
        RecordGate gate,
        ProduceDispatcher dispatcher,
        ClusterNeeds needs,
        CompletionQueue completions,
        Mailbox mailbox,
        Timers timers,
        RandomGenerator random,
        ProducerMetrics metrics,
        Clock clock) {}
