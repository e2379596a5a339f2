package io.penstock.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The rows of the comparison, with the marks they are held to. */
final class Workloads {

    private static final Map<String, Object> LARGE_BATCHES = Map.of("batch.size", 131_072);
    private static final String RECORD =
            "more than half of the time is a record's own cost on the sending thread, and not a batch's: reading the clock for its"
                    + " timestamp, writing it, appending it under the partition's lock";
    private static final String CHEAPER_THERE =
            RECORD + "; and kafka-clients is cheaper here than where the mark was set. Tried: ";
    private static final String ONE_RECORD = RECORD
            + ". Tried with values as bytes: a record written in one place (105 of 111 ns), no atomic in the sticky partitioner (100 of 103),"
            + " no clock (83 of 103, but each record reads it)";
    private static final String SMALL_BATCHES = CHEAPER_THERE
            + "looking at queues without their lock, promises inside of their batch, lists in place of deques, batches that share no"
            + " lines of the cache; none showed. Promises of eight batches turned round together: 0.95 over 1,000";
    private static final String FEW_A_BATCH =
            "a batch has about six records, and most of the rest is waiting for memory last touched 10,000 records ago. Tried: batches that"
                    + " begin with a quarter of a page (0.45 of before), promises of eight batches turned round together (0.92)";
    private static final String MOVING_ON = CHEAPER_THERE
            + "longer stays, more memory, a heap that is never collected, large pages for it; only fewer stores of"
            + " references showed (4 %). For trial: no atomic in the sticky partitioner, one metadata object for a batch; neither showed";
    private static final String KERNEL =
            "the machine's floor for these bytes, above all the kernel's copy into the socket (some 40 %) and the checksum, is a large"
                    + " part of both sides' cost; only the rest can be saved. Tried: neighbouring pages as one piece (0.82), socket buffers"
                    + " that the system sizes (0.85 to 0.96), more and less memory (1.02, 0.94), callers woken for many batches at a time"
                    + " (0.91 to 1.03)";
    private static final String ONE_LOCK =
            "without keys all threads send to one partition at a time, and meet in its lock: nine times"
                    + " the futex calls of one thread. Tried: longer stays (0.40 to 0.31), fewer stores of references (nothing)";
    private static final String CODEC =
            "half of it and more is the codec's own time, with lz4 and snappy the same on both sides for the same bytes. Tried: one"
                    + " shot instead of a stream, contexts used again, tables that fit the cache, blocks of other sizes, a codec in Java;"
                    + " for zstd a single small table where trials show that it costs no size (0.86 and 0.66)";

    /** What is asked of it is not a ratio to others but that it costs no more than one partition alone. */
    private static final Mark AS_WITH_ONE = Mark.inTable(OtherTables.KNOWN);

    private static final double HALF = 0.5;
    private static final double TWO_THIRDS = 2.0 / 3;

    /** Against a broker that acknowledges at once. */
    static final List<Workload> ALL = List.of(
            noise("100 B, 1 partition", Mark.of(0.22, 0.85).because(ONE_RECORD), 100, 1, 0)
                    .main(),
            noise("100 B, 16 partitions", Mark.of(0.25, 1.00).because(MOVING_ON), 100, 16, 0)
                    .main(),
            noise("100 B, round robin over 100", Mark.of(0.35, 1.36).because(SMALL_BATCHES), 100, 100, 100)
                    .main(),
            noise("100 B, round robin over 1,000", Mark.of(0.5, 5.3).because(SMALL_BATCHES), 100, 1_000, 1_000),
            noise("100 B, round robin over 10,000", Mark.of(0.8, 24.4).because(FEW_A_BATCH), 100, 10_000, 10_000)
                    .main(),
            noise("100 B, 10,000 partitions known, one used", AS_WITH_ONE, 100, 10_000, 1),
            noise("100 B, 100,000 partitions known, one used", AS_WITH_ONE, 100, 100_000, 1),
            noise("1 KiB, defaults", Mark.of(0.6, 3.5).because(KERNEL), 1024, 1, 0)
                    .main(),
            noise("1 KiB, batch.size 128 KiB", Mark.of(0.6, 1.6).because(KERNEL), 1024, 1, 0)
                    .with(LARGE_BATCHES),
            noise("10 KiB, defaults", Mark.of(5, 42.8).because(KERNEL), 10_240, 1, 0),
            noise("10 KiB, batch.size 128 KiB", Mark.of(4.5, 9.4).because(KERNEL), 10_240, 1, 0)
                    .with(LARGE_BATCHES)
                    .main(),
            json("100 B JSON, lz4", HALF, 100, "lz4"),
            json("100 B JSON, snappy", HALF, 100, "snappy"),
            json("100 B JSON, zstd", HALF, 100, "zstd"),
            json("1 KiB JSON, lz4", TWO_THIRDS, 1024, "lz4"),
            json("1 KiB JSON, zstd", TWO_THIRDS, 1024, "zstd"),
            Workload.of(
                    "100 B, 16 threads, 16 partitions",
                    Mark.of(0.35, 1.61).because(ONE_LOCK),
                    Shape.noise(100, 16, 0).threads(16)));

    /** Values as {@code String}s; no mark was set for them but that of bytes. */
    static final List<Workload> TEXTS = List.of(
            text("100 B String, 1 partition", Mark.of(0.22, 0.85).because(ONE_RECORD), 100),
            text("1 KiB String, defaults", Mark.of(0.6, 3.5).because(KERNEL), 1024));

    /** One partition used of so many known. */
    static final List<Workload> KNOWN = List.of(
            noise("100 B, 1 partition known and used", Mark.ratio(1), 100, 1, 1),
            named("100 B, 10,000 partitions known, one used"),
            named("100 B, 100,000 partitions known, one used"));

    /** In which a loop has more to do than the sending thread. */
    static final List<Workload> LOOPS = List.of(
            Workload.of(
                            "1 KiB JSON, zstd, 16 partitions in turn",
                            Marks.LOOP_MORE,
                            new Shape(Content.JSON, 1024, 16, 16, 1))
                    .with(Map.of("compression.type", "zstd")),
            noise("10 KiB, 16 partitions in turn", Marks.LOOP_MORE, 10_240, 16, 16));

    private Workloads() {}

    /** At least one. */
    static List<Workload> containing(String part) {
        List<Workload> found = Stream.of(ALL, TEXTS)
                .flatMap(List::stream)
                .filter(each -> each.name().contains(part))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("No workload's name contains \"" + part + "\"");
        }
        return found;
    }

    static Workload named(String name) {
        return Stream.of(ALL, TEXTS, KNOWN, LOOPS)
                .flatMap(List::stream)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No workload is called " + name));
    }

    private static Workload noise(String name, Mark mark, int valueBytes, int partitions, int spread) {
        return Workload.of(name, mark, Shape.noise(valueBytes, partitions, spread));
    }

    private static Workload json(String name, double mark, int valueBytes, String codec) {
        return Workload.of(name, Mark.ratio(mark).because(CODEC), new Shape(Content.JSON, valueBytes, 1, 0, 1))
                .with(Map.of("compression.type", codec));
    }

    private static Workload text(String name, Mark mark, int valueBytes) {
        return Workload.of(name, mark, new Shape(Content.TEXT, valueBytes, 1, 0, 1));
    }
}
