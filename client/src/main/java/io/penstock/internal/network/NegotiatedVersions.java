package io.penstock.internal.network;

import io.penstock.wire.message.ApiKey;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a broker said it speaks, for one connection. Immutable.
 *
 * <p>Keys that this client does not know are left out, so its size is bounded whatever the broker says.
 */
public final class NegotiatedVersions {

    /** Nothing is spoken: the state before the handshake. */
    public static final NegotiatedVersions NONE = new NegotiatedVersions(Map.of(), Map.of());

    /** The versions of one key, both ends included. */
    record Range(short oldest, short newest) {}

    private final EnumMap<ApiKey, Range> offered = new EnumMap<>(ApiKey.class);
    private final Map<String, Short> finalizedFeatures;

    NegotiatedVersions(Map<ApiKey, Range> offered, Map<String, Short> finalizedFeatures) {
        this.offered.putAll(offered);
        this.finalizedFeatures = Map.copyOf(finalizedFeatures);
    }

    /**
     * The highest version of the key that both sides speak and that is not above our cap, or -1. Versions that Kafka
     * itself calls unfinished are not spoken, even with a broker that is told to offer them.
     */
    public short highest(ApiKey key, short ourCap) {
        Range range = offered.get(key);
        if (range == null) {
            return -1;
        }
        int highest = Math.min(range.newest, Math.min(key.highestStableVersion(), ourCap));
        int lowest = Math.max(range.oldest, key.lowestVersion());
        return highest >= lowest ? (short) highest : -1;
    }

    /** Whether both sides know the version, be it called finished or not; brokers offer unfinished ones only when told to. */
    public boolean offers(ApiKey key, short version) {
        Range range = offered.get(key);
        return range != null && range.oldest <= version && version <= range.newest && version <= key.highestVersion();
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
