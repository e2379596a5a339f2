package io.penstock.benchmarks;

/** What the values are. */
enum Content {
    /** Bytes that do not compress. */
    NOISE,

    /** The bytes of JSON texts, which compress. */
    JSON,

    /** The same texts as {@code String}s, to be serialized by the producer. */
    TEXT
}
