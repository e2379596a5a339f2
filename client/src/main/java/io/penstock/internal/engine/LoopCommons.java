package io.penstock.internal.engine;

import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.admission.LastFailure;
import io.penstock.internal.config.ProducerSettings;
import io.penstock.internal.metrics.SampleWindows;

/**
 * What a producer's loops have in common: each part is immutable or safe for several threads.
 *
 * @param transactions there is one loop only when it has any to do
 */
record LoopCommons(
        ProducerSettings settings,
        EngineSeams seams,
        SampleWindows windows,
        PagePool pool,
        TransactionRoom transactions,
        LastFailure lastFailure) {}
