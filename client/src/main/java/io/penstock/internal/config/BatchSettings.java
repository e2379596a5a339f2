package io.penstock.internal.config;

import io.penstock.wire.compress.CompressionType;

/**
 * How records become batches.
 *
 * <p>{@code buffer.memory.allocation.strategy} has no place here: pages are always taken as records come, which is what {@code
 * incremental} means and more than {@code full} promises.
 *
 * @param batchSizeBytes the size at which a batch is sent without lingering; 0 for one record a batch
 * @param batchSizeSet whether the user chose it
 * @param maxRequestSizeBytes bounds a record as well
 * @param compressionLevel the type's default when it was not set or the type has none
 */
public record BatchSettings(
        int batchSizeBytes,
        boolean batchSizeSet,
        long lingerNanos,
        long bufferMemoryBytes,
        int maxRequestSizeBytes,
        CompressionType compressionType,
        int compressionLevel) {

    static BatchSettings from(ConfigValues values) {
        CompressionType type = CompressionType.forName(values.text("compression.type"));
        return new BatchSettings(
                values.number("batch.size"),
                values.isSet("batch.size"),
                values.nanos("linger.ms"),
                values.longNumber("buffer.memory"),
                values.number("max.request.size"),
                type,
                level(type, values));
    }

    private static int level(CompressionType type, ConfigValues values) {
        String key = "compression." + type.label() + ".level";
        return ConfigKeys.find(key) == null ? type.defaultLevel() : values.number(key);
    }
}
