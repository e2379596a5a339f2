package io.penstock.benchmarks;

/** What is held to a mark beside the CPU time of a {@link Workload}. Each is Penstock's figure over {@code kafka-clients}', at most. */
final class Marks {

    private static final String PROCESSES_DIFFER =
            "each side runs in a process of its own, and processes that do the same differ by as much: those with one partition known"
                    + " are in their table twice";

    /** Of compressed records on the wire: at most 2 % larger. */
    static final Mark COMPRESSED_SIZE = Mark.ratio(1.02);

    /** 100 B to one partition; both figures have the caller's own record in them. */
    static final Mark ALLOCATION = Mark.of(150, 427);

    /** Wall time, CPU time and resident memory of a cold start, each. */
    static final Mark COLD_START = Mark.ratio(1.0 / 3);

    /** One record a request: CPU time of the producer's own threads. */
    static final Mark REQUEST_CPU = Mark.of(15, 40)
            .because(
                    "three quarters of the loop's time are the kernel's: the packet's way into the broker's socket, the broker's"
                            + " wake-up, sleeping and being woken; a bare loop's figure is above. Tried: waking the callback thread once a"
                            + " turn (0.93 of before), and calling users back on the loop itself, which would save 1 us of 71");

    /** The same: what they allocate. */
    static final Mark REQUEST_ALLOCATION =
            Mark.of(0.5, 7.5).because("a batch, its completion, its request and its plan are made for each request");

    /** At a steady rate, p99 and p99.9; and the p99 of a transaction: below the other's. */
    static final Mark BELOW = Mark.ratio(1);

    static final Mark TLS = Mark.ratio(2.0 / 3).because("the cipher is the JDK's on both sides");

    /** Transactions a second, of {@code kafka-clients} over Penstock. */
    static final Mark TRANSACTION_RATE = Mark.ratio(1)
            .because(
                    "most of a transaction's time is the broker's, which moves by more than this from window to window");

    /** Behind Apache's interface, of what Penstock gains: no figure was set but "a small part"; this is ours. */
    static final Mark ADAPTER = Mark.ratio(0.15)
            .because("the translation makes a record, a future and a metadata object of Apache's for each of ours");

    /** Of Penstock over itself, where a difference is not to be measurable; windows vary by more than this. */
    static final Mark UNMEASURABLE = Mark.ratio(1.05).because(PROCESSES_DIFFER);

    /** The same of partitions that are known and not used. */
    static final Mark KNOWN = Mark.ratio(1.05)
            .because(PROCESSES_DIFFER + ". With both producers in one process 100,000 known cost 0.94 to 1.02 of one");

    /** CPU of a record with two loops, over that with one: more of them are for records/s. No figure was set; this is ours. */
    static final Mark LOOP_MORE = Mark.ratio(1.15)
            .because(
                    "each loop has half of the bytes of a request, and both share two cores with the sender and the broker");

    /** The median latency at this rate of records a second: it was to be below 80 us where {@code kafka-clients} had these. */
    static Mark medianLatency(int rate) {
        double theirs =
                switch (rate) {
                    case 10_000 -> 134;
                    case 50_000 -> 176;
                    case 200_000 -> 126;
                    default -> throw new IllegalArgumentException("No mark was set for " + rate + " records a second");
                };
        return Mark.of(80, theirs);
    }

    private Marks() {}
}
