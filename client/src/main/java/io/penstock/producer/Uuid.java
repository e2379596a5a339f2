package io.penstock.producer;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Kafka's identifier for topics and client instances: 128 bits, written in 22 characters of URL-safe base64. Immutable. */
public class Uuid implements Comparable<Uuid> {
    /** Reserved. */
    public static final Uuid ONE_UUID = new Uuid(0L, 1L);
    /** The id of the cluster's metadata topic. */
    public static final Uuid METADATA_TOPIC_ID = ONE_UUID;
    /** Stands for an id that is not known. */
    public static final Uuid ZERO_UUID = new Uuid(0L, 0L);
    /** Never given out. */
    public static final Set<Uuid> RESERVED = Set.of(ZERO_UUID, ONE_UUID);

    private final long mostSignificantBits;
    private final long leastSignificantBits;

    public Uuid(long mostSigBits, long leastSigBits) {
        this.mostSignificantBits = mostSigBits;
        this.leastSignificantBits = leastSigBits;
    }

    /** A random one, neither reserved nor beginning with a dash, which command lines would take for an option. */
    public static Uuid randomUuid() {
        while (true) {
            UUID random = UUID.randomUUID();
            Uuid uuid = new Uuid(random.getMostSignificantBits(), random.getLeastSignificantBits());
            if (!RESERVED.contains(uuid) && !uuid.toString().startsWith("-")) {
                return uuid;
            }
        }
    }

    public long getMostSignificantBits() {
        return mostSignificantBits;
    }

    public long getLeastSignificantBits() {
        return leastSignificantBits;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Uuid that
                && mostSignificantBits == that.mostSignificantBits
                && leastSignificantBits == that.leastSignificantBits;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(mostSignificantBits ^ leastSignificantBits);
    }

    @Override
    public String toString() {
        byte[] bytes = new byte[16];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (mostSignificantBits >>> (56 - 8 * i));
            bytes[8 + i] = (byte) (leastSignificantBits >>> (56 - 8 * i));
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Reads what {@link #toString()} writes.
     *
     * @throws IllegalArgumentException unless the text is base64 of exactly 16 bytes
     */
    public static Uuid fromString(String str) {
        if (str.length() > 24) {
            throw new IllegalArgumentException("not a Uuid: " + str.length() + " characters, at most 24 are");
        }
        byte[] bytes = Base64.getUrlDecoder().decode(str);
        if (bytes.length != 16) {
            throw new IllegalArgumentException("not a Uuid: " + str + " holds " + bytes.length + " bytes, not 16");
        }
        long most = 0;
        long least = 0;
        for (int i = 0; i < 8; i++) {
            most = most << 8 | (bytes[i] & 0xff);
            least = least << 8 | (bytes[8 + i] & 0xff);
        }
        return new Uuid(most, least);
    }

    @Override
    public int compareTo(Uuid other) {
        int most = Long.compare(mostSignificantBits, other.mostSignificantBits);
        return most != 0 ? most : Long.compare(leastSignificantBits, other.leastSignificantBits);
    }

    public static Uuid @Nullable [] toArray(@Nullable List<Uuid> list) {
        return list == null ? null : list.toArray(new Uuid[0]);
    }

    public static @Nullable List<Uuid> toList(Uuid @Nullable [] array) {
        return array == null ? null : Arrays.asList(array.clone());
    }
}
