package io.penstock.testkit.fake;

import io.penstock.wire.message.ApiKey;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** Releases of Kafka that a fake broker can play: the newest version of each request that they serve, and no later ones. */
public enum BrokerRelease {
    /** As new as this library. */
    CURRENT(stable()),

    /** The oldest that Penstock serves: no flexible versions, no topic ids, no leader hints, no producer id to start from. */
    KAFKA_2_1(of21()),

    /** Flexible versions and topic ids in Metadata, names in Produce, no leader hints. */
    KAFKA_3_0(of30());

    private final Map<ApiKey, Short> caps;

    BrokerRelease(Map<ApiKey, Short> caps) {
        this.caps = Collections.unmodifiableMap(caps);
    }

    /** Whether leaders ask the coordinator before they append for a transaction (KIP-890, Kafka 3.6 and later). */
    boolean verifiesTransactions() {
        return this == CURRENT;
    }

    /** Newest version of each request; one that is not in it is not served. Unmodifiable. */
    Map<ApiKey, Short> caps() {
        return caps;
    }

    private static Map<ApiKey, Short> stable() {
        Map<ApiKey, Short> caps = new EnumMap<>(ApiKey.class);
        for (ApiKey key : ApiKey.values()) {
            caps.put(key, key.highestStableVersion());
        }
        return caps;
    }

    private static Map<ApiKey, Short> of21() {
        Map<ApiKey, Short> caps = new EnumMap<>(ApiKey.class);
        caps.put(ApiKey.PRODUCE, (short) 7);
        caps.put(ApiKey.METADATA, (short) 7);
        caps.put(ApiKey.FIND_COORDINATOR, (short) 2);
        caps.put(ApiKey.SASL_HANDSHAKE, (short) 1);
        caps.put(ApiKey.API_VERSIONS, (short) 2);
        caps.put(ApiKey.INIT_PRODUCER_ID, (short) 1);
        caps.put(ApiKey.ADD_PARTITIONS_TO_TXN, (short) 1);
        caps.put(ApiKey.ADD_OFFSETS_TO_TXN, (short) 1);
        caps.put(ApiKey.END_TXN, (short) 1);
        caps.put(ApiKey.TXN_OFFSET_COMMIT, (short) 2);
        caps.put(ApiKey.SASL_AUTHENTICATE, (short) 0);
        return caps;
    }

    private static Map<ApiKey, Short> of30() {
        Map<ApiKey, Short> caps = new EnumMap<>(ApiKey.class);
        caps.put(ApiKey.PRODUCE, (short) 9);
        caps.put(ApiKey.METADATA, (short) 11);
        caps.put(ApiKey.FIND_COORDINATOR, (short) 4);
        caps.put(ApiKey.SASL_HANDSHAKE, (short) 1);
        caps.put(ApiKey.API_VERSIONS, (short) 3);
        caps.put(ApiKey.INIT_PRODUCER_ID, (short) 4);
        caps.put(ApiKey.ADD_PARTITIONS_TO_TXN, (short) 3);
        caps.put(ApiKey.ADD_OFFSETS_TO_TXN, (short) 3);
        caps.put(ApiKey.END_TXN, (short) 3);
        caps.put(ApiKey.TXN_OFFSET_COMMIT, (short) 3);
        caps.put(ApiKey.SASL_AUTHENTICATE, (short) 2);
        return caps;
    }
}
