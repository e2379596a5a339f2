package io.penstock.internal.partition;

/**
 * The hash that maps a key to its partition, the same in every Kafka client that follows Apache's.
 *
 * <p>MurmurHash2 in 32 bits by Austin Appleby, with the seed that Kafka chose; data lies little-endian. Changing anything here
 * would send keys to other partitions than their earlier records.
 */
public final class Murmur2 {

    private static final int SEED = 0x9747b28c;
    private static final int M = 0x5bd1e995;
    private static final int R = 24;

    private Murmur2() {}

    /** The partition of this key, in a topic of that many. */
    public static int partition(byte[] key, int partitionCount) {
        return partition(key, 0, key.length, partitionCount);
    }

    /** The same of a key that lies in a part of an array. */
    public static int partition(byte[] array, int at, int sizeBytes, int partitionCount) {
        return (hash(array, at, sizeBytes) & Integer.MAX_VALUE)
                % partitionCount; // the sign bit is dropped, not negated
    }

    public static int hash(byte[] data) {
        return hash(data, 0, data.length);
    }

    static int hash(byte[] data, int at, int sizeBytes) {
        int h = SEED ^ sizeBytes;
        int end = at + sizeBytes;
        int wordEnd = at + (sizeBytes & ~3);
        for (int i = at; i < wordEnd; i += 4) {
            h = h * M ^ scramble(word(data, i));
        }
        if (wordEnd < end) {
            int tail = 0;
            for (int i = end - 1; i >= wordEnd; i--) {
                tail = tail << 8 | data[i] & 0xFF;
            }
            h = (h ^ tail) * M;
        }
        h = (h ^ h >>> 13) * M;
        return h ^ h >>> 15;
    }

    private static int word(byte[] data, int i) {
        return data[i] & 0xFF | (data[i + 1] & 0xFF) << 8 | (data[i + 2] & 0xFF) << 16 | data[i + 3] << 24;
    }

    private static int scramble(int word) {
        int k = word * M;
        return (k ^ k >>> R) * M;
    }
}
