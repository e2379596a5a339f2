package io.penstock.internal.cluster;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map whose successors share what has not changed.
 *
 * <p>The entries are spread over {@value #SHARD_COUNT} small maps by hash; a change copies the maps it touches. With
 * 10,000 topics known, news of one of them costs some forty entries and not 10,000. As large as what is put into it: the
 * tracker bounds that by the topics in use.
 */
final class ShardedTable<K, V> {

    static final int SHARD_COUNT = 256;

    private final Map<K, V>[] shards;
    private final int size;

    private ShardedTable(Map<K, V>[] shards, int size) {
        this.shards = shards;
        this.size = size;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static <K, V> ShardedTable<K, V> empty() {
        Map<K, V>[] shards = new Map[SHARD_COUNT];
        Arrays.fill(shards, Map.of());
        return new ShardedTable<>(shards, 0);
    }

    int size() {
        return size;
    }

    @Nullable
    V get(K key) {
        return shards[shardOf(key)].get(key);
    }

    /** This table with these changes; a key whose value is null is removed. Itself when nothing is different. */
    ShardedTable<K, V> with(Map<K, ? extends @Nullable V> changes) {
        Map<K, V>[] newShards = shards;
        int newSize = size;
        for (Map.Entry<K, ? extends @Nullable V> change : changes.entrySet()) {
            K key = change.getKey();
            V value = change.getValue();
            int shard = shardOf(key);
            if (newShards[shard].get(key) == value) {
                continue;
            }
            if (newShards == shards) {
                newShards = shards.clone();
            }
            if (newShards[shard] == shards[shard]) {
                newShards[shard] = new HashMap<>(shards[shard]);
            }
            newSize -= newShards[shard].size();
            if (value == null) {
                newShards[shard].remove(key);
            } else {
                newShards[shard].put(key, value);
            }
            newSize += newShards[shard].size();
        }
        return newShards == shards ? this : new ShardedTable<>(newShards, newSize);
    }

    void forEach(BiConsumer<? super K, ? super V> action) {
        for (Map<K, V> shard : shards) {
            shard.forEach(action);
        }
    }

    private static int shardOf(Object key) {
        int hash = key.hashCode() * 0x9E3779B9; // HashMap uses the low bits within a shard, so spread by the high ones
        return hash >>> 24;
    }
}
