package io.penstock.wire.message;

import io.penstock.wire.WireReader;
import io.penstock.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Arrays of everything but structures, for generated messages.
 *
 * <p>The counts given to the readers have been checked against what remains of the frame; -1 stands for null.
 */
public final class WireArrays {

    private WireArrays() {}

    public static byte @Nullable [] readBytes(WireReader r, int count) {
        if (count < 0) {
            return null;
        }
        byte[] all = new byte[count];
        for (int i = 0; i < count; i++) {
            all[i] = r.readByte();
        }
        return all;
    }

    public static short @Nullable [] readShorts(WireReader r, int count) {
        if (count < 0) {
            return null;
        }
        short[] all = new short[count];
        for (int i = 0; i < count; i++) {
            all[i] = r.readShort();
        }
        return all;
    }

    public static int @Nullable [] readInts(WireReader r, int count) {
        if (count < 0) {
            return null;
        }
        int[] all = new int[count];
        for (int i = 0; i < count; i++) {
            all[i] = r.readInt();
        }
        return all;
    }

    public static long @Nullable [] readLongs(WireReader r, int count) {
        if (count < 0) {
            return null;
        }
        long[] all = new long[count];
        for (int i = 0; i < count; i++) {
            all[i] = r.readLong();
        }
        return all;
    }

    public static @Nullable List<String> readStrings(WireReader r, int count, boolean flexible) {
        if (count < 0) {
            return null;
        }
        List<String> all = new ArrayList<>(r.initialCapacity(count));
        for (int i = 0; i < count; i++) {
            all.add(r.readString(flexible));
        }
        return all;
    }

    public static @Nullable List<UUID> readUuids(WireReader r, int count) {
        if (count < 0) {
            return null;
        }
        List<UUID> all = new ArrayList<>(r.initialCapacity(count));
        for (int i = 0; i < count; i++) {
            all.add(r.readUuid());
        }
        return all;
    }

    public static void writeBytes(WireWriter w, byte @Nullable [] all, boolean flexible) {
        w.writeBytes(all, flexible);
    }

    public static void writeShorts(WireWriter w, short @Nullable [] all, boolean flexible) {
        w.writeLength(all == null ? -1 : all.length, flexible);
        if (all != null) {
            for (short each : all) {
                w.writeShort(each);
            }
        }
    }

    public static void writeInts(WireWriter w, int @Nullable [] all, boolean flexible) {
        w.writeLength(all == null ? -1 : all.length, flexible);
        if (all != null) {
            for (int each : all) {
                w.writeInt(each);
            }
        }
    }

    public static void writeLongs(WireWriter w, long @Nullable [] all, boolean flexible) {
        w.writeLength(all == null ? -1 : all.length, flexible);
        if (all != null) {
            for (long each : all) {
                w.writeLong(each);
            }
        }
    }

    public static void writeStrings(WireWriter w, @Nullable List<String> all, boolean flexible) {
        w.writeLength(all == null ? -1 : all.size(), flexible);
        if (all != null) {
            for (String each : all) {
                w.writeString(each, flexible);
            }
        }
    }

    public static void writeUuids(WireWriter w, @Nullable List<UUID> all, boolean flexible) {
        w.writeLength(all == null ? -1 : all.size(), flexible);
        if (all != null) {
            for (UUID each : all) {
                w.writeUuid(each);
            }
        }
    }
}
