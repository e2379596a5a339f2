package io.penstock.testkit.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** All faults in force, in the order in which they were made. Guarded by the cluster's lock. */
final class FaultBook {

    private static final int MAX_FAULT_COUNT = 10_000;

    private final ReentrantLock lock;
    private final List<Fault> faults = new ArrayList<>();
    private @Nullable RandomFaults random;

    FaultBook(ReentrantLock lock) {
        this.lock = lock;
    }

    Fault add(Fault.Target target, Fault.Effect effect, int skipCount, int count) {
        if (skipCount < 0 || count < 1) {
            throw new IllegalArgumentException(
                    "A fault skips 0 or more and meets 1 or more requests, not " + skipCount + " and " + count);
        }
        lock.lock();
        try {
            if (faults.size() >= MAX_FAULT_COUNT) {
                throw new IllegalStateException(MAX_FAULT_COUNT + " faults are in force, remove some first");
            }
            Fault fault = new Fault(lock, target, effect, skipCount, count);
            faults.add(fault);
            return fault;
        } finally {
            lock.unlock();
        }
    }

    /** What this request meets. */
    FaultPlan meet(SeenRequest request) {
        if (faults.isEmpty() && random == null) {
            return FaultPlan.NONE;
        }
        List<Fault> met = new ArrayList<>();
        for (Fault fault : faults) {
            if (fault.meets(request)) {
                met.add(fault);
            }
        }
        faults.removeIf(Fault::isSpent);
        if (random != null) {
            met.addAll(random.meet(request));
        }
        return met.isEmpty() ? FaultPlan.NONE : new FaultPlan(met);
    }

    /** Draws more faults from now on; null for none. */
    void random(@Nullable RandomFaults drawn) {
        random = drawn;
    }

    void clear() {
        random = null;
        List<Fault> all = List.copyOf(faults);
        faults.clear();
        all.forEach(Fault::remove);
    }
}
