package io.penstock.testkit.fake;

import io.penstock.wire.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults that one request met. */
record FaultPlan(List<Fault> faults) {

    static final FaultPlan NONE = new FaultPlan(List.of());

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** The first fault of a kind, null without one. */
    @Nullable
    Fault first(Fault.Kind kind) {
        // By index: it is asked a dozen times of each request, and mostly there is none.
        for (int i = 0; i < faults.size(); i++) {
            if (faults.get(i).kind() == kind) {
                return faults.get(i);
            }
        }
        return null;
    }

    /** The first fault of a kind that is for all of the request and not for one topic. */
    @Nullable
    Fault firstForAll(Fault.Kind kind) {
        for (int i = 0; i < faults.size(); i++) {
            if (faults.get(i).kind() == kind && faults.get(i).isForAll()) {
                return faults.get(i);
            }
        }
        return null;
    }

    boolean has(Fault.Kind kind) {
        return first(kind) != null;
    }

    /** The error that a fault of this kind has for a partition; NONE without one. */
    ErrorCode error(Fault.Kind kind, String topic, int partition) {
        for (int i = 0; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            if (fault.kind() == kind && fault.touches(topic, partition)) {
                return fault.error();
            }
        }
        return ErrorCode.NONE;
    }

    /** What the answer says of throttling. */
    int throttleMs() {
        Fault fault = first(Fault.Kind.THROTTLE);
        long nanos = Math.max(fault == null ? 0 : fault.nanos(), silenceNanos());
        return (int) (nanos / NANOS_PER_MILLI);
    }

    /** For how long the broker reads nothing after the answer. */
    long silenceNanos() {
        Fault fault = first(Fault.Kind.THROTTLE_ENFORCED);
        return fault == null ? 0 : fault.nanos();
    }

    void runActions() {
        for (Fault fault : faults) {
            if (fault.kind() == Fault.Kind.RUN) {
                fault.run();
            }
        }
    }
}
