package io.penstock.benchmarks;

import java.util.List;
import java.util.Map;

/** The rows of the comparison against a broker that acknowledges at once. */
final class Workloads {

    static final List<Workload> ALL = List.of(
            plain("100 B, 1 partition", 100, 1, 0, Map.of(), 1_000_000),
            plain("100 B, 16 partitions", 100, 16, 0, Map.of(), 1_000_000),
            plain("100 B, round robin over 100", 100, 100, 100, Map.of(), 1_000_000),
            plain("100 B, round robin over 1,000", 100, 1_000, 1_000, Map.of(), 300_000),
            plain("100 B, round robin over 10,000", 100, 10_000, 10_000, Map.of(), 100_000),
            plain("100 B, 10,000 partitions known, one used", 100, 10_000, 1, Map.of(), 300_000),
            plain("1 KiB, defaults", 1024, 1, 0, Map.of(), 300_000),
            plain("1 KiB, batch.size 128 KiB", 1024, 1, 0, Map.of("batch.size", 131_072), 300_000),
            plain("10 KiB, defaults", 10_240, 1, 0, Map.of(), 30_000),
            plain("10 KiB, batch.size 128 KiB", 10_240, 1, 0, Map.of("batch.size", 131_072), 60_000),
            json("100 B JSON, lz4", 100, "lz4", 1_000_000),
            json("100 B JSON, snappy", 100, "snappy", 1_000_000),
            json("100 B JSON, zstd", 100, "zstd", 1_000_000),
            json("1 KiB JSON, lz4", 1024, "lz4", 200_000),
            json("1 KiB JSON, zstd", 1024, "zstd", 200_000),
            new Workload("100 B, 16 threads, 16 partitions", 100, 16, 0, 16, false, Map.of(), 1_000_000));

    private Workloads() {}

    private static Workload plain(
            String name, int valueBytes, int partitions, int spread, Map<String, Object> settings, int records) {
        return new Workload(name, valueBytes, partitions, spread, 1, false, settings, records);
    }

    private static Workload json(String name, int valueBytes, String codec, int records) {
        return new Workload(name, valueBytes, 1, 0, 1, true, Map.of("compression.type", codec), records);
    }
}
