package io.penstock.wire.compress;

import java.util.Locale;

/**
 * How the records of a batch are compressed.
 *
 * <p>Stateless. The {@link #id()} is what the low three bits of a batch's attributes hold, the {@link #label()} what
 * {@code compression.type} says. Levels mean what the codec says; a higher one is slower and smaller.
 */
public enum CompressionType {
    NONE(0, 0, 0, 0),
    GZIP(1, 1, 9, -1),
    SNAPPY(2, 0, 0, 0),
    LZ4(3, 1, 17, 9),
    ZSTD(4, -131_072, 22, 3);

    private static final CompressionType[] BY_ID = values();

    private final int id;
    private final String label;
    private final int lowestLevel;
    private final int highestLevel;
    private final int defaultLevel;

    CompressionType(int id, int lowestLevel, int highestLevel, int defaultLevel) {
        this.id = id;
        this.label = name().toLowerCase(Locale.ROOT);
        this.lowestLevel = lowestLevel;
        this.highestLevel = highestLevel;
        this.defaultLevel = defaultLevel;
    }

    /** The number in a batch's attributes, 0 to 4. */
    public int id() {
        return id;
    }

    /** The name in the configuration, in lower case. */
    public String label() {
        return label;
    }

    /** The fastest level; 0 when the codec has no levels. */
    public int lowestLevel() {
        return lowestLevel;
    }

    /** The smallest-output level; 0 when the codec has no levels. */
    public int highestLevel() {
        return highestLevel;
    }

    /** The level taken when none is configured; gzip's -1 leaves the choice to zlib. */
    public int defaultLevel() {
        return defaultLevel;
    }

    /** Whether {@code level} can be given to this codec; its default always can. */
    public boolean acceptsLevel(int level) {
        return level == defaultLevel || (level >= lowestLevel && level <= highestLevel);
    }

    /**
     * The type with this id.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static CompressionType forId(int id) {
        if (id < 0 || id >= BY_ID.length) {
            throw new IllegalArgumentException("Unknown compression type id " + id + "; known are 0 to 4");
        }
        return BY_ID[id];
    }

    /**
     * The type with this {@link #label()}; exact, as Kafka takes it.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static CompressionType forName(String name) {
        for (CompressionType type : BY_ID) {
            if (type.label.equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException(
                "Unknown compression type '" + name + "'; known are none, gzip, snappy, lz4, zstd");
    }
}
