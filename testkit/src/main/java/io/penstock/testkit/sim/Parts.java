package io.penstock.testkit.sim;

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
        World world,
        FakeCluster cluster,
        History history,
        SimProducers producers,
        StoredLogs logs,
        TransactionBook book) {}
