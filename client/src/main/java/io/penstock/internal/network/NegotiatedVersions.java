package io.penstock.internal.network;

import io.penstock.wire.message.ApiKey;
import java.util.Map;

/**
 * What a broker said it speaks, for one connection. Immutable.
 *
 * <p>Keys that this client does not know are left out, so its size is bounded whatever the broker says.
 */
public final class NegotiatedVersions {

    /** Nothing is spoken: the state before the handshake. */
    public static final NegotiatedVersions NONE = new NegotiatedVersions(new short[0], new short[0], Map.of());

    private final short[] oldest;
    private final short[] newest;
    private final Map<String, Short> finalizedFeatures;

    /** Both arrays are by ordinal of the key; newest is -1 for a key that the broker does not offer. */
    NegotiatedVersions(short[] oldest, short[] newest, Map<String, Short> finalizedFeatures) {
        this.oldest = oldest;
        this.newest = newest;
        this.finalizedFeatures = Map.copyOf(finalizedFeatures);
    }

    /** The highest version of the key that both sides speak and that is not above our cap, or -1. */
    public short highest(ApiKey key, short ourCap) {
        int index = key.ordinal();
        if (index >= newest.length) {
            return -1;
        }
        int highest = Math.min(newest[index], Math.min(key.highestVersion(), ourCap));
        int lowest = Math.max(oldest[index], key.lowestVersion());
        return highest >= lowest ? (short) highest : -1;
    }

    /** As {@link #highest(ApiKey, short)}, without a cap. */
    public short highest(ApiKey key) {
        return highest(key, Short.MAX_VALUE);
    }

    /** Cluster-wide features by name and level ({@code transaction.version}); empty when the broker tells none. */
    public Map<String, Short> finalizedFeatures() {
        return finalizedFeatures;
    }
}
