package io.penstock.benchmarks;

import java.util.List;
import java.util.Map;

/** The rows of the comparison against a broker that acknowledges at once, with the marks they are held to. */
final class Workloads {

    private static final Map<String, Object> LARGE_BATCHES = Map.of("batch.size", 131_072);

    static final List<Workload> ALL = List.of(
            plain("100 B, 1 partition", 0.26, 100, 1, 0).main(),
            plain("100 B, 16 partitions", 0.25, 100, 16, 0).main(),
            plain("100 B, round robin over 100", 0.26, 100, 100, 100).main(),
            plain("100 B, round robin over 1,000", 0.09, 100, 1_000, 1_000),
            plain("100 B, round robin over 10,000", 0.03, 100, 10_000, 10_000).main(),
            plain("100 B, 10,000 partitions known, one used", 0.04, 100, 10_000, 1),
            plain("100 B, 100,000 partitions known, one used", 0.04, 100, 100_000, 1),
            plain("1 KiB, defaults", 0.17, 1024, 1, 0).main(),
            plain("1 KiB, batch.size 128 KiB", 0.38, 1024, 1, 0).with(LARGE_BATCHES),
            plain("10 KiB, defaults", 0.12, 10_240, 1, 0),
            plain("10 KiB, batch.size 128 KiB", 0.48, 10_240, 1, 0)
                    .with(LARGE_BATCHES)
                    .main(),
            json("100 B JSON, lz4", 0.5, 100, "lz4"),
            json("100 B JSON, snappy", 0.5, 100, "snappy"),
            json("100 B JSON, zstd", 0.5, 100, "zstd"),
            json("1 KiB JSON, lz4", 0.67, 1024, "lz4"),
            json("1 KiB JSON, zstd", 0.67, 1024, "zstd"),
            plain("100 B, 16 threads, 16 partitions", 0.22, 100, 16, 0).threads(16));

    private Workloads() {}

    static Workload named(String name) {
        return ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No workload is called " + name));
    }

    private static Workload plain(String name, double mark, int valueBytes, int partitions, int spread) {
        return new Workload(name, mark, valueBytes, partitions, spread, 1, false, Map.of(), false);
    }

    private static Workload json(String name, double mark, int valueBytes, String codec) {
        return new Workload(name, mark, valueBytes, 1, 0, 1, true, Map.of("compression.type", codec), false);
    }
}
