/** Kafka's bytes: primitives, record batches, compression and the messages of the protocol. */
module io.penstock.wire {
    requires static org.jspecify;
    requires static com.github.luben.zstd_jni;
    requires static org.lz4.java;
    requires static snappy.java;

    exports io.penstock.wire;
    exports io.penstock.wire.compress;
    exports io.penstock.wire.message;
    exports io.penstock.wire.record;
}
