package io.penstock.testkit.sim;

import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.engine.Engine;
import io.penstock.testkit.fake.FakeCluster;

/** What one run is put together from. */
record Parts(
        SimPlan plan,
        SimClock clock,
        Agenda agenda,
        Trace trace,
        Findings findings,
        SimNetwork network,
        SimResolver resolver,
        SimThread callbacks,
        SimThread admission,
        World world,
        FakeCluster cluster,
        Engine<byte[], byte[]> engine,
        PagePool pages,
        History history,
        FlushAndClose calls,
        StoredLogs logs) {}
