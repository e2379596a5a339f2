package io.penstock.wire.compress;

import org.jspecify.annotations.Nullable;

/**
 * One decompressor of each codec, made when first needed.
 *
 * <p>Owned by one thread at a time; holds at most five. Close it to free what is native.
 */
public final class Decompressors implements AutoCloseable {

    private final @Nullable Decompressor[] byId = new @Nullable Decompressor[CompressionType.values().length];

    /**
     * The decompressor of this codec, always the same one.
     *
     * @throws IllegalStateException when the codec's library is missing or does not load on this machine
     */
    public Decompressor of(CompressionType type) {
        Decompressor known = byId[type.id()];
        if (known == null) {
            known = Compressors.createDecompressor(type);
            byId[type.id()] = known;
        }
        return known;
    }

    @Override
    public void close() {
        for (int i = 0; i < byId.length; i++) {
            Decompressor known = byId[i];
            if (known != null) {
                known.close();
                byId[i] = null;
            }
        }
    }
}
