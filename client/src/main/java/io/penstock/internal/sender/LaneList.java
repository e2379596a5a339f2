package io.penstock.internal.sender;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lanes in a line, each at most once, linked through a place that every lane has for it.
 *
 * <p>Loop only. Adding, removing and taking the first cost a few writes and no object, which a hash set's entry for each batch
 * is not with 10,000 partitions of one record each. Bounded by the lanes there are.
 */
final class LaneList {

    private @Nullable Place first;
    private @Nullable Place last;
    private int size;

    /** Puts the lane at the end, unless it stands in this list already. */
    void add(Place place) {
        if (place.list == this) {
            return;
        }
        if (place.list != null) {
            throw new IllegalStateException(place.lane + " stands in another list");
        }
        Place tail = last;
        place.list = this;
        place.previous = tail;
        if (tail == null) {
            first = place;
        } else {
            tail.next = place;
        }
        last = place;
        size++;
    }

    /** Takes the lane out; nothing happens when it is not in this list. */
    void remove(Place place) {
        if (place.list != this) {
            return;
        }
        Place before = place.previous;
        Place after = place.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        place.list = null;
        place.previous = null;
        place.next = null;
        size--;
    }

    @Nullable
    PartitionLane first() {
        return first == null ? null : first.lane;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** Those that stand here now, in order. */
    List<PartitionLane> copy() {
        List<PartitionLane> copy = new ArrayList<>(size);
        for (Place place = first; place != null; place = place.next) {
            copy.add(place.lane);
        }
        return copy;
    }

    /** In order; the action must not change the list. */
    void forEach(Consumer<? super PartitionLane> action) {
        for (Place place = first; place != null; place = place.next) {
            action.accept(place.lane);
        }
    }

    /** Where a lane stands in one list at a time; its own for as long as it lives. */
    static class Place {

        private final PartitionLane lane;
        private @Nullable LaneList list;
        private @Nullable Place previous;
        private @Nullable Place next;

        PartitionLane lane() {
            return lane;
        }

        boolean isInList() {
            return list != null;
        }

        Place(PartitionLane lane) {
            this.lane = lane;
        }
    }
}
