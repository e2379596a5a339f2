package io.penstock.benchmarks;

/** A producer's calls around its transactions; both APIs have the same. Used by the one thread that works with the side. */
record TransactionCalls(Runnable init, Runnable begin, Runnable commit) {}
