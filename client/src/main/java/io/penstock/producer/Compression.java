package io.penstock.producer;

import org.jspecify.annotations.Nullable;

/**
 * A codec and its level ({@code compression.type}, {@code compression.<codec>.level}, KIP-390).
 *
 * <pre>{@code
 * var builder = KafkaProducer.builder(new StringSerializer(), new StringSerializer()).compression(Compression.zstd(3));
 * }</pre>
 *
 * <p>Levels are checked when the producer is built.
 *
 * @param type as in {@code compression.type}
 * @param level null for the codec's default
 */
public record Compression(String type, @Nullable Integer level) {
    public static Compression none() {
        return new Compression("none", null);
    }

    public static Compression snappy() {
        return new Compression("snappy", null);
    }

    public static Compression gzip() {
        return new Compression("gzip", null);
    }

    /** From 1, fast, to 9, small; -1 for the default. */
    public static Compression gzip(int level) {
        return new Compression("gzip", level);
    }

    public static Compression lz4() {
        return new Compression("lz4", null);
    }

    /** From 1, fast, to 17, small. */
    public static Compression lz4(int level) {
        return new Compression("lz4", level);
    }

    public static Compression zstd() {
        return new Compression("zstd", null);
    }

    /** From -131072, fast, to 22, small; 3 is the default. */
    public static Compression zstd(int level) {
        return new Compression("zstd", level);
    }
}
