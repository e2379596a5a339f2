package io.penstock.internal.network;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The slots of all nodes by id, without boxing: it is asked for every batch. Loop only. */
final class BrokerTable {

    /** Ten times the largest clusters known; what comes after is a mistake or an attack. */
    static final int MAX_BROKER_COUNT = 100_000;

    private static final int INITIAL_CAPACITY = 32;
    private static final int SPREAD = 0x9E3779B9;

    private final List<BrokerSlot> all = new ArrayList<>();
    private BrokerSlot[] table = new BrokerSlot[INITIAL_CAPACITY];

    @Nullable
    BrokerSlot get(int nodeId) {
        return table[indexOf(nodeId)];
    }

    int count() {
        return all.size();
    }

    /** In no order that means anything; index from 0 to the count. */
    BrokerSlot at(int index) {
        return all.get(index);
    }

    /** Adds it, in place of one with the same id. */
    void put(BrokerSlot slot) {
        remove(slot.nodeId);
        if (all.size() == MAX_BROKER_COUNT) {
            throw new IllegalStateException("More than " + MAX_BROKER_COUNT + " brokers.");
        }
        all.add(slot);
        if (all.size() * 2 > table.length) {
            rebuild(table.length * 2);
        } else {
            table[indexOf(slot.nodeId)] = slot;
        }
    }

    /** Takes it out; null when there is none. */
    @Nullable
    BrokerSlot remove(int nodeId) {
        BrokerSlot slot = get(nodeId);
        if (slot != null) {
            all.remove(slot);
            rebuild(table.length);
        }
        return slot;
    }

    private void rebuild(int capacity) {
        table = new BrokerSlot[capacity];
        for (BrokerSlot slot : all) {
            table[indexOf(slot.nodeId)] = slot;
        }
    }

    /** Where the id is, or the free place where it would be; at most half of the table is in use. */
    private int indexOf(int nodeId) {
        int mask = table.length - 1;
        int index = ((nodeId * SPREAD) >>> 7) & mask;
        while (table[index] != null && table[index].nodeId != nodeId) {
            index = (index + 1) & mask;
        }
        return index;
    }
}
