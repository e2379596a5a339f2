package io.penstock.wire.compress;

/**
 * Makes compressors and decompressors.
 *
 * <p>Stateless. The codec libraries are optional dependencies: each is touched only here, when its codec is first asked
 * for, and one that is missing is named in the error.
 */
public final class Compressors {

    private Compressors() {}

    /**
     * A compressor of its own; close it to free what is native.
     *
     * @param level as {@link CompressionType#acceptsLevel}; ignored by codecs without levels
     * @throws IllegalArgumentException when the codec has no such level
     * @throws IllegalStateException when the codec's library is missing or does not load on this machine
     */
    public static Compressor create(CompressionType type, int level) {
        boolean hasLevels = type.lowestLevel() != type.highestLevel();
        if (hasLevels && !type.acceptsLevel(level)) {
            throw new IllegalArgumentException("Compression level " + level + " is not one of " + type.label() + "'s: "
                    + type.lowestLevel() + " to " + type.highestLevel() + ", default " + type.defaultLevel());
        }
        try {
            return switch (type) {
                case NONE -> new NoCompressor();
                case GZIP -> new GzipCompressor(level);
                case SNAPPY -> new SnappyCompressor();
                case LZ4 -> new Lz4Compressor(level);
                case ZSTD -> new ZstdCompressor(level);
            };
        } catch (LinkageError e) {
            throw unavailable(type, e);
        }
    }

    /** A compressor with the codec's default level. */
    public static Compressor create(CompressionType type) {
        return create(type, type.defaultLevel());
    }

    /**
     * A decompressor of its own; close it to free what is native.
     *
     * @throws IllegalStateException when the codec's library is missing or does not load on this machine
     */
    public static Decompressor createDecompressor(CompressionType type) {
        try {
            return switch (type) {
                case NONE -> new NoDecompressor();
                case GZIP -> new GzipDecompressor();
                case SNAPPY -> new SnappyDecompressor();
                case LZ4 -> new Lz4Decompressor();
                case ZSTD -> new ZstdDecompressor();
            };
        } catch (LinkageError e) {
            throw unavailable(type, e);
        }
    }

    private static IllegalStateException unavailable(CompressionType type, LinkageError cause) {
        String library =
                switch (type) {
                    case SNAPPY -> "org.xerial.snappy:snappy-java (module snappy.java)";
                    case LZ4 -> "at.yawk.lz4:lz4-java (module org.lz4.java)";
                    case ZSTD -> "com.github.luben:zstd-jni (module com.github.luben.zstd_jni)";
                    case NONE, GZIP -> "nothing beyond the JDK";
                };
        boolean missing = cause instanceof NoClassDefFoundError && cause.getCause() instanceof ClassNotFoundException;
        return new IllegalStateException(
                missing
                        ? "Compression type " + type.label() + " needs the artifact " + library
                                + ": add it to the class path or, on the module path, resolve it with --add-modules"
                        : "Compression type " + type.label() + ": the artifact " + library
                                + " is there but does not load on this machine: " + cause,
                cause);
    }
}
